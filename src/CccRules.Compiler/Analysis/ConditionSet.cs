
namespace CccRules.Compiler.Analysis;

/// <summary>A condition over one fact: the values for which it holds. Without a fact: all, or nothing, whatever the record.</summary>
internal sealed record ConditionSet(AnalyzedFact? Fact, ValueSet Values)
{
    private static readonly ValueSet Unit = ValueSet.Range(0, 0);

    public static ConditionSet Always { get; } = new(null, Unit);

    public static ConditionSet Never { get; } = new(null, ValueSet.Empty);

    public bool IsAlways => Values.Contains(Domain);

    public bool IsNever => Values.IsEmpty;

    private ValueSet Domain => Fact?.Domain ?? Unit;

    public static ConditionSet Of(bool holds) => holds ? Always : Never;

    public static ConditionSet Not(ConditionSet set) => set with { Values = set.Values.Complement(set.Domain) };

    /// <summary>All of them; null where one is not over one fact, or not over the same.</summary>
    public static ConditionSet? All(params IReadOnlyCollection<ConditionSet?> parts) => AtLeast(parts.Count, parts);

    /// <summary>Any of them; null where one is not over one fact, or not over the same.</summary>
    public static ConditionSet? Any(params IReadOnlyCollection<ConditionSet?> parts) => AtLeast(1, parts);

    /// <summary>At least so many of them; null where one is not over one fact, or not over the same.</summary>
    public static ConditionSet? AtLeast(int count, IReadOnlyCollection<ConditionSet?> parts)
    {
        AnalyzedFact? fact = null;
        foreach (var part in parts)
        {
            if (part is null || (fact is not null && part.Fact is not null && part.Fact != fact))
            {
                return null;
            }

            fact ??= part.Fact;
        }

        var domain = fact?.Domain ?? Unit;
        return new ConditionSet(fact, ValueSet.AtLeast(count, parts.OfType<ConditionSet>().Select(part =>
            part.Fact is not null || part.IsNever ? part.Values : domain)));
    }

    /// <summary>One where the guard holds, the other where it does not.</summary>
    public static ConditionSet? Choose(ConditionSet? guard, ConditionSet? then, ConditionSet? otherwise) =>
        guard is null ? null : Any(All(guard, then), All(Not(guard), otherwise));

    /// <summary>Both or neither.</summary>
    public static ConditionSet? Same(ConditionSet? left, ConditionSet? right) =>
        right is null ? null : Choose(left, right, Not(right));
}
