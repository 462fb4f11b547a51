using System.Numerics;

namespace CccRules.Runtime.Kernels;

/// <summary>
/// Finds the stretch between cuts that a number lies in without a search: numbers are shifted into buckets so narrow that each holds one cut
/// at most. An entry says how many cuts lie below its bucket (in its lowest byte) and where its cut is (above that): one look and
/// one comparison for each row.
/// </summary>
internal sealed class CutBuckets
{
    /// <summary>Entries of the table: some kilobytes, so that it stays in the first-level cache beside the rows.</summary>
    private const int MostEntries = 1 << 11;

    /// <summary>A cut above every number.</summary>
    private const long Unreached = long.MaxValue >> 8;

    private CutBuckets(long first, long last, int shift, long[] entries, int[] intEntries)
    {
        First = first;
        Last = last;
        Shift = shift;
        Entries = entries;
        IntEntries = intEntries;
    }

    /// <summary>One less than the first cut: a number at which buckets begin. All below it is as good as it.</summary>
    public long First { get; }

    /// <summary>The last cut: all above it is as good as it.</summary>
    public long Last { get; }

    public int Shift { get; }

    /// <summary>For columns of longs; 56 bits for the place of a cut after <see cref="First"/>.</summary>
    public long[] Entries { get; }

    /// <summary>For columns of ints, whose cuts must lie within 2^23 of one another.</summary>
    public int[] IntEntries { get; }

    /// <summary>Buckets for cuts; null where some are too close for the distance between the first and the last.</summary>
    /// <param name="cuts">Ascending; the first two only part missing and none from the numbers.</param>
    public static CutBuckets? TryCreate(ReadOnlySpan<long> cuts, bool isInt)
    {
        if (cuts.Length is < 3 or > ClassTable.MostNarrow - 2)
        {
            return null;
        }

        var (first, last) = (cuts[2] - 1, cuts[^1]);
        if (first < (isInt ? int.MinValue + 2L : long.MinValue / 2) || (UInt128)((Int128)last - first) >= (1UL << (isInt ? 23 : 54)))
        {
            return null;
        }

        // The widest buckets that do: a small table leaves room in the cache.
        for (var shift = 64 - BitOperations.LeadingZeroCount((ulong)(last - first)); shift >= 0 && ((last - first) >> shift) < MostEntries; shift--)
        {
            if (TryFill(cuts, shift) is { } entries)
            {
                return new CutBuckets(first, last, shift, isInt ? [] : entries, isInt ? Array.ConvertAll(entries, Narrow) : []);
            }
        }

        return null;
    }

    /// <summary>Buckets for numbers from 0 on that are stretches of their own, such as the members of a list, behind those of missing and none.</summary>
    public static CutBuckets OfEach(int numbers) =>
        new(0, numbers - 1, 0, [.. Enumerable.Range(2, numbers).Select(below => Entry(Unreached, below))], []);

    /// <summary>The entries; null where a bucket has two cuts.</summary>
    private static long[]? TryFill(ReadOnlySpan<long> cuts, int shift)
    {
        var first = cuts[2] - 1;
        var entries = new long[((cuts[^1] - first) >> shift) + 1];
        var bucket = -1L;
        for (var i = 2; i < cuts.Length; i++)
        {
            var place = cuts[i] - first;
            if (place >> shift == bucket)
            {
                return null;
            }

            // Buckets after the last cut's and before this one's lie between the two: their cut is one that nothing reaches.
            for (var between = bucket + 1; between < place >> shift; between++)
            {
                entries[between] = Entry(Unreached, i);
            }

            bucket = place >> shift;
            entries[bucket] = Entry(place, i);
        }

        return entries;
    }

    /// <summary>How many cuts are not above a number that is known.</summary>
    public int Count(long number)
    {
        var place = Math.Clamp(number, First, Last) - First;
        var entry = Entries.Length != 0 ? Entries[place >> Shift] : IntEntries[place >> Shift];
        return (int)(entry & 255) + (place >= entry >> 8 ? 1 : 0);
    }

    private static long Entry(long place, int below) => (place << 8) | (uint)below;

    private static int Narrow(long entry) => (int)((Math.Min(entry >> 8, int.MaxValue >> 8) << 8) | (entry & 255));
}
