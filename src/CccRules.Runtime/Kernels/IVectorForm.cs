using CccRules.Runtime.Candidates;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>
/// What a vector size must be able to do: small operations on 64 rows, or on whole columns where a table is to stay in registers.
/// Everything else is written once, in terms of these.
/// </summary>
internal interface IVectorForm
{
    static abstract string Name { get; }

    /// <summary>Computes candidates with vectors of this size.</summary>
    static abstract CandidateScan CreateScan(CandidatePlan plan, CellMapper?[] mappers);

    /// <summary>Rows of 64 where the left is less.</summary>
    static abstract ulong Less(ref readonly long left, ref readonly long right);

    /// <summary>Rows of 64 where both are equal.</summary>
    static abstract ulong Equal(ref readonly long left, ref readonly long right);

    /// <summary>Rows of 64 that equal a number.</summary>
    static abstract ulong Equal(ref readonly long rows, long number);

    /// <summary>Rows of 64 that have one of some bits.</summary>
    static abstract ulong AnyBit(ref readonly long rows, long bits);

    /// <summary>Rows of 64 that are zero.</summary>
    static abstract ulong Zero(ref readonly byte rows);

    /// <summary>For each of 64 rows, the number of cuts (ascending) that are not above it.</summary>
    static abstract void CountCuts(ref readonly int rows, ReadOnlySpan<int> cuts, ref byte counts);

    /// <summary>For each of 64 rows, the number of cuts (ascending) that are not above it.</summary>
    static abstract void CountCuts(ref readonly long rows, ReadOnlySpan<long> cuts, ref byte counts);

    /// <summary>For each of 64 rows, the number of cuts that are not above it; 0 for missing and 1 for none.</summary>
    static abstract void CountInBuckets(ref readonly int rows, CutBuckets buckets, ref byte counts);

    /// <summary>For each of 64 rows, the number of cuts that are not above it; 0 for missing and 1 for none.</summary>
    static abstract void CountInBuckets(ref readonly long rows, CutBuckets buckets, ref byte counts);

    /// <summary>Looks 64 codes up, each in its first place, and writes the classes of those that are there.</summary>
    /// <returns>The rows whose code is there.</returns>
    static abstract ulong FindCodes(ref readonly long codes, CodeTable known, ref ushort classes);

    /// <summary>
    /// Looks each cell of a block up in a table of 256 bytes (of which <paramref name="used"/> are used) and writes bit n of what it finds
    /// into plane n of eight, eight words each.
    /// </summary>
    static abstract void LookUp(ReadOnlySpan<byte> cells, ReadOnlySpan<byte> table, int used, Span<ulong> planes);

    /// <summary>
    /// Turns squares of bits on their side: bit n of 512 words, a word a row, becomes plane n of 64, eight words each.
    /// </summary>
    static abstract void Turn(ReadOnlySpan<ulong> rows, Span<ulong> planes);

    /// <summary>Clamps 64 rows to a stretch and counts from its start plus two; the two sentinels become 0 and 1.</summary>
    static abstract void Index(ref readonly int rows, int least, int most, ref int indices);

    /// <summary>
    /// Writes for the rows of a block (whole words, at most eight) the bytes in which bit n is set where the plane of status n is; the
    /// planes of <paramref name="statuses"/>, lowest first, follow one another, eight words each.
    /// </summary>
    static abstract void Spread(ReadOnlySpan<ulong> planes, byte statuses, Span<byte> bytes);

    /// <summary>Widens 64 rows of an int column with its two sentinels.</summary>
    static abstract void Widen(ref readonly int rows, ref long target);
}
