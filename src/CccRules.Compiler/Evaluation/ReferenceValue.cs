using System.Collections.Immutable;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Evaluation;

/// <summary>A value of one record: missing, none, or a value proper.</summary>
internal sealed class ReferenceValue
{
    private ReferenceValue(ConstantValue? constant, ImmutableHashSet<MissingFact> hangsOn)
    {
        Constant = constant;
        HangsOn = hangsOn;
    }

    public static ReferenceValue None { get; } = new(NoneConstant.Instance, []);

    /// <summary>Null: missing.</summary>
    public ConstantValue? Constant { get; }

    /// <summary>
    /// The facts that would make it known; for an HS code that is known with too few digits, the facts that would make it longer.
    /// </summary>
    public ImmutableHashSet<MissingFact> HangsOn { get; }

    public bool IsMissing => Constant is null;

    public bool IsNone => Constant is NoneConstant;

    public static ReferenceValue Of(ConstantValue constant) => new(constant, []);

    /// <summary>A fact as it stands in the record; null: missing.</summary>
    public static ReferenceValue OfFact(ConstantValue? constant, MissingFact fact) =>
        new(constant, constant is null or HsConstant ? [fact] : []);

    /// <summary>Missing for want of some facts.</summary>
    public static ReferenceValue Missing(ImmutableHashSet<MissingFact> hangsOn) => new(null, hangsOn);

    /// <summary>Missing, because these are: all that is missing among them is what it hangs on.</summary>
    public static ReferenceValue MissingBecause(IEnumerable<ReferenceValue> operands) => new(
        null,
        operands.Where(operand => operand.IsMissing).Aggregate(ImmutableHashSet<MissingFact>.Empty, (union, operand) => union.Union(operand.HangsOn)));

    /// <summary>A condition as a value.</summary>
    public static ReferenceValue Of(ReferenceCondition condition) =>
        condition.IsOpen ? new ReferenceValue(null, condition.Missing) : Of(new YesNoConstant(condition.CanBeTrue));

    /// <summary>
    /// One value where the guard holds, another where it does not. An open guard makes it missing, unless both are there
    /// and the same.
    /// </summary>
    public static ReferenceValue Choose(ReferenceCondition guard, ReferenceValue then, ReferenceValue otherwise)
    {
        if (!guard.IsOpen)
        {
            return guard.CanBeTrue ? then : otherwise;
        }

        if (then.Constant is { } one && otherwise.Constant is { } other)
        {
            // Two codes that can still get more digits may get different ones.
            return AreSame(one, other) && one is not HsConstant { Digits.Length: < 13 }
                ? new ReferenceValue(one, [])
                : new ReferenceValue(null, guard.Missing);
        }

        return new ReferenceValue(null, guard.Missing.Union(MissingBecause([then, otherwise]).HangsOn));
    }

    /// <summary>The same value, none included. HS codes are the same where their digits are.</summary>
    public static bool AreSame(ConstantValue left, ConstantValue right) => (left, right) switch
    {
        (NumberConstant one, NumberConstant other) => one.Value.CompareTo(other.Value) == 0,
        (TextConstant one, TextConstant other) => string.Equals(one.Value, other.Value, StringComparison.Ordinal),
        _ => left.Equals(right),
    };

    public override string ToString() => Constant?.ToString() ?? $"missing ({string.Join(", ", HangsOn)})";
}
