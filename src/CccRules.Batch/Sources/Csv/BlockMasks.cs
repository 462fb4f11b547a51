namespace CccRules.Batch.Sources.Csv;

/// <summary>Where in 64 bytes the characters stand that give a CSV file its structure: bit 0 is the first byte.</summary>
/// <param name="Others">Where bytes stand that are no ASCII, or NUL: such a text must be looked at more closely.</param>
internal readonly record struct BlockMasks(ulong Separators, ulong LineFeeds, ulong Returns, ulong Quotes, ulong Others);

/// <summary>One way of finding structure in bytes. All forms give the same answer; the first of <see cref="BlockForms.All"/> that the machine has is used.</summary>
internal interface IBlockForm
{
    /// <summary>
    /// The masks of the 64 bytes at a place. Also writes, as <see cref="Places"/> does, the places of all separators and line feeds, which
    /// are right where there are no quotes.
    /// </summary>
    static abstract BlockMasks Index(ref byte at, byte separator, int first, ref int to);

    /// <summary>Writes the places of the set bits, plus a base, in ascending order. May write up to 64 numbers whatever the mask.</summary>
    static abstract void Places(ulong mask, int first, ref int to);
}
