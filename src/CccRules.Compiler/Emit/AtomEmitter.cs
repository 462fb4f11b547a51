using System.Diagnostics;
using CccRules.Compiler.Ir;

namespace CccRules.Compiler.Emit;

/// <summary>An atom as a C# expression of type <c>Truth</c>; the same for a record and for a row of columns.</summary>
internal sealed class AtomEmitter(IrModule module, TableBuilder tables)
{
    public string Expression(IrAtom atom, OperandNames names) => atom switch
    {
        IrInSet test when module.Values[test.Value].Type.IsWide =>
            $"AtomOperations.InWideSet({names.Wide(test.Value)}, {names.Tables}, {tables.WideSet(test.Bounds)}, {Bool(test.IncludesNone)})",
        IrInSet { Bounds.Items: [var low, var high] } test when low >= long.MinValue + 2 && high <= long.MaxValue =>
            $"AtomOperations.InRange({names.Value(test.Value)}, {CSharpWriter.Long(low)}, {CSharpWriter.Long(high)}, {Bool(test.IncludesNone)})",
        IrInSet test =>
            $"AtomOperations.InSet({names.Value(test.Value)}, {names.Tables}, {tables.Set(test.Bounds)}, {Bool(test.IncludesNone)})",
        IrHsInSet test =>
            $"AtomOperations.HsInSet({names.Value(test.Value)}, {names.Tables}, {tables.Set(test.Bounds.Items)}, {Bool(test.IncludesNone)})",
        IrHasAny test => $"AtomOperations.HasAny({names.Value(test.Value)}, {CSharpWriter.Long(test.Mask)}, {Bool(test.IncludesNone)})",
        IrTextInSet test =>
            $"AtomOperations.TextInSet({names.Value(test.Value)}, {names.Texts}, {names.Tables}, {tables.TextSet(test.Texts)}, {Bool(test.IncludesNone)})",
        IrMatches test =>
            $"AtomOperations.Matches({names.Value(test.Value)}, {names.Texts}, {names.Tables}, {tables.Pattern(test.Pattern)})",
        IrCompare compare => Compare(compare, names),
        _ => throw new UnreachableException(),
    };

    /// <summary>The name of a comparison in the operations that emitted code calls.</summary>
    public static string Name(IrComparison comparison) => comparison switch
    {
        IrComparison.Equal => "Equal",
        IrComparison.NotEqual => "NotEqual",
        IrComparison.Less => "Less",
        IrComparison.LessOrEqual => "LessOrEqual",
        _ => throw new UnreachableException(),
    };

    private string Compare(IrCompare compare, OperandNames names)
    {
        var operation = Name(compare.Comparison);
        var (left, right) = (module.Values[compare.Left].Type, module.Values[compare.Right].Type);
        if (left.Kind == IrKind.Text)
        {
            return $"AtomOperations.Text{operation}({names.Value(compare.Left)}, {names.Value(compare.Right)}, {names.Texts}, {names.Tables})";
        }

        if (!left.IsWide && !right.IsWide && compare.LeftFactor.IsOne && compare.RightFactor.IsOne)
        {
            return $"AtomOperations.{operation}({names.Value(compare.Left)}, {names.Value(compare.Right)})";
        }

        return $"AtomOperations.Wide{operation}({Multiple(compare.Left, compare.LeftFactor)}, {Multiple(compare.Right, compare.RightFactor)})";

        string Multiple(int value, System.Numerics.BigInteger factor) =>
            factor.IsOne ? names.Wide(value) : $"WideOperations.Times({names.Wide(value)}, {CSharpWriter.Wide(factor)})";
    }

    private static string Bool(bool value) => value ? "true" : "false";
}
