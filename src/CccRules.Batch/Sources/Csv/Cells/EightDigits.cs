using System.Runtime.CompilerServices;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>Eight ASCII digits in one word, the first in the lowest byte.</summary>
internal static class EightDigits
{
    /// <summary>Eight zeros.</summary>
    public const ulong Zeros = 0x3030303030303030;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(ref byte at) => Unsafe.ReadUnaligned<ulong>(ref at);

    /// <summary>The first characters of a word, zeros before them. Of a length outside 1 to 8 the result means nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(ulong word, int length) => length >= 8 ? word : (word << (64 - (8 * length))) | (Zeros >> (8 * length));

    /// <summary>The first characters of a word, zeros after them, for a length below 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FirstBeforeZeros(ulong word, int length) =>
        (word & ((1UL << (8 * length)) - 1)) | (Zeros << (8 * length));

    /// <summary>Not 0 where a character is no digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Wrong(ulong word)
    {
        // A digit xor '0' is below 10; adding 0x76 sets the top bit of anything above.
        var digits = word ^ Zeros;
        return ((digits + 0x7676767676767676) | digits) & 0x8080808080808080;
    }

    /// <summary>The number. Neighbours are joined to pairs, pairs to fours, fours to eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Value(ulong word)
    {
        var digits = word ^ Zeros;
        var pairs = (digits * 10) + (digits >> 8);
        const ulong Mask = 0x000000FF000000FF;
        return (uint)((((pairs & Mask) * 0x000F424000000064) + (((pairs >> 16) & Mask) * 0x0000271000000001)) >> 32);
    }
}
