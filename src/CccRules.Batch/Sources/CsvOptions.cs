namespace CccRules.Batch.Sources;

/// <summary>The form of a CSV file and its limits. Quotes are always <c>"</c>, lines end with LF or CRLF, the encoding is UTF-8.</summary>
public sealed record CsvOptions
{
    /// <summary>What divides fields: an ASCII character; never guessed.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Bytes of the longest field.</summary>
    public int MostFieldBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes of the longest row; also what bounds the memory of a run.</summary>
    public int MostRowBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Columns of the widest file.</summary>
    public int MostColumns { get; init; } = 4096;
}
