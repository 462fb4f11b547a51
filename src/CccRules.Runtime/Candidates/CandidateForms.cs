using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CccRules.Runtime.Candidates;

/// <summary>AVX-512 with byte permutation and byte compression: each operation is an instruction or four.</summary>
internal readonly struct Vector512Candidates : ICandidateForm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> LookUp(Vector512<byte> table, Vector512<byte> indices) => Avx512Vbmi.PermuteVar64x8(table, indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> LookUpLarge(ref readonly byte table, Vector512<byte> indices)
    {
        var low = Avx512Vbmi.PermuteVar64x8x2(Vector512.LoadUnsafe(in table), indices, Vector512.LoadUnsafe(in table, 64));
        var high = Avx512Vbmi.PermuteVar64x8x2(Vector512.LoadUnsafe(in table, 128), indices, Vector512.LoadUnsafe(in table, 192));
        return Vector512.ConditionalSelect(Vector512.LessThan(indices.AsSByte(), Vector512<sbyte>.Zero).AsByte(), high, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compress(Vector512<byte> isKept, Vector512<byte> outcomes, ref readonly ushort norms, ref byte keptOutcomes, ref ushort keptNorms)
    {
        // To a register, then stored: compressing to memory is slow on some processors.
        Avx512Vbmi2.Compress(Vector512<byte>.Zero, isKept, outcomes).StoreUnsafe(ref keptOutcomes);
        var mask = isKept.ExtractMostSignificantBits();
        var low = Vector512.WidenLower(isKept.AsSByte()).AsUInt16();
        var high = Vector512.WidenUpper(isKept.AsSByte()).AsUInt16();
        Avx512Vbmi2.Compress(Vector512<ushort>.Zero, low, Vector512.LoadUnsafe(in norms)).StoreUnsafe(ref keptNorms);
        Avx512Vbmi2.Compress(Vector512<ushort>.Zero, high, Vector512.LoadUnsafe(in norms, 32)).StoreUnsafe(ref keptNorms, (nuint)BitOperations.PopCount((uint)mask));
        return BitOperations.PopCount(mask);
    }
}

/// <summary>AVX2: tables of 16 bytes, four for a table of 64.</summary>
internal readonly struct Vector256Candidates : ICandidateForm
{
    public static Vector512<byte> LookUp(Vector512<byte> table, Vector512<byte> indices) =>
        Vector512.Create(LookUp(table, indices.GetLower()), LookUp(table, indices.GetUpper()));

    public static Vector512<byte> LookUpLarge(ref readonly byte table, Vector512<byte> indices) => PlainCandidates.LookUpLarge(in table, indices);

    public static int Compress(Vector512<byte> isKept, Vector512<byte> outcomes, ref readonly ushort norms, ref byte keptOutcomes, ref ushort keptNorms) =>
        PlainCandidates.Compress(isKept, outcomes, in norms, ref keptOutcomes, ref keptNorms);

    private static Vector256<byte> LookUp(Vector512<byte> table, Vector256<byte> indices)
    {
        var result = LookUp(table.GetLower().GetLower(), indices, 0);
        result |= LookUp(table.GetLower().GetUpper(), indices, 1);
        result |= LookUp(table.GetUpper().GetLower(), indices, 2);
        return result | LookUp(table.GetUpper().GetUpper(), indices, 3);
    }

    /// <summary>The bytes of a quarter of the table, and zero where the index is in another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LookUp(Vector128<byte> quarter, Vector256<byte> indices, byte number)
    {
        var isHere = Vector256.Equals(indices >>> 4, Vector256.Create(number));
        return Avx2.Shuffle(Vector256.Create(quarter, quarter), indices & Vector256.Create((byte)15)) & isHere;
    }
}

/// <summary>A byte at a time, everywhere.</summary>
internal readonly struct PlainCandidates : ICandidateForm
{
    public static Vector512<byte> LookUp(Vector512<byte> table, Vector512<byte> indices)
    {
        ref var first = ref Unsafe.As<Vector512<byte>, byte>(ref table);
        var result = indices;
        ref var bytes = ref Unsafe.As<Vector512<byte>, byte>(ref result);
        for (var i = 0; i < 64; i++)
        {
            Unsafe.Add(ref bytes, i) = Unsafe.Add(ref first, Unsafe.Add(ref bytes, i));
        }

        return result;
    }

    public static Vector512<byte> LookUpLarge(ref readonly byte table, Vector512<byte> indices)
    {
        ref var first = ref Unsafe.AsRef(in table);
        var result = indices;
        ref var bytes = ref Unsafe.As<Vector512<byte>, byte>(ref result);
        for (var i = 0; i < 64; i++)
        {
            Unsafe.Add(ref bytes, i) = Unsafe.Add(ref first, Unsafe.Add(ref bytes, i));
        }

        return result;
    }

    public static int Compress(Vector512<byte> isKept, Vector512<byte> outcomes, ref readonly ushort norms, ref byte keptOutcomes, ref ushort keptNorms)
    {
        var kept = 0;
        for (var rest = isKept.ExtractMostSignificantBits(); rest != 0; rest &= rest - 1)
        {
            var at = BitOperations.TrailingZeroCount(rest);
            Unsafe.Add(ref keptOutcomes, kept) = outcomes[at];
            Unsafe.Add(ref keptNorms, kept++) = Unsafe.Add(ref Unsafe.AsRef(in norms), at);
        }

        return kept;
    }
}
