using System.Collections.Immutable;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Evaluation;

/// <summary>The truth of a condition, and where it is open the facts that it still hangs on.</summary>
internal sealed class ReferenceCondition
{
    private ReferenceCondition(bool canBeTrue, bool canBeFalse, ImmutableHashSet<MissingFact> missing)
    {
        CanBeTrue = canBeTrue;
        CanBeFalse = canBeFalse;
        Missing = canBeTrue && canBeFalse ? missing : [];
    }

    public static ReferenceCondition Yes { get; } = new(true, false, []);

    public static ReferenceCondition No { get; } = new(false, true, []);

    public bool CanBeTrue { get; }

    public bool CanBeFalse { get; }

    public bool IsOpen => CanBeTrue && CanBeFalse;

    /// <summary>Empty where the condition is settled.</summary>
    public ImmutableHashSet<MissingFact> Missing { get; }

    public Truth Truth => !CanBeFalse ? Truth.True : CanBeTrue ? Truth.Open : Truth.False;

    public static ReferenceCondition Of(bool isTrue) => isTrue ? Yes : No;

    public static ReferenceCondition Open(ImmutableHashSet<MissingFact> missing) => new(true, true, missing);

    /// <param name="missing">What it hangs on, should both be possible.</param>
    public static ReferenceCondition Of(bool canBeTrue, bool canBeFalse, ImmutableHashSet<MissingFact> missing) =>
        new(canBeTrue, canBeFalse, missing);

    public static ReferenceCondition Not(ReferenceCondition operand) => new(operand.CanBeFalse, operand.CanBeTrue, operand.Missing);

    public static ReferenceCondition And(IReadOnlyCollection<ReferenceCondition> operands) =>
        new(operands.All(operand => operand.CanBeTrue), operands.Any(operand => operand.CanBeFalse), MissingOf(operands));

    public static ReferenceCondition Or(IReadOnlyCollection<ReferenceCondition> operands) =>
        new(operands.Any(operand => operand.CanBeTrue), operands.All(operand => operand.CanBeFalse), MissingOf(operands));

    public static ReferenceCondition AtLeast(int count, IReadOnlyCollection<ReferenceCondition> operands) => new(
        operands.Count(operand => operand.CanBeTrue) >= count,
        operands.Count(operand => !operand.CanBeFalse) < count,
        MissingOf(operands));

    /// <summary>One condition where the guard holds, another where it does not. Certain where both agree, whatever the guard.</summary>
    public static ReferenceCondition Choose(ReferenceCondition guard, ReferenceCondition then, ReferenceCondition otherwise)
    {
        var missing = guard.Missing;
        missing = guard.CanBeTrue ? missing.Union(then.Missing) : missing;
        missing = guard.CanBeFalse ? missing.Union(otherwise.Missing) : missing;
        return new ReferenceCondition(
            (guard.CanBeTrue && then.CanBeTrue) || (guard.CanBeFalse && otherwise.CanBeTrue),
            (guard.CanBeTrue && then.CanBeFalse) || (guard.CanBeFalse && otherwise.CanBeFalse),
            missing);
    }

    public override string ToString() => IsOpen ? $"open ({string.Join(", ", Missing)})" : CanBeTrue ? "yes" : "no";

    // A settled operand cannot change the answer, and brings no missing facts.
    private static ImmutableHashSet<MissingFact> MissingOf(IEnumerable<ReferenceCondition> operands) =>
        operands.Aggregate(ImmutableHashSet<MissingFact>.Empty, (union, operand) => union.Union(operand.Missing));
}
