using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CccRules.Batch.Sources.Csv;

/// <summary>Sixty-four bytes at once.</summary>
internal readonly struct Block512 : IBlockForm
{
    private static readonly Vector512<byte> Numbers = Vector512.CreateSequence<byte>(0, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockMasks Index(ref byte at, byte separator, int first, ref int to)
    {
        var bytes = Vector512.LoadUnsafe(ref at);
        var (separators, lineFeeds) = (Vector512.Equals(bytes, Vector512.Create(separator)), Vector512.Equals(bytes, Vector512.Create((byte)'\n')));
        var masks = new BlockMasks(
            separators.ExtractMostSignificantBits(),
            lineFeeds.ExtractMostSignificantBits(),
            Vector512.Equals(bytes, Vector512.Create((byte)'\r')).ExtractMostSignificantBits(),
            Vector512.Equals(bytes, Vector512.Create((byte)'"')).ExtractMostSignificantBits(),
            bytes.ExtractMostSignificantBits() | Vector512.Equals(bytes, Vector512<byte>.Zero).ExtractMostSignificantBits());
        Write(separators | lineFeeds, masks.Separators | masks.LineFeeds, first, ref to);
        return masks;
    }

    public static void Places(ulong mask, int first, ref int to) => Write(Spread(mask), mask, first, ref to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector512<byte> ends, ulong mask, int first, ref int to)
    {
        // The form of `compress` that writes to memory is slow on some processors: compress in a register, then store.
        var places = Avx512Vbmi2.Compress(Vector512<byte>.Zero, ends, Numbers);
        var from = Vector512.Create(first);
        (Avx512F.ConvertToVector512Int32(places.GetLower().GetLower()) + from).StoreUnsafe(ref to);
        if (ulong.PopCount(mask) > 16)
        {
            (Avx512F.ConvertToVector512Int32(places.GetLower().GetUpper()) + from).StoreUnsafe(ref to, 16);
            (Avx512F.ConvertToVector512Int32(places.GetUpper().GetLower()) + from).StoreUnsafe(ref to, 32);
            (Avx512F.ConvertToVector512Int32(places.GetUpper().GetUpper()) + from).StoreUnsafe(ref to, 48);
        }
    }

    /// <summary>A byte of ones for each set bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Spread(ulong mask)
    {
        var bits = Vector512.Create(0x8040201008040201UL).AsByte();
        var bytes = Avx512BW.Shuffle(Vector512.Create(mask).AsByte(), Selector);
        return Vector512.Equals(bytes & bits, bits);
    }

    private static readonly Vector512<byte> Selector = Vector512.Create(
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3,
        4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, (byte)7);
}
