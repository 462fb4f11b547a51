namespace CccRules.Compiler.Analysis;

/// <summary>A set of values that others are added to one by one; adding and asking cost a binary search.</summary>
internal sealed class GrowingSet
{
    private readonly List<ValueInterval> _intervals = [];
    private bool _hasNone;

    public void Add(ValueSet set)
    {
        _hasNone |= set.HasNone;
        foreach (var interval in set.Intervals)
        {
            Add(interval);
        }
    }

    public bool Contains(ValueSet set) => (_hasNone || !set.HasNone) && set.Intervals.All(Contains);

    private void Add(ValueInterval added)
    {
        var first = FirstNotBefore(added.Low);
        var after = first;
        while (after < _intervals.Count && (added.End is not { } end || _intervals[after].Low.CompareTo(end) <= 0))
        {
            added = new ValueInterval(Min(added.Low, _intervals[after].Low), Max(added.End, _intervals[after].End));
            after++;
        }

        _intervals.RemoveRange(first, after - first);
        _intervals.Insert(first, added);
    }

    private bool Contains(ValueInterval part)
    {
        // One that ends where the part begins touches it without having it.
        var first = FirstNotBefore(part.Low);
        first += first < _intervals.Count && _intervals[first].End == part.Low ? 1 : 0;
        return first < _intervals.Count
            && _intervals[first].Low.CompareTo(part.Low) <= 0
            && Max(part.End, _intervals[first].End) == _intervals[first].End;
    }

    /// <summary>The first interval that does not end before a point.</summary>
    private int FirstNotBefore(FactPoint point)
    {
        var (low, high) = (0, _intervals.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (_intervals[middle].End is { } end && end.CompareTo(point) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static FactPoint Min(FactPoint left, FactPoint right) => left.CompareTo(right) <= 0 ? left : right;

    private static FactPoint? Max(FactPoint? left, FactPoint? right) =>
        left is { } one && right is { } other ? one.CompareTo(other) >= 0 ? one : other : null;
}
