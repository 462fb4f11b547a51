using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CccRules.Batch.Sources.Csv;

/// <summary>Twice thirty-two bytes.</summary>
internal readonly struct Block256 : IBlockForm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockMasks Index(ref byte at, byte separator, int first, ref int to)
    {
        var low = Vector256.LoadUnsafe(ref at);
        var high = Vector256.LoadUnsafe(ref at, 32);
        var masks = new BlockMasks(Mask(low, high, separator), Mask(low, high, (byte)'\n'), Mask(low, high, (byte)'\r'), Mask(low, high, (byte)'"'), Mask(low, high, 0) | NotAscii(low, high));
        Places(masks.Separators | masks.LineFeeds, first, ref to);
        return masks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Places(ulong mask, int first, ref int to) => BlockPlain.Places(mask, first, ref to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high, byte character)
    {
        var wanted = Vector256.Create(character);
        return NotAscii(Vector256.Equals(low, wanted), Vector256.Equals(high, wanted));
    }

    /// <summary>Where the highest bit is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NotAscii(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}
