using System.Numerics;
using System.Runtime.Intrinsics;
using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Trade;

/// <summary>
/// Classes of HS codes between which no test of some rules can tell: those between two neighbouring cuts, and one each for missing and none.
/// </summary>
internal sealed class HsClasses
{
    /// <summary>A bucket is as wide as two headings: 2^31 codes of thirteen digits.</summary>
    private const int BucketBits = 31;

    private readonly long[] _cuts;
    private readonly long[] _padded;
    private readonly int[] _starts;
    private readonly bool _hasFullBuckets;

    /// <param name="cuts">Codes of thirteen digits at which some test changes its answer, ascending.</param>
    public HsClasses(ReadOnlySpan<long> cuts)
    {
        _cuts = cuts.ToArray();
        _padded = [.. _cuts, .. Enumerable.Repeat(long.MaxValue, Vector512<long>.Count)];
        _starts = Starts(_cuts);
        _hasFullBuckets = _starts.Zip(_starts.Skip(1)).Any(bucket => bucket.Second - bucket.First > Vector512<long>.Count);
    }

    /// <summary>Number of classes.</summary>
    public int Count => _cuts.Length + 3;

    /// <summary>The class of a code, as <see cref="Fact"/> says it; -1 where it has too few digits to lie in one.</summary>
    public int Of(long code)
    {
        if (code <= Fact.None)
        {
            return _cuts.Length + (code == Fact.Missing ? 1 : 2);
        }

        var (lower, upper) = HsCodeRange.Of(code);
        var first = CutsUpTo(lower);
        return first == _cuts.Length || _cuts[first] > upper ? first : -1;
    }

    /// <summary>Whether all codes of thirteen digits from one to another are of one class.</summary>
    public bool HasNoneBetween(long first, long last) => CutsUpTo(first) == CutsUpTo(last);

    /// <summary>Number of cuts at or below a code, without a branch that hangs on the code: where it lies cannot be predicted.</summary>
    private int CutsUpTo(long code)
    {
        var bucket = (int)(code >> BucketBits);
        var low = _starts[bucket];
        if (_hasFullBuckets && _starts[bucket + 1] - low > Vector512<long>.Count)
        {
            var found = Array.BinarySearch(_cuts, low, _starts[bucket + 1] - low, code);
            return found >= 0 ? found + 1 : ~found;
        }

        // The cuts of later buckets are above the code, and so is what fills up the end.
        var isPassed = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(in _padded[low]), Vector512.Create(code));
        return low + BitOperations.PopCount(isPassed.ExtractMostSignificantBits());
    }

    /// <summary>By bucket the number of cuts before it, and that of all.</summary>
    private static int[] Starts(long[] cuts)
    {
        var starts = new int[(HsCodeRange.MostCode >> BucketBits) + 2];
        var cut = 0;
        for (var bucket = 0; bucket < starts.Length; bucket++)
        {
            while (cut < cuts.Length && cuts[cut] < (long)bucket << BucketBits)
            {
                cut++;
            }

            starts[bucket] = cut;
        }

        return starts;
    }
}
