using System.Collections.Immutable;
using System.Globalization;

namespace CccRules.Compiler.Binding;

/// <summary>
/// Ranges of HS codes as intervals of 13-digit codes:
/// <code>
/// under 8507.60 except 8507.60.10   →   [8507600000000 .. 8507600999999], [8507602000000 .. 8507609999999]
/// </code>
/// </summary>
internal static class HsBounds
{
    private const int Digits = 13;

    /// <summary>Lower and upper bounds in turn, ascending, disjoint and not adjacent.</summary>
    public static ImmutableArray<long> Of(ImmutableArray<HsRange> included, ImmutableArray<HsRange> excluded)
    {
        var intervals = Merge(included.Select(Interval));
        foreach (var (low, high) in Merge(excluded.Select(Interval)))
        {
            intervals = [.. intervals.SelectMany(interval => Without(interval, low, high))];
        }

        return [.. intervals.SelectMany(interval => new[] { interval.Low, interval.High })];
    }

    private static (long Low, long High) Interval(HsRange range) => (Parse(range.First.PadRight(Digits, '0')), Parse(range.Last.PadRight(Digits, '9')));

    private static long Parse(string digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static List<(long Low, long High)> Merge(IEnumerable<(long Low, long High)> intervals)
    {
        var merged = new List<(long Low, long High)>();
        foreach (var (low, high) in intervals.Order())
        {
            if (merged.Count > 0 && low <= merged[^1].High + 1)
            {
                merged[^1] = (merged[^1].Low, Math.Max(merged[^1].High, high));
            }
            else
            {
                merged.Add((low, high));
            }
        }

        return merged;
    }

    private static IEnumerable<(long Low, long High)> Without((long Low, long High) interval, long low, long high)
    {
        if (high < interval.Low || low > interval.High)
        {
            yield return interval;
            yield break;
        }

        if (interval.Low < low)
        {
            yield return (interval.Low, low - 1);
        }

        if (interval.High > high)
        {
            yield return (high + 1, interval.High);
        }
    }
}
