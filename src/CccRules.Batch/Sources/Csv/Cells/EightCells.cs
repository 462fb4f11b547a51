using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>
/// Digits of eight cells at once, a cell in each 64 bits, as <see cref="EightDigits"/> has them of one cell. A reader first lays the words
/// of up to 64 cells side by side, which needs no arithmetic, and then computes on them without a branch.
/// </summary>
internal static class EightCells
{
    /// <summary>Cells that are computed at once.</summary>
    public const int Count = 8;

    /// <summary>Whether this is faster here than cell by cell.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported && Avx512CD.IsSupported;

    /// <summary>
    /// The digits of cells of up to eight characters, the last in the highest byte, zeros before them: each byte xor '0'. Of a longer cell
    /// these are its last eight.
    /// </summary>
    /// <param name="last">The last eight bytes of the cells.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Digits(Vector512<ulong> last, Vector512<ulong> lengths)
    {
        // A shift by 64 bits, for an empty cell, leaves nothing.
        var beyond = Vector512.Create(64UL) - Vector512.ShiftLeft(Vector512.Min(lengths, Vector512.Create(8UL)), 3);
        return (last ^ Vector512.Create(EightDigits.Zeros)) & Avx512F.ShiftLeftLogicalVariable(Vector512<ulong>.AllBitsSet, beyond);
    }

    /// <summary>Not 0 where a byte is no digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Wrong(Vector512<ulong> digits) =>
        ((digits + Vector512.Create(0x7676767676767676UL)) | digits) & Vector512.Create(0x8080808080808080UL);

    /// <summary>The numbers. Neighbours are joined to pairs, pairs to fours, fours to eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Value(Vector512<ulong> digits)
    {
        var pairs = (Pairs(digits) & Vector512.Create(0x00FF00FF00FF00FFUL)).AsUInt32();
        var fours = Vector512.ShiftRightLogical(pairs * Vector512.Create(0x0064_0001u), 16);
        return (fours * Vector512.Create(0x0000_0000_0000_2710UL).AsUInt32()).AsUInt64() + Vector512.ShiftRightLogical(fours.AsUInt64(), 32);
    }

    /// <summary>In every second byte, from the first on, the number of two digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Pairs(Vector512<ulong> digits) =>
        Vector512.ShiftLeft(digits, 3) + Vector512.ShiftLeft(digits, 1) + Vector512.ShiftRightLogical(digits, 8);

    /// <summary>A bit for each cell that must be read alone.</summary>
    /// <param name="isUsual">All ones where a cell is written in the usual way, or zero; of empty cells it says nothing.</param>
    /// <param name="isEmpty">All ones where a cell is empty, or zero.</param>
    /// <param name="emptyUnusual">Ones where empty cells are faults.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Unusual(Vector512<ulong> isUsual, Vector512<ulong> isEmpty, ulong emptyUnusual)
    {
        // Joined as bits: numbers have more units to compute with than vectors.
        var (usual, empty) = (isUsual.ExtractMostSignificantBits(), isEmpty.ExtractMostSignificantBits());
        return ((usual ^ byte.MaxValue) & ~empty) | (empty & emptyUnusual);
    }
}
