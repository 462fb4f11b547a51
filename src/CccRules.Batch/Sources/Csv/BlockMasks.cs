namespace CccRules.Batch.Sources.Csv;

/// <summary>Where in 64 bytes the characters stand that give a CSV file its structure: bit 0 is the first byte.</summary>
/// <param name="Ends">Separators and line feeds.</param>
/// <param name="LineFeeds">Those of them that are line feeds.</param>
/// <param name="Rare">Carriage returns, quotes, and NUL; see <see cref="RareMasks"/>.</param>
/// <param name="NotAscii">Bytes that are no ASCII: such a text must be looked at more closely.</param>
internal readonly record struct BlockMasks(ulong Ends, ulong LineFeeds, ulong Rare, ulong NotAscii);

/// <summary>The characters that most blocks have none of, told apart.</summary>
internal readonly record struct RareMasks(ulong Returns, ulong Quotes, ulong Nuls);

/// <summary>One way of finding structure in bytes. All forms give the same answer; the first of <see cref="BlockForms.All"/> that the machine has is used.</summary>
internal interface IBlockForm<TSelf>
    where TSelf : struct, IBlockForm<TSelf>
{
    /// <summary>The form for files with a separator.</summary>
    static abstract TSelf Create(byte separator);

    /// <summary>
    /// The masks of the 64 bytes at a place. Also writes, as <see cref="Places"/> does, the places of all separators and line feeds, which
    /// are right where there are no quotes.
    /// </summary>
    BlockMasks Index(ref byte at, int first, ref int to);

    /// <summary>What is rare in the 64 bytes at a place.</summary>
    static abstract RareMasks Rare(ref byte at);

    /// <summary>Writes the places of the set bits, plus a base, in ascending order. May write up to 64 numbers whatever the mask.</summary>
    static abstract void Places(ulong mask, int first, ref int to);
}
