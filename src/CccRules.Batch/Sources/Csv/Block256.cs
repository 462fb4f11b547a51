using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CccRules.Batch.Sources.Csv;

/// <summary>Twice thirty-two bytes.</summary>
internal readonly struct Block256(byte separator) : IBlockForm<Block256>
{
    public static Block256 Create(byte separator) => new(separator);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BlockMasks Index(ref byte at, int first, ref int to)
    {
        var low = Vector256.LoadUnsafe(ref at);
        var high = Vector256.LoadUnsafe(ref at, 32);
        var lineFeeds = Mask(low, high, (byte)'\n');
        var masks = new BlockMasks(Mask(low, high, separator) | lineFeeds, lineFeeds, NotAscii(IsRare(low), IsRare(high)), NotAscii(low, high));
        Places(masks.Ends, first, ref to);
        return masks;
    }

    public static RareMasks Rare(ref byte at)
    {
        var low = Vector256.LoadUnsafe(ref at);
        var high = Vector256.LoadUnsafe(ref at, 32);
        return new RareMasks(Mask(low, high, (byte)'\r'), Mask(low, high, (byte)'"'), Mask(low, high, 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Places(ulong mask, int first, ref int to) => BlockPlain.Places(mask, first, ref to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high, byte character)
    {
        var wanted = Vector256.Create(character);
        return NotAscii(Vector256.Equals(low, wanted), Vector256.Equals(high, wanted));
    }

    /// <summary>Zero where a byte is one of the three, then all ones: a smallest value costs less than comparing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> IsRare(Vector256<byte> bytes) => Vector256.Equals(
        Vector256.Min(bytes, Vector256.Min(bytes ^ Vector256.Create((byte)'"'), bytes ^ Vector256.Create((byte)'\r'))), Vector256<byte>.Zero);

    /// <summary>Where the highest bit is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NotAscii(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}
