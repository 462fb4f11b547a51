using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CccRules.Runtime.Candidates;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>64 bytes at a time, with byte permutation (AVX-512 VBMI): a table of 64 cells is one instruction.</summary>
internal readonly struct Vector512Form : IVectorForm
{
    private const int BlockRows = 64 * BatchFrame.BlockWords;

    public static string Name => "vector512";

    public static bool IsSupported => BitSquares.IsSupported && Avx512Vbmi2.IsSupported;

    public static CandidateScan CreateScan(CandidatePlan plan, CellMapper?[] mappers) =>
        new CandidateScan<Vector512Candidates>(plan, mappers);

    public static ulong Less(ref readonly long left, ref readonly long right) =>
        Less(in left, in right, 0) | (Less(in left, in right, 8) << 8) | (Less(in left, in right, 16) << 16)
        | (Less(in left, in right, 24) << 24) | (Less(in left, in right, 32) << 32) | (Less(in left, in right, 40) << 40)
        | (Less(in left, in right, 48) << 48) | (Less(in left, in right, 56) << 56);

    public static ulong Equal(ref readonly long left, ref readonly long right) =>
        Equal(in left, in right, 0) | (Equal(in left, in right, 8) << 8) | (Equal(in left, in right, 16) << 16)
        | (Equal(in left, in right, 24) << 24) | (Equal(in left, in right, 32) << 32) | (Equal(in left, in right, 40) << 40)
        | (Equal(in left, in right, 48) << 48) | (Equal(in left, in right, 56) << 56);

    public static ulong Equal(ref readonly long rows, long number)
    {
        var wanted = Vector512.Create(number);
        return Equal(in rows, wanted, 0) | (Equal(in rows, wanted, 8) << 8) | (Equal(in rows, wanted, 16) << 16)
            | (Equal(in rows, wanted, 24) << 24) | (Equal(in rows, wanted, 32) << 32) | (Equal(in rows, wanted, 40) << 40)
            | (Equal(in rows, wanted, 48) << 48) | (Equal(in rows, wanted, 56) << 56);
    }

    public static ulong AnyBit(ref readonly long rows, long bits)
    {
        var wanted = Vector512.Create(bits);
        return ~(NoBit(in rows, wanted, 0) | (NoBit(in rows, wanted, 8) << 8) | (NoBit(in rows, wanted, 16) << 16)
            | (NoBit(in rows, wanted, 24) << 24) | (NoBit(in rows, wanted, 32) << 32) | (NoBit(in rows, wanted, 40) << 40)
            | (NoBit(in rows, wanted, 48) << 48) | (NoBit(in rows, wanted, 56) << 56));
    }

    public static ulong Zero(ref readonly byte rows) =>
        Vector512.Equals(Vector512.LoadUnsafe(in rows), Vector512<byte>.Zero).ExtractMostSignificantBits();

    public static void CountCuts(ref readonly int rows, ReadOnlySpan<int> cuts, ref byte counts)
    {
        var row0 = Vector512.LoadUnsafe(in rows);
        var row1 = Vector512.LoadUnsafe(in rows, 16);
        var row2 = Vector512.LoadUnsafe(in rows, 32);
        var row3 = Vector512.LoadUnsafe(in rows, 48);
        var (count0, count1, count2, count3) = (Vector512<int>.Zero, Vector512<int>.Zero, Vector512<int>.Zero, Vector512<int>.Zero);
        foreach (var cut in cuts)
        {
            var limit = Vector512.Create(cut);
            count0 = Count(row0, limit, count0);
            count1 = Count(row1, limit, count1);
            count2 = Count(row2, limit, count2);
            count3 = Count(row3, limit, count3);
        }

        Pack(count0, count1, count2, count3).StoreUnsafe(ref counts);
    }

    public static void CountCuts(ref readonly long rows, ReadOnlySpan<long> cuts, ref byte counts)
    {
        for (var half = 0; half < 2; half++)
        {
            var first = (nuint)(32 * half);
            var row0 = Vector512.LoadUnsafe(in rows, first);
            var row1 = Vector512.LoadUnsafe(in rows, first + 8);
            var row2 = Vector512.LoadUnsafe(in rows, first + 16);
            var row3 = Vector512.LoadUnsafe(in rows, first + 24);
            var (count0, count1, count2, count3) = (Vector512<long>.Zero, Vector512<long>.Zero, Vector512<long>.Zero, Vector512<long>.Zero);
            foreach (var cut in cuts)
            {
                var limit = Vector512.Create(cut);
                count0 = Count(row0, limit, count0);
                count1 = Count(row1, limit, count1);
                count2 = Count(row2, limit, count2);
                count3 = Count(row3, limit, count3);
            }

            var shorts = Vector512.Narrow(Vector512.Narrow(count0, count1), Vector512.Narrow(count2, count3));
            Vector256.Narrow(shorts.GetLower(), shorts.GetUpper()).AsByte().StoreUnsafe(ref counts, first);
        }
    }

    public static void CountInBuckets(ref readonly int rows, CutBuckets buckets, ref byte counts)
    {
        var first = Vector512.Create((int)buckets.First);
        var last = Vector512.Create((int)buckets.Last);
        var row0 = CountInBuckets(Vector512.LoadUnsafe(in rows), first, last, buckets);
        var row1 = CountInBuckets(Vector512.LoadUnsafe(in rows, 16), first, last, buckets);
        var row2 = CountInBuckets(Vector512.LoadUnsafe(in rows, 32), first, last, buckets);
        var row3 = CountInBuckets(Vector512.LoadUnsafe(in rows, 48), first, last, buckets);
        Pack(row0, row1, row2, row3).StoreUnsafe(ref counts);
    }

    public static void CountInBuckets(ref readonly long rows, CutBuckets buckets, ref byte counts)
    {
        var first = Vector512.Create(buckets.First);
        var last = Vector512.Create(buckets.Last);
        for (nuint row = 0; row < 64; row += 16)
        {
            var low = CountInBuckets(Vector512.LoadUnsafe(in rows, row), first, last, buckets);
            var high = CountInBuckets(Vector512.LoadUnsafe(in rows, row + 8), first, last, buckets);
            Vector128.Create(Avx512F.ConvertToVector128Byte(low).GetLower(), Avx512F.ConvertToVector128Byte(high).GetLower()).StoreUnsafe(ref counts, row);
        }
    }

    public static unsafe ulong FindCodes(ref readonly long codes, CodeTable known, ref ushort classes)
    {
        var multiplier = Vector512.Create(CodeTable.Multiplier);
        var found = 0UL;
        fixed (ulong* entries = known.Entries)
        {
            for (nuint row = 0; row < 64; row += 16)
            {
                var low = Vector512.LoadUnsafe(in codes, row).AsUInt64() << CodeTable.ClassBits;
                var high = Vector512.LoadUnsafe(in codes, row + 8).AsUInt64() << CodeTable.ClassBits;
                var folded = Vector512.Narrow(
                    (low >>> CodeTable.ClassBits) ^ (low >>> (CodeTable.ClassBits + CodeTable.Fold)),
                    (high >>> CodeTable.ClassBits) ^ (high >>> (CodeTable.ClassBits + CodeTable.Fold)));
                var places = ((folded * multiplier) >>> known.Shift).AsInt32();
                found |= FindCodes(low, entries, places.GetLower(), ref Unsafe.Add(ref classes, row)) << (int)row;
                found |= FindCodes(high, entries, places.GetUpper(), ref Unsafe.Add(ref classes, row + 8)) << (int)(row + 8);
            }
        }

        return found;
    }

    /// <summary>An entry without its code is a class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe ulong FindCodes(Vector512<ulong> codes, ulong* entries, Vector256<int> places, ref ushort classes)
    {
        var entry = codes ^ Vector512.Create(
            Avx2.GatherVector256(entries, places.GetLower(), sizeof(ulong)),
            Avx2.GatherVector256(entries, places.GetUpper(), sizeof(ulong)));
        Avx512F.ConvertToVector128UInt16(entry).StoreUnsafe(ref classes);
        return Vector512.LessThanOrEqual(entry, Vector512.Create((ulong)ushort.MaxValue)).ExtractMostSignificantBits();
    }

    private static unsafe Vector512<int> CountInBuckets(Vector512<int> rows, Vector512<int> first, Vector512<int> last, CutBuckets buckets)
    {
        var places = Vector512.Min(Vector512.Max(rows, first), last) - first;
        var bucket = Vector512.ShiftRightLogical(places, buckets.Shift);
        fixed (int* entries = buckets.IntEntries)
        {
            // A gather of 512 bits has no intrinsic of its own.
            var entry = Vector512.Create(
                Avx2.GatherVector256(entries, bucket.GetLower(), sizeof(int)),
                Avx2.GatherVector256(entries, bucket.GetUpper(), sizeof(int)));
            var count = entry & Vector512.Create(255);
            count -= Vector512.GreaterThanOrEqual(places, Vector512.ShiftRightArithmetic(entry, 8));
            var isUnknown = Vector512.LessThan(rows, Vector512.Create(int.MinValue + 2));
            return Vector512.ConditionalSelect(isUnknown, rows - Vector512.Create(int.MinValue), count);
        }
    }

    private static unsafe Vector512<long> CountInBuckets(Vector512<long> rows, Vector512<long> first, Vector512<long> last, CutBuckets buckets)
    {
        var places = Vector512.Min(Vector512.Max(rows, first), last) - first;
        var bucket = Vector512.ShiftRightLogical(places, buckets.Shift);
        fixed (long* entries = buckets.Entries)
        {
            var entry = Vector512.Create(
                Avx2.GatherVector256(entries, bucket.GetLower(), sizeof(long)),
                Avx2.GatherVector256(entries, bucket.GetUpper(), sizeof(long)));
            var count = entry & Vector512.Create(255L);
            count -= Vector512.GreaterThanOrEqual(places, Vector512.ShiftRightArithmetic(entry, 8));
            var isUnknown = Vector512.LessThan(rows, Vector512.Create(long.MinValue + 2));
            return Vector512.ConditionalSelect(isUnknown, rows - Vector512.Create(long.MinValue), count);
        }
    }

    public static void LookUp(ReadOnlySpan<byte> cells, ReadOnlySpan<byte> table, int used, Span<ulong> planes)
    {
        ref readonly var first = ref cells[0];
        ref var target = ref planes[..64][0];
        var table0 = Vector512.Create(table[..64]);
        var table1 = Vector512.Create(table[64..128]);
        if (used > 128)
        {
            var table2 = Vector512.Create(table[128..192]);
            var table3 = Vector512.Create(table[192..256]);
            for (var word = 0; word < cells.Length / 64; word++)
            {
                var cell = Vector512.LoadUnsafe(in first, (nuint)(64 * word));
                var lower = Avx512Vbmi.PermuteVar64x8x2(table0, cell, table1);
                var upper = Avx512Vbmi.PermuteVar64x8x2(table2, cell, table3);
                Split(Vector512.ConditionalSelect(Vector512.LessThan(cell.AsSByte(), Vector512<sbyte>.Zero).AsByte(), upper, lower), ref Unsafe.Add(ref target, word));
            }
        }
        else if (cells.Length < BlockRows)
        {
            for (var word = 0; word < cells.Length / 64; word++)
            {
                var cell = Vector512.LoadUnsafe(in first, (nuint)(64 * word));
                Split(Avx512Vbmi.PermuteVar64x8x2(table0, cell, table1), ref Unsafe.Add(ref target, word));
            }
        }
        else if (used > 64)
        {
            var (v0, v1, v2, v3) = (Look(table0, table1, in first, 0), Look(table0, table1, in first, 1), Look(table0, table1, in first, 2), Look(table0, table1, in first, 3));
            var (v4, v5, v6, v7) = (Look(table0, table1, in first, 4), Look(table0, table1, in first, 5), Look(table0, table1, in first, 6), Look(table0, table1, in first, 7));
            StoreTransposed(v0, v1, v2, v3, v4, v5, v6, v7, ref target);
        }
        else
        {
            var (v0, v1, v2, v3) = (Look(table0, in first, 0), Look(table0, in first, 1), Look(table0, in first, 2), Look(table0, in first, 3));
            var (v4, v5, v6, v7) = (Look(table0, in first, 4), Look(table0, in first, 5), Look(table0, in first, 6), Look(table0, in first, 7));
            StoreTransposed(v0, v1, v2, v3, v4, v5, v6, v7, ref target);
        }
    }

    [SkipLocalsInit]
    public static void Turn(ReadOnlySpan<ulong> rows, Span<ulong> planes)
    {
        Span<Vector512<ulong>> octets = stackalloc Vector512<ulong>[64];
        ref readonly var first = ref rows[..BlockRows][0];
        for (var word = 0; word < BatchFrame.BlockWords; word++)
        {
            ref readonly var square = ref Unsafe.Add(ref Unsafe.AsRef(in first), 64 * word);
            var (v0, v1, v2, v3) = (Bytes(in square, 0), Bytes(in square, 1), Bytes(in square, 2), Bytes(in square, 3));
            var (v4, v5, v6, v7) = (Bytes(in square, 4), Bytes(in square, 5), Bytes(in square, 6), Bytes(in square, 7));
            BitSquares.Transpose(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7);
            octets[word] = BitSquares.BackwardBytesToWords(v0.AsByte());
            octets[word + 8] = BitSquares.BackwardBytesToWords(v1.AsByte());
            octets[word + 16] = BitSquares.BackwardBytesToWords(v2.AsByte());
            octets[word + 24] = BitSquares.BackwardBytesToWords(v3.AsByte());
            octets[word + 32] = BitSquares.BackwardBytesToWords(v4.AsByte());
            octets[word + 40] = BitSquares.BackwardBytesToWords(v5.AsByte());
            octets[word + 48] = BitSquares.BackwardBytesToWords(v6.AsByte());
            octets[word + 56] = BitSquares.BackwardBytesToWords(v7.AsByte());
        }

        ref var target = ref planes[..BlockRows][0];
        for (var octet = 0; octet < 8; octet++)
        {
            var words = octets.Slice(8 * octet, 8);
            StoreTransposed(words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7], ref Unsafe.Add(ref target, 64 * octet));
        }
    }

    public static void Index(ref readonly int rows, int least, int most, ref int indices)
    {
        for (nuint first = 0; first < 64; first += 16)
        {
            var row = Vector512.LoadUnsafe(in rows, first);
            var known = Vector512.Clamp(row, Vector512.Create(least), Vector512.Create(most)) - Vector512.Create(least - 2);
            var isSentinel = Vector512.LessThan(row, Vector512.Create(int.MinValue + 2));
            Vector512.ConditionalSelect(isSentinel, row - Vector512.Create(int.MinValue), known).StoreUnsafe(ref indices, first);
        }
    }

    public static void Spread(ReadOnlySpan<ulong> planes, byte statuses, Span<byte> bytes)
    {
        if (bytes.Length < BlockRows)
        {
            for (var word = 0; word < bytes.Length / 64; word++)
            {
                Spread(in planes[word], statuses, ref bytes.Slice(64 * word, 64)[0]);
            }

            return;
        }

        // A status that the norm has not is a plane of zeros.
        var at = 0;
        var v0 = Plane(planes, statuses, 0x01, ref at);
        var v1 = Plane(planes, statuses, 0x02, ref at);
        var v2 = Plane(planes, statuses, 0x04, ref at);
        var v3 = Plane(planes, statuses, 0x08, ref at);
        var v4 = Plane(planes, statuses, 0x10, ref at);
        var v5 = Plane(planes, statuses, 0x20, ref at);
        var v6 = Plane(planes, statuses, 0x40, ref at);
        var v7 = Plane(planes, statuses, 0x80, ref at);
        BitSquares.Transpose(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7);
        ref var target = ref bytes[..BlockRows][0];
        BitSquares.WordsToBytes(v0).StoreUnsafe(ref target);
        BitSquares.WordsToBytes(v1).StoreUnsafe(ref target, 64);
        BitSquares.WordsToBytes(v2).StoreUnsafe(ref target, 128);
        BitSquares.WordsToBytes(v3).StoreUnsafe(ref target, 192);
        BitSquares.WordsToBytes(v4).StoreUnsafe(ref target, 256);
        BitSquares.WordsToBytes(v5).StoreUnsafe(ref target, 320);
        BitSquares.WordsToBytes(v6).StoreUnsafe(ref target, 384);
        BitSquares.WordsToBytes(v7).StoreUnsafe(ref target, 448);
    }

    public static void Widen(ref readonly int rows, ref long target)
    {
        for (var i = 0; i < 8; i++)
        {
            var wide = Vector512.WidenLower(Vector256.LoadUnsafe(in rows, (nuint)(8 * i)).ToVector512Unsafe());
            // The two smallest numbers of an int become the two smallest of a long.
            var isSentinel = Vector512.LessThan(wide, Vector512.Create((long)int.MinValue + 2));
            (wide + (isSentinel & Vector512.Create(long.MinValue - int.MinValue))).StoreUnsafe(ref target, (nuint)(8 * i));
        }
    }

    private static void Spread(ref readonly ulong planes, byte statuses, ref byte bytes)
    {
        ref var plane = ref Unsafe.AsRef(in planes);
        // Byte n of a lane's word goes to eight rows; each row keeps its own bit of it.
        var shuffle = Vector512.Create(
            Vector256.Create(0UL, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303),
            Vector256.Create(0x0404040404040404, 0x0505050505050505, 0x0606060606060606, 0x0707070707070707UL)).AsByte();
        var own = Vector512.Create(0x8040201008040201UL).AsByte();
        var result = Vector512<byte>.Zero;
        for (var rest = (int)statuses; rest != 0; rest &= rest - 1)
        {
            var isUnset = Vector512.Equals(Avx512BW.Shuffle(Vector512.Create(plane).AsByte(), shuffle) & own, Vector512<byte>.Zero);
            result = Vector512.ConditionalSelect(isUnset, result, result | Vector512.Create((byte)(rest & -rest)));
            plane = ref Unsafe.Add(ref plane, BatchFrame.BlockWords);
        }

        result.StoreUnsafe(ref bytes);
    }

    /// <summary>The plane of a status, if it is one of the statuses; they follow one another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Plane(ReadOnlySpan<ulong> planes, byte statuses, byte status, ref int at)
    {
        if ((statuses & status) == 0)
        {
            return Vector512<ulong>.Zero;
        }

        var plane = Vector512.Create(planes.Slice(at, BatchFrame.BlockWords));
        at += BatchFrame.BlockWords;
        return plane;
    }

    /// <summary>Eight tests of 64 rows, by a table of 64 cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Look(Vector512<byte> table, ref readonly byte cells, int word) =>
        BitSquares.BytesToWords(Avx512Vbmi.PermuteVar64x8(table, Vector512.LoadUnsafe(in cells, (nuint)(64 * word))));

    /// <summary>Eight tests of 64 rows, by a table of 128 cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Look(Vector512<byte> table0, Vector512<byte> table1, ref readonly byte cells, int word) =>
        BitSquares.BytesToWords(Avx512Vbmi.PermuteVar64x8x2(table0, Vector512.LoadUnsafe(in cells, (nuint)(64 * word)), table1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Bytes(ref readonly ulong rows, int eight) =>
        BitSquares.RowsToBackwardBytes(Vector512.LoadUnsafe(in rows, (nuint)(8 * eight)));

    /// <summary>Vectors of a word a test become planes of eight words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTransposed(
        Vector512<ulong> v0,
        Vector512<ulong> v1,
        Vector512<ulong> v2,
        Vector512<ulong> v3,
        Vector512<ulong> v4,
        Vector512<ulong> v5,
        Vector512<ulong> v6,
        Vector512<ulong> v7,
        ref ulong planes)
    {
        BitSquares.Transpose(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7);
        v0.StoreUnsafe(ref planes);
        v1.StoreUnsafe(ref planes, 8);
        v2.StoreUnsafe(ref planes, 16);
        v3.StoreUnsafe(ref planes, 24);
        v4.StoreUnsafe(ref planes, 32);
        v5.StoreUnsafe(ref planes, 40);
        v6.StoreUnsafe(ref planes, 48);
        v7.StoreUnsafe(ref planes, 56);
    }

    // Written out, because loops of constant length are not unrolled.
    private static ulong Less(ref readonly long left, ref readonly long right, nuint row) =>
        Vector512.LessThan(Vector512.LoadUnsafe(in left, row), Vector512.LoadUnsafe(in right, row)).ExtractMostSignificantBits();

    private static ulong Equal(ref readonly long left, ref readonly long right, nuint row) =>
        Vector512.Equals(Vector512.LoadUnsafe(in left, row), Vector512.LoadUnsafe(in right, row)).ExtractMostSignificantBits();

    private static ulong Equal(ref readonly long rows, Vector512<long> wanted, nuint row) =>
        Vector512.Equals(Vector512.LoadUnsafe(in rows, row), wanted).ExtractMostSignificantBits();

    private static ulong NoBit(ref readonly long rows, Vector512<long> wanted, nuint row) =>
        Vector512.Equals(Vector512.LoadUnsafe(in rows, row) & wanted, Vector512<long>.Zero).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split(Vector512<byte> bytes, ref ulong planes)
    {
        planes = Bit(bytes, 0x01);
        Unsafe.Add(ref planes, BatchFrame.BlockWords) = Bit(bytes, 0x02);
        Unsafe.Add(ref planes, 2 * BatchFrame.BlockWords) = Bit(bytes, 0x04);
        Unsafe.Add(ref planes, 3 * BatchFrame.BlockWords) = Bit(bytes, 0x08);
        Unsafe.Add(ref planes, 4 * BatchFrame.BlockWords) = Bit(bytes, 0x10);
        Unsafe.Add(ref planes, 5 * BatchFrame.BlockWords) = Bit(bytes, 0x20);
        Unsafe.Add(ref planes, 6 * BatchFrame.BlockWords) = Bit(bytes, 0x40);
        Unsafe.Add(ref planes, 7 * BatchFrame.BlockWords) = Bit(bytes, 0x80);
    }

    /// <summary>The bytes that have a bit: one instruction compares, and its negation is free.</summary>
    private static ulong Bit(Vector512<byte> bytes, byte bit) =>
        ~Vector512.Equals(bytes & Vector512.Create(bit), Vector512<byte>.Zero).ExtractMostSignificantBits();

    /// <summary>One more where the row is not below the limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Count<T>(Vector512<T> row, Vector512<T> limit, Vector512<T> count) =>
        Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(row, limit), count + Vector512<T>.One, count);

    private static Vector512<byte> Pack(Vector512<int> rows0, Vector512<int> rows1, Vector512<int> rows2, Vector512<int> rows3) =>
        Vector512.Narrow(Vector512.Narrow(rows0, rows1), Vector512.Narrow(rows2, rows3)).AsByte();
}
