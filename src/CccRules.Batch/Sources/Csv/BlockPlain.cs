using System.Numerics;
using System.Runtime.CompilerServices;

namespace CccRules.Batch.Sources.Csv;

/// <summary>Byte by byte.</summary>
internal readonly struct BlockPlain : IBlockForm
{
    public static BlockMasks Index(ref byte at, byte separator, int first, ref int to)
    {
        ulong separators = 0, lineFeeds = 0, returns = 0, quotes = 0, others = 0;
        for (var i = 0; i < 64; i++)
        {
            var character = Unsafe.Add(ref at, i);
            separators |= (character == separator ? 1UL : 0) << i;
            lineFeeds |= (character == '\n' ? 1UL : 0) << i;
            returns |= (character == '\r' ? 1UL : 0) << i;
            quotes |= (character == '"' ? 1UL : 0) << i;
            others |= (character is 0 or > 0x7F ? 1UL : 0) << i;
        }

        Places(separators | lineFeeds, first, ref to);
        return new BlockMasks(separators, lineFeeds, returns, quotes, others);
    }

    /// <summary>Eight at a time whether they are there or not: the number of rounds is nearly always the same, so that it is guessed right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Places(ulong mask, int first, ref int to)
    {
        var count = BitOperations.PopCount(mask);
        for (var done = 0; done < count; done += 8)
        {
            for (var i = 0; i < 8; i++)
            {
                Unsafe.Add(ref to, done + i) = first + BitOperations.TrailingZeroCount(mask);
                mask &= mask - 1;
            }
        }
    }
}
