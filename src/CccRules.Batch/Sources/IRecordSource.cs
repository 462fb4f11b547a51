using System.Collections.Immutable;

namespace CccRules.Batch.Sources;

/// <summary>Records of one shape, read once from first to last: a file, a table, a stream.</summary>
public interface IRecordSource : IDisposable
{
    /// <summary>What messages call the data: the path as it was given, a table, <c>standard input</c>.</summary>
    string Name { get; }

    /// <summary>
    /// What tells these data from others, asked before, during and after reading them: a different answer means that they were changed.
    /// Null where they can be read only once.
    /// </summary>
    string? Identity { get; }

    /// <summary>How much of the data was read, from 0 to 1; null where nobody knows how much there is. Asked on any thread.</summary>
    double? Fraction { get; }

    /// <summary>Names of the columns, each once and none empty; known before the first record is read.</summary>
    ImmutableArray<string> Columns { get; }

    /// <summary>What may be wrong where the columns do not fit (<c>the file looks semicolon-separated</c>); null as a rule.</summary>
    string? FormatHint { get; }

    /// <summary>Records read so far, good and bad.</summary>
    long RowsRead { get; }

    /// <summary>Empty lines passed over so far; they are no records.</summary>
    long BlankLines { get; }

    /// <summary>The place after the last record that <see cref="Fill"/> added.</summary>
    SourcePosition Position { get; }

    /// <summary>
    /// Goes on from a place that an earlier source over the same data was at; called before the first <see cref="Fill"/>. The records
    /// that follow are those that followed there; their batches may be others.
    /// </summary>
    /// <exception cref="NotSupportedException">The data can be read only once.</exception>
    /// <exception cref="IOException">The data cannot be read.</exception>
    void Resume(SourcePosition position);

    /// <summary>Adds records to a cleared batch until it is full or the source is at its end.</summary>
    /// <returns>False at the end, when there was nothing left to add.</returns>
    bool Fill(RecordBatch batch);
}

/// <summary>One record of a source, cell by cell.</summary>
public interface IRecordRow
{
    /// <summary>The record as it stands in the data, without its line break; for the rejects.</summary>
    ReadOnlySpan<byte> Raw { get; }

    /// <summary>The value of a column in UTF-8, unquoted; empty where the record has none.</summary>
    ReadOnlySpan<byte> Cell(int column);

    /// <summary>The value of a column as it comes back in the output; asked for where <see cref="HasLiterals"/>.</summary>
    ReadOnlySpan<byte> KeptCell(int column) => Cell(column);

    /// <summary>Some values are no texts in the data, as in JSON.</summary>
    static virtual bool HasLiterals => false;

    /// <summary>
    /// The value of a column is no text in the data but a number, true, false, null, a list or an object, written as it stands there
    /// (null as an empty value).
    /// </summary>
    bool IsLiteral(int column) => false;
}
