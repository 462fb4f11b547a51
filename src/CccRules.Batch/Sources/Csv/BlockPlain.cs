using System.Numerics;
using System.Runtime.CompilerServices;

namespace CccRules.Batch.Sources.Csv;

/// <summary>Byte by byte.</summary>
internal readonly struct BlockPlain(byte separator) : IBlockForm<BlockPlain>
{
    public static BlockPlain Create(byte separator) => new(separator);

    public BlockMasks Index(ref byte at, int first, ref int to)
    {
        ulong ends = 0, lineFeeds = 0, rare = 0, notAscii = 0;
        for (var i = 0; i < 64; i++)
        {
            var character = Unsafe.Add(ref at, i);
            ends |= (character == separator || character == '\n' ? 1UL : 0) << i;
            lineFeeds |= (character == '\n' ? 1UL : 0) << i;
            rare |= (character is (byte)'\r' or (byte)'"' or 0 ? 1UL : 0) << i;
            notAscii |= (character > 0x7F ? 1UL : 0) << i;
        }

        Places(ends, first, ref to);
        return new BlockMasks(ends, lineFeeds, rare, notAscii);
    }

    public static RareMasks Rare(ref byte at)
    {
        ulong returns = 0, quotes = 0, nuls = 0;
        for (var i = 0; i < 64; i++)
        {
            var character = Unsafe.Add(ref at, i);
            returns |= (character == '\r' ? 1UL : 0) << i;
            quotes |= (character == '"' ? 1UL : 0) << i;
            nuls |= (character == 0 ? 1UL : 0) << i;
        }

        return new RareMasks(returns, quotes, nuls);
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
