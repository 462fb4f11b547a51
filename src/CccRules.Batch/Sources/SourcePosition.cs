namespace CccRules.Batch.Sources;

/// <summary>
/// A place between two records of a source: what a run needs to go on from there. Only the source that made it knows what
/// <see cref="Offset"/> counts.
/// </summary>
/// <param name="Offset">Where the next record begins: bytes of a text (after decompression and decoding), rows of a table.</param>
/// <param name="Line">Physical line on which the next record begins, from 1.</param>
/// <param name="Rows">Records before this place, good and bad, of all parts.</param>
/// <param name="BlankLines">Empty lines that were passed over before this place, of all parts.</param>
/// <param name="Part">Which of several inputs that are read one after the other, from 0.</param>
public readonly record struct SourcePosition(long Offset, long Line, long Rows, long BlankLines, int Part = 0)
{
    /// <summary>Records in the parts before <see cref="Part"/>.</summary>
    public long RowsBefore { get; init; }

    /// <summary>Empty lines in the parts before <see cref="Part"/>.</summary>
    public long BlankLinesBefore { get; init; }

    /// <summary>What the records before this place came to, where a source has to read them again to find the place; else 0.</summary>
    public ulong Digest { get; init; }
}
