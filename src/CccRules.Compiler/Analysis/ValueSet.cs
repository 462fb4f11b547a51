using System.Collections.Immutable;
using System.Numerics;

namespace CccRules.Compiler.Analysis;

/// <summary>The points from one up to, and without, another; no end: all from there on.</summary>
internal sealed record ValueInterval(FactPoint Low, FactPoint? End)
{
    public bool IsEmpty => End is { } end && end.CompareTo(Low) <= 0;

    /// <summary>It ends before the other does.</summary>
    public bool EndsBefore(ValueInterval other) => End is { } end && (other.End is not { } last || end.CompareTo(last) < 0);

    /// <summary>It ends before a point, or at it.</summary>
    public bool EndsAtOrBefore(FactPoint point) => End is { } end && end.CompareTo(point) <= 0;
}

/// <summary>
/// A set of the values that a fact can have: intervals, ascending, disjoint and not adjacent, and whether none is in it.
/// All that puts sets together is one walk over their sorted bounds, so ten thousand sets at once cost no more than sorting; of two, both are sorted already.
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
    public static ValueSet AtLeast(int count, IEnumerable<ValueSet> sets)
    {
        var list = sets.ToList();
        return list switch
        {
            [var only] when count == 1 => only,
            [var one, var other] when count == 2 => one.Intersect(other),
            _ => Heavy(count, list),
        };
    }

    /// <summary>In how many of the sets a value of the domain is at least, and at most.</summary>
    public static (int Least, int Most) Coverage(ValueSet domain, IReadOnlyCollection<ValueSet> sets)
    {
        if (sets.Count == 1 && !domain.IsEmpty)
        {
            var only = sets.First();
            return (only.Contains(domain) ? 1 : 0, only.Intersect(domain).IsEmpty ? 0 : 1);
        }

        // Values outside the domain weigh less than any in it.
        var weightOfDomain = sets.Count + 1;
        var weights = Segments([.. sets, domain], weightOfDomain)
            .Select(segment => segment.Weight - weightOfDomain)
            .Where(weight => weight >= 0)
            .Concat(domain.HasNone ? [sets.Count(set => set.HasNone)] : [])
            .ToList();
        return weights.Count == 0 ? (0, 0) : (weights.Min(), weights.Max());
    }

    public ValueSet Intersect(ValueSet other)
    {
        var both = ImmutableArray.CreateBuilder<ValueInterval>();
        for (var (i, j) = (0, 0); i < Intervals.Length && j < other.Intervals.Length;)
        {
            var (own, others) = (Intervals[i], other.Intervals[j]);
            var isOwnFirst = own.EndsBefore(others);
            var common = new ValueInterval(own.Low.CompareTo(others.Low) > 0 ? own.Low : others.Low, isOwnFirst ? own.End : others.End);
            if (!common.IsEmpty)
            {
                both.Add(common);
            }

            (i, j) = isOwnFirst ? (i + 1, j) : (i, j + 1);
        }

        return new(both.ToImmutable(), HasNone && other.HasNone);
    }

    /// <summary>What a domain has beyond this set.</summary>
    public ValueSet Complement(ValueSet domain)
    {
        var beyond = ImmutableArray.CreateBuilder<ValueInterval>();
        var next = 0;
        foreach (var whole in domain.Intervals)
        {
            FactPoint? low = whole.Low;
            for (; next < Intervals.Length && !(whole.End is { } end && end.CompareTo(Intervals[next].Low) <= 0); next++)
            {
                var own = Intervals[next];
                if (low is { } from && from.CompareTo(own.Low) < 0)
                {
                    beyond.Add(new ValueInterval(from, own.Low));
                }

                if (!own.EndsBefore(whole))
                {
                    // It may reach into the domain's next interval.
                    low = null;
                    break;
                }

                low = low is { } before && own.EndsAtOrBefore(before) ? low : own.End;
            }

            if (low is { } rest && new ValueInterval(rest, whole.End) is { IsEmpty: false } last)
            {
                beyond.Add(last);
            }
        }

        return new(beyond.ToImmutable(), domain.HasNone && !HasNone);
    }

    public bool Contains(ValueSet other)
    {
        if (other.HasNone && !HasNone)
        {
            return false;
        }

        var own = 0;
        foreach (var interval in other.Intervals)
        {
            while (own < Intervals.Length && Intervals[own].EndsAtOrBefore(interval.Low))
            {
                own++;
            }

            if (own == Intervals.Length || Intervals[own].Low.CompareTo(interval.Low) > 0 || Intervals[own].EndsBefore(interval))
            {
                return false;
            }
        }

        return true;
    }

    public ValueSet WithNone(bool hasNone) => new(Intervals, hasNone);

    private static ValueSet Heavy(int least, List<ValueSet> sets)
    {
        var intervals = ImmutableArray.CreateBuilder<ValueInterval>();
        foreach (var (interval, weight) in Segments(sets, weightOfLast: 1))
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

        return new(intervals.ToImmutable(), sets.Count(set => set.HasNone) >= least);
    }

    /// <summary>The intervals between all bounds of the sets, ascending, each with the summed weight of the sets that have it; all weigh 1 but the last.</summary>
    private static IEnumerable<Segment> Segments(List<ValueSet> sets, int weightOfLast)
    {
        var changes = new List<Change>();
        for (var set = 0; set < sets.Count; set++)
        {
            var weight = set == sets.Count - 1 ? weightOfLast : 1;
            foreach (var interval in sets[set].Intervals)
            {
                changes.Add(new Change(interval.Low, weight));
                if (interval.End is { } end)
                {
                    changes.Add(new Change(end, -weight));
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
                total += changes[i].Weight;
            }

            yield return new Segment(new ValueInterval(at, i < changes.Count ? changes[i].At : null), total);
        }
    }

    /// <summary>A bound at which the weight changes.</summary>
    private sealed record Change(FactPoint At, int Weight);

    private sealed record Segment(ValueInterval Interval, int Weight);
}
