using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CccRules.Runtime.Programs;

namespace CccRules.Runtime.Kernels;

/// <summary>64 bytes at a time, with byte permutation (AVX-512 VBMI): a table of 64 cells is one instruction.</summary>
internal readonly struct Vector512Form : IVectorForm
{
    public static string Name => "vector512";

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512Vbmi.IsSupported;

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

    public static void LookUp(ReadOnlySpan<byte> cells, ReadOnlySpan<byte> table, int used, Span<ulong> planes)
    {
        ref readonly var first = ref cells[0];
        ref var target = ref planes[..64][0];
        var table0 = Vector512.Create(table[..64]);
        var table1 = Vector512.Create(table[64..128]);
        var table2 = Vector512.Create(table[128..192]);
        var table3 = Vector512.Create(table[192..256]);
        for (var word = 0; word < cells.Length / 64; word++)
        {
            var cell = Vector512.LoadUnsafe(in first, (nuint)(64 * word));
            Vector512<byte> found;
            if (used <= 64)
            {
                found = Avx512Vbmi.PermuteVar64x8(table0, cell);
            }
            else
            {
                found = Avx512Vbmi.PermuteVar64x8x2(table0, cell, table1);
                if (used > 128)
                {
                    var upper = Avx512Vbmi.PermuteVar64x8x2(table2, cell, table3);
                    found = Vector512.ConditionalSelect(Vector512.LessThan(cell.AsSByte(), Vector512<sbyte>.Zero).AsByte(), upper, found);
                }
            }

            Split(found, ref Unsafe.Add(ref target, word));
        }
    }

    [SkipLocalsInit]
    public static void Turn(Span<ulong> rows, Span<ulong> planes, int word)
    {
        // In each vector of eight rows: all rows' first bytes, all second bytes, ...; then the same among the eight vectors.
        var gather = Vector512.Create(
            Vector256.Create(0x3830282018100800UL, 0x3931292119110901, 0x3A322A221A120A02, 0x3B332B231B130B03),
            Vector256.Create(0x3C342C241C140C04UL, 0x3D352D251D150D05, 0x3E362E261E160E06, 0x3F372F271F170F07)).AsByte();
        var low = Vector512.Create(0UL, 8, 1, 9, 2, 10, 3, 11);
        var high = Vector512.Create(4UL, 12, 5, 13, 6, 14, 7, 15);
        Span<Vector512<ulong>> square = stackalloc Vector512<ulong>[8];
        Span<Vector512<ulong>> shuffled = stackalloc Vector512<ulong>[8];
        ref var first = ref rows[..64][0];
        for (var i = 0; i < 8; i++)
        {
            square[i] = Avx512Vbmi.PermuteVar64x8(Vector512.LoadUnsafe(ref first, (nuint)(8 * i)).AsByte(), gather).AsUInt64();
        }

        // Three perfect shuffles transpose eight by eight.
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                shuffled[2 * i] = Avx512F.PermuteVar8x64x2(square[i], low, square[i + 4]);
                shuffled[(2 * i) + 1] = Avx512F.PermuteVar8x64x2(square[i], high, square[i + 4]);
            }

            var other = square;
            square = shuffled;
            shuffled = other;
        }

        ref var target = ref planes[..512][word];
        for (var i = 0; i < 8; i++)
        {
            Split(square[i].AsByte(), ref Unsafe.Add(ref target, 64 * i));
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

    public static void Spread(ref readonly ulong planes, byte statuses, ref byte bytes)
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
