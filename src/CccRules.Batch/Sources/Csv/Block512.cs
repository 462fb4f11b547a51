using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CccRules.Batch.Sources.Csv;

/// <summary>Sixty-four bytes at once.</summary>
internal readonly struct Block512 : IBlockForm<Block512>
{
    private static readonly Vector512<byte> Numbers = Vector512.CreateSequence<byte>(0, 1);

    /// <summary>In each sixteen bytes, at the place that its lower half says, what ends a field; elsewhere what no byte is that looks there.</summary>
    private readonly Vector512<byte> _ends;

    private Block512(Vector512<byte> ends) => _ends = ends;

    /// <summary>The line feed and the separator need places of their own.</summary>
    public static bool Takes(char separator) => (separator & 15) != ('\n' & 15);

    public static Block512 Create(byte separator)
    {
        Span<byte> ends = stackalloc byte[Vector128<byte>.Count];
        ends.Fill(byte.MaxValue);
        ends['\n' & 15] = (byte)'\n';
        ends[separator & 15] = separator;
        var lane = Vector256.Create(Vector128.Create<byte>(ends));
        return new Block512(Vector512.Create(lane));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BlockMasks Index(ref byte at, int first, ref int to)
    {
        var bytes = Vector512.LoadUnsafe(ref at);
        var isEnd = Vector512.Equals(Avx512BW.Shuffle(_ends, bytes), bytes);
        var ends = isEnd.ExtractMostSignificantBits();
        Write(isEnd, ends, first, ref to);

        // Zero where a byte is one of the three: a smallest value costs less than comparing.
        var rare = Vector512.Min(bytes, Vector512.Min(bytes ^ Vector512.Create((byte)'"'), bytes ^ Vector512.Create((byte)'\r')));
        return new BlockMasks(
            ends,
            Vector512.Equals(bytes, Vector512.Create((byte)'\n')).ExtractMostSignificantBits(),
            Vector512.Equals(rare, Vector512<byte>.Zero).ExtractMostSignificantBits(),
            bytes.ExtractMostSignificantBits());
    }

    public static RareMasks Rare(ref byte at)
    {
        var bytes = Vector512.LoadUnsafe(ref at);
        return new RareMasks(
            Vector512.Equals(bytes, Vector512.Create((byte)'\r')).ExtractMostSignificantBits(),
            Vector512.Equals(bytes, Vector512.Create((byte)'"')).ExtractMostSignificantBits(),
            Vector512.Equals(bytes, Vector512<byte>.Zero).ExtractMostSignificantBits());
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
    internal static Vector512<byte> Spread(ulong mask)
    {
        var bits = Vector512.Create(0x8040201008040201UL).AsByte();
        var bytes = Avx512BW.Shuffle(Vector512.Create(mask).AsByte(), Selector);
        return Vector512.Equals(bytes & bits, bits);
    }

    private static readonly Vector512<byte> Selector = Vector512.Create(
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3,
        4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, (byte)7);
}
