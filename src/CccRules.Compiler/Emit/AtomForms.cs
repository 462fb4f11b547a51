using CccRules.Compiler.Ir;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>How the columnar form computes an atom.</summary>
internal enum AtomForm : byte
{
    /// <summary>A test of one column: data for a kernel.</summary>
    Test,

    /// <summary>A comparison of two columns: a kernel.</summary>
    Comparison,

    /// <summary>Whatever no kernel does: a loop over rows.</summary>
    Loop,
}

/// <summary>Which atoms have kernels.</summary>
internal static class AtomForms
{
    public static AtomForm Of(IrAtom atom, IrModule module)
    {
        if (atom is IrCompare compare)
        {
            return compare is { LeftFactor.IsOne: true, RightFactor.IsOne: true } && IsColumn(compare.Left, module) && IsColumn(compare.Right, module)
                ? AtomForm.Comparison
                : AtomForm.Loop;
        }

        var value = module.Values[IrOperands.Of(atom)[0]];
        return value switch
        {
            IrConstant or IrTextConstant => AtomForm.Loop,
            { Type.IsWide: true } => AtomForm.Loop,
            // A text that was chosen may be a constant, which has no code.
            { Type.Kind: IrKind.Text } and not IrFact => AtomForm.Loop,
            _ => AtomForm.Test,
        };
    }

    /// <summary>The test that carries an atom of form <see cref="AtomForm.Test"/> out.</summary>
    public static ColumnTest Test(IrAtom atom, int plane, bool hasPossible, TableBuilder tables) => atom switch
    {
        IrInSet test => new ColumnTest(ColumnTestKind.InSet, plane, hasPossible, tables.Set(test.Bounds), 0, test.IncludesNone),
        IrHsInSet test => new ColumnTest(ColumnTestKind.HsInSet, plane, hasPossible, tables.Set(test.Bounds.Items), 0, test.IncludesNone),
        IrHasAny test => new ColumnTest(ColumnTestKind.HasAny, plane, hasPossible, -1, test.Mask, test.IncludesNone),
        IrTextInSet test => new ColumnTest(ColumnTestKind.TextInSet, plane, hasPossible, tables.TextSet(test.Texts), 0, test.IncludesNone),
        IrMatches test => new ColumnTest(ColumnTestKind.Matches, plane, hasPossible, tables.Pattern(test.Pattern), 0, IncludesNone: false),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool IsColumn(int value, IrModule module) =>
        module.Values[value] is not IrConstant and { Type: { IsWide: false, Kind: not IrKind.Text } };
}
