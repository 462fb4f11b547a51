using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CccRules.Runtime.Candidates;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>32 bytes at a time (AVX2; on other machines the platform splits them); tables are looked up cell by cell.</summary>
internal readonly struct Vector256Form : IVectorForm
{
    public static string Name => "vector256";

    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    public static CandidateScan CreateScan(CandidatePlan plan, CellMapper?[] mappers) =>
        Avx2.IsSupported ? new CandidateScan<Vector256Candidates>(plan, mappers) : new CandidateScan<PlainCandidates>(plan, mappers);

    public static ulong Less(ref readonly long left, ref readonly long right)
    {
        var mask = 0UL;
        for (var i = 0; i < 16; i++)
        {
            var less = Vector256.LessThan(Vector256.LoadUnsafe(in left, (nuint)(4 * i)), Vector256.LoadUnsafe(in right, (nuint)(4 * i)));
            mask |= (ulong)less.ExtractMostSignificantBits() << (4 * i);
        }

        return mask;
    }

    public static ulong Equal(ref readonly long left, ref readonly long right)
    {
        var mask = 0UL;
        for (var i = 0; i < 16; i++)
        {
            var equal = Vector256.Equals(Vector256.LoadUnsafe(in left, (nuint)(4 * i)), Vector256.LoadUnsafe(in right, (nuint)(4 * i)));
            mask |= (ulong)equal.ExtractMostSignificantBits() << (4 * i);
        }

        return mask;
    }

    public static ulong Equal(ref readonly long rows, long number)
    {
        var mask = 0UL;
        for (var i = 0; i < 16; i++)
        {
            var equal = Vector256.Equals(Vector256.LoadUnsafe(in rows, (nuint)(4 * i)), Vector256.Create(number));
            mask |= (ulong)equal.ExtractMostSignificantBits() << (4 * i);
        }

        return mask;
    }

    public static ulong AnyBit(ref readonly long rows, long bits)
    {
        var mask = 0UL;
        for (var i = 0; i < 16; i++)
        {
            var found = Vector256.LoadUnsafe(in rows, (nuint)(4 * i)) & Vector256.Create(bits);
            mask |= (ulong)(~Vector256.Equals(found, Vector256<long>.Zero)).ExtractMostSignificantBits() << (4 * i);
        }

        return mask;
    }

    public static ulong Zero(ref readonly byte rows)
    {
        var low = Vector256.Equals(Vector256.LoadUnsafe(in rows), Vector256<byte>.Zero).ExtractMostSignificantBits();
        var high = Vector256.Equals(Vector256.LoadUnsafe(in rows, 32), Vector256<byte>.Zero).ExtractMostSignificantBits();
        return low | ((ulong)high << 32);
    }

    public static void CountCuts(ref readonly int rows, ReadOnlySpan<int> cuts, ref byte counts)
    {
        for (nuint first = 0; first < 64; first += 32)
        {
            var row0 = Vector256.LoadUnsafe(in rows, first);
            var row1 = Vector256.LoadUnsafe(in rows, first + 8);
            var row2 = Vector256.LoadUnsafe(in rows, first + 16);
            var row3 = Vector256.LoadUnsafe(in rows, first + 24);
            var (count0, count1, count2, count3) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
            foreach (var cut in cuts)
            {
                // A comparison that holds is -1.
                var limit = Vector256.Create(cut);
                count0 -= Vector256.GreaterThanOrEqual(row0, limit);
                count1 -= Vector256.GreaterThanOrEqual(row1, limit);
                count2 -= Vector256.GreaterThanOrEqual(row2, limit);
                count3 -= Vector256.GreaterThanOrEqual(row3, limit);
            }

            var bytes = Vector256.Narrow(Vector256.Narrow(count0, count1), Vector256.Narrow(count2, count3));
            bytes.AsByte().StoreUnsafe(ref counts, first);
        }
    }

    public static void CountCuts(ref readonly long rows, ReadOnlySpan<long> cuts, ref byte counts)
    {
        for (nuint first = 0; first < 64; first += 16)
        {
            var row0 = Vector256.LoadUnsafe(in rows, first);
            var row1 = Vector256.LoadUnsafe(in rows, first + 4);
            var row2 = Vector256.LoadUnsafe(in rows, first + 8);
            var row3 = Vector256.LoadUnsafe(in rows, first + 12);
            var (count0, count1, count2, count3) = (Vector256<long>.Zero, Vector256<long>.Zero, Vector256<long>.Zero, Vector256<long>.Zero);
            foreach (var cut in cuts)
            {
                var limit = Vector256.Create(cut);
                count0 -= Vector256.GreaterThanOrEqual(row0, limit);
                count1 -= Vector256.GreaterThanOrEqual(row1, limit);
                count2 -= Vector256.GreaterThanOrEqual(row2, limit);
                count3 -= Vector256.GreaterThanOrEqual(row3, limit);
            }

            var shorts = Vector256.Narrow(Vector256.Narrow(count0, count1), Vector256.Narrow(count2, count3));
            Vector128.Narrow(shorts.GetLower(), shorts.GetUpper()).AsByte().StoreUnsafe(ref counts, first);
        }
    }

    [SkipLocalsInit]
    public static void CountInBuckets(ref readonly int rows, CutBuckets buckets, ref byte counts)
    {
        for (var row = 0; row < 64; row++)
        {
            var number = Unsafe.Add(ref Unsafe.AsRef(in rows), row);
            Unsafe.Add(ref counts, row) = (byte)(number < int.MinValue + 2 ? number - int.MinValue : buckets.Count(number));
        }
    }

    public static void CountInBuckets(ref readonly long rows, CutBuckets buckets, ref byte counts)
    {
        for (var row = 0; row < 64; row++)
        {
            var number = Unsafe.Add(ref Unsafe.AsRef(in rows), row);
            Unsafe.Add(ref counts, row) = (byte)(number < long.MinValue + 2 ? number - long.MinValue : buckets.Count(number));
        }
    }

    public static ulong FindCodes(ref readonly long codes, CodeTable known, ref ushort classes)
    {
        var found = 0UL;
        for (var row = 0; row < 64; row++)
        {
            var entry = known.First(Unsafe.Add(ref Unsafe.AsRef(in codes), row));
            Unsafe.Add(ref classes, row) = (ushort)entry;
            found |= entry <= ushort.MaxValue ? 1UL << row : 0;
        }

        return found;
    }

    public static void LookUp(ReadOnlySpan<byte> cells, ReadOnlySpan<byte> table, int used, Span<ulong> planes)
    {
        Span<byte> found = stackalloc byte[64];
        ref readonly var first = ref table[..256][0];
        for (var word = 0; word < cells.Length / 64; word++)
        {
            var source = cells.Slice(64 * word, 64);
            for (var i = 0; i < found.Length; i++)
            {
                found[i] = Unsafe.Add(ref Unsafe.AsRef(in first), source[i]);
            }

            Split(in found[0], ref planes[..64][word]);
        }
    }

    [SkipLocalsInit]
    public static void Turn(ReadOnlySpan<ulong> rows, Span<ulong> planes)
    {
        Span<byte> octet = stackalloc byte[64];
        for (var word = 0; word < BatchFrame.BlockWords; word++)
        {
            var square = rows.Slice(64 * word, 64);
            for (var eight = 0; eight < 8; eight++)
            {
                for (var row = 0; row < octet.Length; row++)
                {
                    octet[row] = (byte)(square[row] >> (8 * eight));
                }

                Split(in octet[0], ref planes.Slice(64 * eight, 64)[word]);
            }
        }
    }

    public static void Index(ref readonly int rows, int least, int most, ref int indices)
    {
        for (nuint first = 0; first < 64; first += 8)
        {
            var row = Vector256.LoadUnsafe(in rows, first);
            var known = Vector256.Clamp(row, Vector256.Create(least), Vector256.Create(most)) - Vector256.Create(least - 2);
            var isSentinel = Vector256.LessThan(row, Vector256.Create(int.MinValue + 2));
            Vector256.ConditionalSelect(isSentinel, row - Vector256.Create(int.MinValue), known).StoreUnsafe(ref indices, first);
        }
    }

    public static void Spread(ReadOnlySpan<ulong> planes, byte statuses, Span<byte> bytes)
    {
        for (var word = 0; word < bytes.Length / 64; word++)
        {
            Spread(in planes[word], statuses, ref bytes.Slice(64 * word, 64)[0]);
        }
    }

    private static void Spread(ref readonly ulong planes, byte statuses, ref byte bytes)
    {
        // Byte n of a lane's word goes to eight rows; each row keeps its own bit of it.
        var shuffle = Vector256.Create(0UL, 0x0101010101010101, 0x1212121212121212, 0x1313131313131313).AsByte();
        var own = Vector256.Create(0x8040201008040201UL).AsByte();
        var (low, high) = (Vector256<byte>.Zero, Vector256<byte>.Zero);
        var plane = 0;
        for (var rest = (int)statuses; rest != 0; rest &= rest - 1)
        {
            var word = Unsafe.Add(ref Unsafe.AsRef(in planes), plane);
            var status = Vector256.Create((byte)(rest & -rest));
            low |= Vector256.Equals(Vector256.Shuffle(Vector256.Create(word).AsByte(), shuffle) & own, own) & status;
            high |= Vector256.Equals(Vector256.Shuffle(Vector256.Create(word >> 32).AsByte(), shuffle) & own, own) & status;
            plane += BatchFrame.BlockWords;
        }

        low.StoreUnsafe(ref bytes);
        high.StoreUnsafe(ref bytes, 32);
    }

    public static void Widen(ref readonly int rows, ref long target)
    {
        for (var i = 0; i < 16; i++)
        {
            var wide = Vector256.WidenLower(Vector128.LoadUnsafe(in rows, (nuint)(4 * i)).ToVector256Unsafe());
            // The two smallest numbers of an int become the two smallest of a long.
            var isSentinel = Vector256.LessThan(wide, Vector256.Create((long)int.MinValue + 2));
            (wide + (isSentinel & Vector256.Create(long.MinValue - int.MinValue))).StoreUnsafe(ref target, (nuint)(4 * i));
        }
    }

    private static void Split(ref readonly byte bytes, ref ulong planes)
    {
        var low = Vector256.LoadUnsafe(in bytes).AsUInt16();
        var high = Vector256.LoadUnsafe(in bytes, 32).AsUInt16();
        for (var bit = 0; bit < 8; bit++)
        {
            // The wanted bit becomes the sign of each byte; what spills over from the next byte stays below it.
            var lowBits = (low << (7 - bit)).AsByte().ExtractMostSignificantBits();
            var highBits = (high << (7 - bit)).AsByte().ExtractMostSignificantBits();
            Unsafe.Add(ref planes, BatchFrame.BlockWords * bit) = lowBits | ((ulong)highBits << 32);
        }
    }
}
