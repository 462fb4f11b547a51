using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CccRules.Runtime.Kernels;

/// <summary>
/// Squares of bits and of words, turned on their side in registers. Bits of rows become planes and planes become bytes of rows
/// by two steps: eight by eight bits within each word, which is one multiplication by a matrix over GF(2), and eight
/// by eight words, which is 24 shuffles for 512 rows.
/// </summary>
internal static class BitSquares
{
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512Vbmi.IsSupported && Gfni.V512.IsSupported;

    /// <summary>Byte n of each of eight words, in turn: gathers what a word each of eight rows holds for the same eight tests.</summary>
    private static Vector512<byte> Bytes => Vector512.Create(
        Vector256.Create(0x3830282018100800UL, 0x3931292119110901, 0x3A322A221A120A02, 0x3B332B231B130B03),
        Vector256.Create(0x3C342C241C140C04UL, 0x3D352D251D150D05, 0x3E362E261E160E06, 0x3F372F271F170F07)).AsByte();

    /// <summary>As <see cref="Bytes"/>, from the last word to the first.</summary>
    private static Vector512<byte> BytesBackwards => Vector512.Create(
        Vector256.Create(0x0008101820283038UL, 0x0109111921293139, 0x020A121A222A323A, 0x030B131B232B333B),
        Vector256.Create(0x040C141C242C343CUL, 0x050D151D252D353D, 0x060E161E262E363E, 0x070F171F272F373F)).AsByte();

    /// <summary>The bytes of each word from the last to the first.</summary>
    private static Vector512<byte> Backwards => Vector512.Create(
        Vector256.Create(0x0001020304050607UL, 0x08090A0B0C0D0E0F, 0x0001020304050607, 0x08090A0B0C0D0E0F),
        Vector256.Create(0x0001020304050607UL, 0x08090A0B0C0D0E0F, 0x0001020304050607, 0x08090A0B0C0D0E0F)).AsByte();

    /// <summary>The bits of a word's bytes: a matrix times these is the matrix turned, its rows counted from the last.</summary>
    private static Vector512<byte> Bits => Vector512.Create(0x8040201008040201UL).AsByte();

    /// <summary>64 rows of a byte each to eight words: bit n of each row, row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> BytesToWords(Vector512<byte> rows) => BackwardBytesToWords(Avx512BW.Shuffle(rows, Backwards));

    /// <summary>As <see cref="BytesToWords"/>, for rows that stand backwards in each eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> BackwardBytesToWords(Vector512<byte> rows) =>
        Avx512Vbmi.PermuteVar64x8(Gfni.V512.GaloisFieldAffineTransform(Bits, rows, 0), Bytes).AsUInt64();

    /// <summary>Eight words to 64 rows of a byte each: bit n of a row from word n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> WordsToBytes(Vector512<ulong> words) =>
        Gfni.V512.GaloisFieldAffineTransform(Bits, Avx512Vbmi.PermuteVar64x8(words.AsByte(), BytesBackwards), 0);

    /// <summary>Eight rows of a word each to eight words: byte n of each row, from the last row to the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> RowsToBackwardBytes(Vector512<ulong> rows) =>
        Avx512Vbmi.PermuteVar64x8(rows.AsByte(), BytesBackwards).AsUInt64();

    /// <summary>Word n of vector m becomes word m of vector n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(
        ref Vector512<ulong> v0,
        ref Vector512<ulong> v1,
        ref Vector512<ulong> v2,
        ref Vector512<ulong> v3,
        ref Vector512<ulong> v4,
        ref Vector512<ulong> v5,
        ref Vector512<ulong> v6,
        ref Vector512<ulong> v7)
    {
        // Pairs of words, then pairs of pairs, then halves.
        var (even0, odd0) = (Avx512F.UnpackLow(v0, v1), Avx512F.UnpackHigh(v0, v1));
        var (even2, odd2) = (Avx512F.UnpackLow(v2, v3), Avx512F.UnpackHigh(v2, v3));
        var (even4, odd4) = (Avx512F.UnpackLow(v4, v5), Avx512F.UnpackHigh(v4, v5));
        var (even6, odd6) = (Avx512F.UnpackLow(v6, v7), Avx512F.UnpackHigh(v6, v7));
        const byte EvenLanes = 0b10_00_10_00;
        const byte OddLanes = 0b11_01_11_01;
        var (a04, a26) = (Avx512F.Shuffle4x128(even0, even2, EvenLanes), Avx512F.Shuffle4x128(even0, even2, OddLanes));
        var (b04, b26) = (Avx512F.Shuffle4x128(even4, even6, EvenLanes), Avx512F.Shuffle4x128(even4, even6, OddLanes));
        var (a15, a37) = (Avx512F.Shuffle4x128(odd0, odd2, EvenLanes), Avx512F.Shuffle4x128(odd0, odd2, OddLanes));
        var (b15, b37) = (Avx512F.Shuffle4x128(odd4, odd6, EvenLanes), Avx512F.Shuffle4x128(odd4, odd6, OddLanes));
        v0 = Avx512F.Shuffle4x128(a04, b04, EvenLanes);
        v1 = Avx512F.Shuffle4x128(a15, b15, EvenLanes);
        v2 = Avx512F.Shuffle4x128(a26, b26, EvenLanes);
        v3 = Avx512F.Shuffle4x128(a37, b37, EvenLanes);
        v4 = Avx512F.Shuffle4x128(a04, b04, OddLanes);
        v5 = Avx512F.Shuffle4x128(a15, b15, OddLanes);
        v6 = Avx512F.Shuffle4x128(a26, b26, OddLanes);
        v7 = Avx512F.Shuffle4x128(a37, b37, OddLanes);
    }
}
