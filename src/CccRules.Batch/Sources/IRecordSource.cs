using System.Collections.Immutable;

namespace CccRules.Batch.Sources;

/// <summary>Records of one shape, read once from first to last: a file, a table, a stream.</summary>
public interface IRecordSource : IDisposable
{
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
    /// Goes on from a place that an earlier source over the same data was at; called before the first <see cref="Fill"/>. The batches
    /// that follow are those that followed there.
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
}
