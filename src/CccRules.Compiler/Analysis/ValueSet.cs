using System.Collections.Immutable;
using System.Numerics;

namespace CccRules.Compiler.Analysis;

/// <summary>
/// A set of the values that a fact can have: closed intervals, ascending, disjoint and not adjacent, and whether none is
/// in it. Values are numbers as in a record; HS codes count as 13-digit codes.
/// </summary>
internal sealed record ValueSet(ImmutableArray<(BigInteger Low, BigInteger High)> Intervals, bool HasNone)
{
    public static ValueSet Empty { get; } = new([], false);

    public bool IsEmpty => Intervals.IsEmpty && !HasNone;

    public static ValueSet Range(BigInteger low, BigInteger high) => low > high ? Empty : new([(low, high)], false);

    public static ValueSet Of(IEnumerable<(BigInteger Low, BigInteger High)> intervals, bool hasNone)
    {
        var merged = new List<(BigInteger Low, BigInteger High)>();
        foreach (var (low, high) in intervals.Where(interval => interval.Low <= interval.High).Order())
        {
            if (merged.Count > 0 && low <= merged[^1].High + 1)
            {
                merged[^1] = (merged[^1].Low, BigInteger.Max(merged[^1].High, high));
            }
            else
            {
                merged.Add((low, high));
            }
        }

        return new([.. merged], hasNone);
    }

    public static ValueSet Union(IReadOnlyCollection<ValueSet> sets) =>
        Of(sets.SelectMany(set => set.Intervals), sets.Any(set => set.HasNone));

    public ValueSet Intersect(ValueSet other)
    {
        var both = new List<(BigInteger, BigInteger)>();
        for (int i = 0, j = 0; i < Intervals.Length && j < other.Intervals.Length;)
        {
            var low = BigInteger.Max(Intervals[i].Low, other.Intervals[j].Low);
            var high = BigInteger.Min(Intervals[i].High, other.Intervals[j].High);
            if (low <= high)
            {
                both.Add((low, high));
            }

            if (Intervals[i].High < other.Intervals[j].High)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return new([.. both], HasNone && other.HasNone);
    }

    /// <summary>What a domain has beyond this set.</summary>
    public ValueSet Complement(ValueSet domain)
    {
        var rest = new List<(BigInteger, BigInteger)>();
        foreach (var (low, high) in domain.Intervals)
        {
            var next = low;
            foreach (var (from, to) in Intervals)
            {
                if (to < low || from > high)
                {
                    continue;
                }

                if (from > next)
                {
                    rest.Add((next, from - 1));
                }

                next = BigInteger.Max(next, to + 1);
            }

            if (next <= high)
            {
                rest.Add((next, high));
            }
        }

        return new([.. rest], domain.HasNone && !HasNone);
    }

    public bool Contains(ValueSet other) => Intersect(other).SameAs(other);

    public bool SameAs(ValueSet other) => HasNone == other.HasNone && Intervals.AsSpan().SequenceEqual(other.Intervals.AsSpan());
}
