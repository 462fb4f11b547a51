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

    public static ulong Less(ref readonly long left, ref readonly long right)
    {
        var mask = 0UL;
        for (var i = 0; i < 8; i++)
        {
            var less = Vector512.LessThan(Vector512.LoadUnsafe(in left, (nuint)(8 * i)), Vector512.LoadUnsafe(in right, (nuint)(8 * i)));
            mask |= less.ExtractMostSignificantBits() << (8 * i);
        }

        return mask;
    }

    public static ulong Equal(ref readonly long left, ref readonly long right)
    {
        var mask = 0UL;
        for (var i = 0; i < 8; i++)
        {
            var equal = Vector512.Equals(Vector512.LoadUnsafe(in left, (nuint)(8 * i)), Vector512.LoadUnsafe(in right, (nuint)(8 * i)));
            mask |= equal.ExtractMostSignificantBits() << (8 * i);
        }

        return mask;
    }

    public static ulong Equal(ref readonly long rows, long number)
    {
        var mask = 0UL;
        for (var i = 0; i < 8; i++)
        {
            mask |= Vector512.Equals(Vector512.LoadUnsafe(in rows, (nuint)(8 * i)), Vector512.Create(number)).ExtractMostSignificantBits() << (8 * i);
        }

        return mask;
    }

    public static ulong AnyBit(ref readonly long rows, long bits)
    {
        var mask = 0UL;
        for (var i = 0; i < 8; i++)
        {
            var found = Vector512.LoadUnsafe(in rows, (nuint)(8 * i)) & Vector512.Create(bits);
            mask |= (~Vector512.Equals(found, Vector512<long>.Zero)).ExtractMostSignificantBits() << (8 * i);
        }

        return mask;
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
            // A comparison that holds is -1.
            var limit = Vector512.Create(cut);
            count0 -= Vector512.GreaterThanOrEqual(row0, limit);
            count1 -= Vector512.GreaterThanOrEqual(row1, limit);
            count2 -= Vector512.GreaterThanOrEqual(row2, limit);
            count3 -= Vector512.GreaterThanOrEqual(row3, limit);
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
                count0 -= Vector512.GreaterThanOrEqual(row0, limit);
                count1 -= Vector512.GreaterThanOrEqual(row1, limit);
                count2 -= Vector512.GreaterThanOrEqual(row2, limit);
                count3 -= Vector512.GreaterThanOrEqual(row3, limit);
            }

            var shorts = Vector512.Narrow(Vector512.Narrow(count0, count1), Vector512.Narrow(count2, count3));
            Vector256.Narrow(shorts.GetLower(), shorts.GetUpper()).AsByte().StoreUnsafe(ref counts, first);
        }
    }

    public static void LookUp(ReadOnlySpan<byte> cells, ReadOnlySpan<byte> table, int used, Span<ulong> octets)
    {
        ref readonly var first = ref cells[0];
        ref var target = ref octets[0];
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

            Split(found, ref Unsafe.Add(ref target, 8 * word));
        }
    }

    public static void Split(ref readonly byte bytes, ref ulong octet) => Split(Vector512.LoadUnsafe(in bytes), ref octet);

    public static void Spread(ref readonly ulong planes, byte statuses, ref byte bytes)
    {
        // Byte n of a lane's word goes to eight rows; each row keeps its own bit of it.
        var shuffle = Vector512.Create(
            Vector256.Create(0UL, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303),
            Vector256.Create(0x0404040404040404, 0x0505050505050505, 0x0606060606060606, 0x0707070707070707UL)).AsByte();
        var own = Vector512.Create(0x8040201008040201UL).AsByte();
        var result = Vector512<byte>.Zero;
        var plane = 0;
        for (var rest = (int)statuses; rest != 0; rest &= rest - 1)
        {
            var word = Vector512.Create(Unsafe.Add(ref Unsafe.AsRef(in planes), plane)).AsByte();
            var isSet = Vector512.Equals(Avx512BW.Shuffle(word, shuffle) & own, own);
            result |= isSet & Vector512.Create((byte)(rest & -rest));
            plane += BatchFrame.BlockWords;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split(Vector512<byte> bytes, ref ulong octet)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            // The wanted bit becomes the sign of each byte; what spills over from the next byte stays below it.
            Unsafe.Add(ref octet, bit) = (bytes.AsUInt16() << (7 - bit)).AsByte().ExtractMostSignificantBits();
        }
    }

    private static Vector512<byte> Pack(Vector512<int> rows0, Vector512<int> rows1, Vector512<int> rows2, Vector512<int> rows3) =>
        Vector512.Narrow(Vector512.Narrow(rows0, rows1), Vector512.Narrow(rows2, rows3)).AsByte();
}
