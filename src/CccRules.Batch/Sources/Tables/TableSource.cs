using System.Buffers;
using System.Collections.Immutable;
using CccRules.Batch.Sinks;

namespace CccRules.Batch.Sources.Tables;

/// <summary>
/// Rows of a database, in the order in which it gives them. What is NULL there is an empty cell. A place is found again by reading the
/// rows before it once more, which also shows whether they are still the same.
/// </summary>
internal abstract class TableSource(string name, ImmutableArray<string> columns) : IRecordSource
{
    private ulong _digest;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public abstract string? Identity { get; }

    /// <inheritdoc/>
    public double? Fraction => ExpectedRows > 0 ? Math.Min(1, RowsRead / (double)ExpectedRows) : null;

    /// <inheritdoc/>
    public ImmutableArray<string> Columns { get; } = columns;

    /// <inheritdoc/>
    public string? FormatHint => null;

    /// <inheritdoc/>
    public long RowsRead { get; private set; }

    /// <inheritdoc/>
    public long BlankLines => 0;

    /// <inheritdoc/>
    public SourcePosition Position => new(RowsRead, RowsRead + 1, RowsRead, 0) { Digest = _digest };

    /// <summary>Rows that there are, as far as the database says; 0 where it does not.</summary>
    protected long ExpectedRows { get; init; }

    /// <inheritdoc/>
    public bool Fill(RecordBatch batch)
    {
        var before = RowsRead;
        while (!batch.IsFull && Next())
        {
            var fault = Take();
            if (fault == RowFaultKind.None)
            {
                batch.Add(new Row(this), RowsRead);
            }
            else
            {
                batch.Reject(fault, RowsRead, Raw());
            }
        }

        return RowsRead != before;
    }

    /// <inheritdoc/>
    /// <exception cref="DataChangedException">The rows before the place are no longer those that were read.</exception>
    public void Resume(SourcePosition position)
    {
        while (RowsRead < position.Rows && Next())
        {
            Take();
        }

        if (RowsRead != position.Rows || _digest != position.Digest)
        {
            throw new DataChangedException(Name, "has other rows than before, or gives them in another order; a query with ORDER BY has an order");
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Goes to the next row; false at the end.</summary>
    protected abstract bool Next();

    /// <summary>A value of the row as UTF-8; empty for NULL.</summary>
    protected abstract ReadOnlySpan<byte> Cell(int column);

    /// <summary>What is wrong with the row as a whole.</summary>
    protected abstract RowFaultKind Judge();

    private RowFaultKind Take()
    {
        RowsRead++;
        for (var column = 0; column < Columns.Length; column++)
        {
            _digest = RowDigest.Add(_digest, Cell(column));
        }

        return Judge();
    }

    private ReadOnlySpan<byte> Raw()
    {
        var line = new ArrayBufferWriter<byte>();
        var text = new CsvText(',');
        for (var column = 0; column < Columns.Length; column++)
        {
            if (column != 0)
            {
                text.WriteSeparator(line);
            }

            text.WriteField(line, Cell(column));
        }

        return line.WrittenSpan;
    }

    private readonly struct Row(TableSource source) : IRecordRow
    {
        public ReadOnlySpan<byte> Raw => source.Raw();

        public ReadOnlySpan<byte> Cell(int column) => source.Cell(column);
    }
}
