using System.Collections.Immutable;
using System.Numerics;

namespace CccRules.Compiler.Analysis;

/// <summary>The points from one up to, and without, another; no end: all from there on.</summary>
internal readonly record struct ValueInterval(FactPoint Low, FactPoint? End)
{
    public bool IsEmpty => End is { } end && end.CompareTo(Low) <= 0;
}

/// <summary>
/// A set of the values that a fact can have: intervals, ascending, disjoint and not adjacent, and whether none is in it.
/// All that puts sets together is one walk over their sorted bounds, so ten thousand sets at once cost no more than sorting.
/// </summary>
internal sealed class ValueSet
{
    private ValueSet(ImmutableArray<ValueInterval> intervals, bool hasNone)
    {
        Intervals = intervals;
        HasNone = hasNone;
    }

    public static ValueSet Empty { get; } = new([], false);

    public static ValueSet None { get; } = new([], true);

    public ImmutableArray<ValueInterval> Intervals { get; }

    public bool HasNone { get; }

    public bool IsEmpty => Intervals.IsEmpty && !HasNone;

    /// <summary>The numbers from one to another, both included.</summary>
    public static ValueSet Range(BigInteger low, BigInteger high) => From(FactPoint.Of(low), FactPoint.Of(high + 1));

    /// <summary>The points from one up to, and without, another; no end: all from there on.</summary>
    public static ValueSet From(FactPoint low, FactPoint? end = null) =>
        new ValueInterval(low, end) is { IsEmpty: false } interval ? new([interval], false) : Empty;

    public static ValueSet Union(IEnumerable<ValueSet> sets) => AtLeast(1, sets);

    /// <summary>The values that at least so many (one or more) of the sets have.</summary>
    public static ValueSet AtLeast(int count, IEnumerable<ValueSet> sets) => Heavy(count, sets.Select(set => (set, 1)));

    /// <summary>In how many of the sets a value of the domain is at least, and at most.</summary>
    public static (int Least, int Most) Coverage(ValueSet domain, IReadOnlyCollection<ValueSet> sets)
    {
        // Values outside the domain weigh less than any in it.
        var weightOfDomain = sets.Count + 1;
        var weights = Segments(sets.Select(set => (set, 1)).Append((domain, weightOfDomain)))
            .Select(segment => segment.Weight - weightOfDomain)
            .Where(weight => weight >= 0)
            .Concat(domain.HasNone ? [sets.Count(set => set.HasNone)] : [])
            .ToList();
        return weights.Count == 0 ? (0, 0) : (weights.Min(), weights.Max());
    }

    public ValueSet Intersect(ValueSet other) => AtLeast(2, [this, other]);

    /// <summary>What a domain has beyond this set.</summary>
    public ValueSet Complement(ValueSet domain) => Heavy(1, [(domain, 1), (this, -1)]);

    public bool Contains(ValueSet other) => Complement(other).IsEmpty;

    public ValueSet WithNone(bool hasNone) => new(Intervals, hasNone);

    private static ValueSet Heavy(int least, IEnumerable<(ValueSet Set, int Weight)> parts)
    {
        var list = parts.ToList();
        var intervals = ImmutableArray.CreateBuilder<ValueInterval>();
        foreach (var (interval, weight) in Segments(list))
        {
            if (weight < least)
            {
                continue;
            }

            if (intervals.Count > 0 && intervals[^1].End == interval.Low)
            {
                intervals[^1] = intervals[^1] with { End = interval.End };
            }
            else
            {
                intervals.Add(interval);
            }
        }

        return new(intervals.ToImmutable(), list.Where(part => part.Set.HasNone).Sum(part => part.Weight) >= least);
    }

    /// <summary>The intervals between all bounds of the sets, ascending, each with the summed weight of the sets that have it.</summary>
    private static IEnumerable<(ValueInterval Interval, int Weight)> Segments(IEnumerable<(ValueSet Set, int Weight)> parts)
    {
        var changes = new List<(FactPoint At, int Change)>();
        foreach (var (set, weight) in parts)
        {
            foreach (var interval in set.Intervals)
            {
                changes.Add((interval.Low, weight));
                if (interval.End is { } end)
                {
                    changes.Add((end, -weight));
                }
            }
        }

        changes.Sort((left, right) => left.At.CompareTo(right.At));
        var total = 0;
        for (var i = 0; i < changes.Count;)
        {
            var at = changes[i].At;
            for (; i < changes.Count && changes[i].At == at; i++)
            {
                total += changes[i].Change;
            }

            yield return (new ValueInterval(at, i < changes.Count ? changes[i].At : null), total);
        }
    }
}
