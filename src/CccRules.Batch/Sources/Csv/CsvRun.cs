using CccRules.Batch.Lists;

namespace CccRules.Batch.Sources.Csv;

/// <summary>Regular rows on their way into a batch: column after column, then the few rows with wrong values one by one. Used again and again.</summary>
internal sealed class CsvRun : IDeferredRows
{
    private CsvRows _rows;

    /// <summary>Holds rows until they are read.</summary>
    public CsvRun Holding(in CsvRows rows)
    {
        _rows = rows;
        rows.Chunk.Use();
        return this;
    }

    public int Count => _rows.Count;

    public int Bytes => _rows.End(_rows.Count - 1, _rows.Fields - 1) - _rows.Start(0, 0);

    public void ReadInto(RecordBatch batch)
    {
        ReadColumns(batch);
        _rows.Chunk.Release();
        _rows = default;
        batch.HasRead(this);
    }

    private void ReadColumns(RecordBatch batch)
    {
        if (batch.Lazy is { } lazy)
        {
            ReadLazily(batch, lazy, batch.Concerned!);
            return;
        }

        var at = batch.Count;
        Span<ulong> bad = stackalloc ulong[(batch.Columns.Capacity + 63) / 64];
        bad.Clear();
        foreach (var reader in batch.Cells)
        {
            reader.Read(_rows, batch.Columns, at, bad);
        }

        foreach (var list in batch.Entries)
        {
            MarkLists(_rows, list.Binding, bad);
        }

        if (batch.Shard is null && batch.Entries.IsEmpty && !bad.ContainsAnyExcept(0UL))
        {
            batch.AcceptAll(_rows);
            return;
        }

        byte[] scratch = [];
        for (var row = 0; row < _rows.Count; row++)
        {
            if ((bad[row >> 6] >> row & 1) != 0)
            {
                // Reads it again, for its lists and for every fault it has. The row's own place is free, and so are those before it.
                batch.Add(new Row(_rows, row), _rows.LineOf(row));
            }
            else if (batch.Takes())
            {
                batch.Accept(at + row, _rows.LineOf(row));
                foreach (var column in batch.Layout.Kept)
                {
                    batch.KeepNext(_rows.Value(row, column, ref scratch));
                }
            }
        }
    }

    private void ReadLazily(RecordBatch batch, LazyRun lazy, ConcernedRows concerned)
    {
        var (firstPlace, firstRow) = (batch.Columns.Count, batch.Count);
        lazy.Read(_rows, concerned);
        foreach (var list in batch.Entries)
        {
            MarkLists(lazy.Rows, list.Binding, lazy.Bad);
        }

        if (batch.Shard is null && batch.Entries.IsEmpty && !lazy.Bad.ContainsAnyExcept(0UL))
        {
            batch.AcceptAll(_rows, lazy.Concerned);
            return;
        }

        byte[] scratch = [];
        var next = 0;
        for (var row = 0; row < _rows.Count; row++)
        {
            var isConcerned = next < lazy.Concerned.Length && lazy.Concerned[next] == row;
            var place = isConcerned ? next++ : -1;
            if (isConcerned && (lazy.Bad[place >> 6] >> place & 1) != 0)
            {
                // Reads it again, as above; its own place in the columns is free.
                batch.Add(new Row(_rows, row), _rows.LineOf(row));
            }
            else if (batch.Takes())
            {
                concerned.MoveCounted(firstRow + row, batch.Count);
                batch.Accept(isConcerned ? firstPlace + place : -1, _rows.LineOf(row));
                foreach (var column in batch.Layout.Kept)
                {
                    batch.KeepNext(_rows.Value(row, column, ref scratch));
                }
            }
        }
    }

    /// <summary>Lists are read row by row.</summary>
    private static void MarkLists(in CsvRows rows, ListBinding list, Span<ulong> bad)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            if (list.Fact.IsRequired || rows.Start(row, list.Column) != rows.End(row, list.Column))
            {
                bad[row >> 6] |= 1UL << row;
            }
        }
    }

    private readonly struct Row(CsvRows rows, int row) : IRecordRow
    {
        public ReadOnlySpan<byte> Raw => rows.Raw(row);

        public ReadOnlySpan<byte> Cell(int column)
        {
            byte[] scratch = [];
            return rows.Value(row, column, ref scratch);
        }
    }
}

/// <summary>A row that is refused as a whole, in its place among the others.</summary>
internal sealed class CsvRefusal(RowFaultKind kind, long line, ReadOnlySpan<byte> raw, string detail) : IDeferredRows
{
    private readonly byte[] _raw = raw.ToArray();

    public int Count => 1;

    public int Bytes => _raw.Length;

    public void ReadInto(RecordBatch batch) => batch.Reject(kind, line, _raw, detail);
}
