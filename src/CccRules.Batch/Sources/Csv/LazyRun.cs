using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Sources.Csv;

/// <summary>Reads regular rows lazily into a batch: of all of them what is always read, and then the rest of those that a norm may concern. Belongs to one batch.</summary>
internal sealed class LazyRun(LazyReading lazy, RecordBatch batch)
{
    private int[] _concerned = [];
    private int[] _ends = [];
    private ulong[] _bad = [];

    /// <summary>Positions among the rows last read of those that a norm may concern, and of those that cannot be read; ascending.</summary>
    public ReadOnlySpan<int> Concerned => _concerned.AsSpan(0, Count);

    /// <summary>By these positions a bit, set where a cell is wrong.</summary>
    public Span<ulong> Bad => _bad.AsSpan(0, (Count + 63) / 64);

    /// <summary>Some of the rows, in the order of <see cref="Concerned"/>; without their lines.</summary>
    public CsvRows Rows { get; private set; }

    private int Count { get; set; }

    /// <summary>Reads rows to the places of the columns that are free; what they are counted by is copied out.</summary>
    public void Read(in CsvRows rows, ConcernedRows concerned)
    {
        var columns = batch.Columns;
        var first = columns.Count;
        Reserve(rows.Count);
        var bad = _bad.AsSpan(0, (rows.Count + 63) / 64);
        bad.Clear();
        foreach (var field in lazy.Always)
        {
            batch.Cells[field].Read(rows, columns, first, bad);
        }

        concerned.CopyCounted(columns, first, batch.Count, rows.Count);
        Find(rows.Count, first, bad);
        foreach (var field in lazy.Always)
        {
            Compress(batch.Layout.Fields[field].Fact, first);
        }

        Rows = rows.Some(Concerned, ref _ends);
        if (Count == 0)
        {
            return;
        }

        foreach (var field in lazy.Others)
        {
            batch.Cells[field].Read(Rows, columns, first, Bad);
        }
    }

    private void Reserve(int rows)
    {
        if (rows > _concerned.Length)
        {
            _concerned = new int[rows];
            _bad = new ulong[(rows + 63) / 64];
        }
    }

    private void Find(int rows, int first, Span<ulong> bad)
    {
        if (lazy.Codes.Fact >= 0)
        {
            var codes = batch.Columns.Longs(lazy.Codes.Fact).Slice(first, rows);
            var hasBad = bad.ContainsAnyExcept(0UL);
            for (var row = 0; hasBad && row < rows; row++)
            {
                // What stands there may be no code at all.
                codes[row] = (bad[row >> 6] >> row & 1) == 0 ? codes[row] : Fact.Missing;
            }

            Count = lazy.Codes.Find(codes, _concerned);
            if (hasBad)
            {
                AddBad(rows, bad);
            }

            return;
        }

        Count = rows;
        for (var row = 0; row < rows; row++)
        {
            _concerned[row] = row;
        }
    }

    /// <summary>Takes the bad rows among the others, and makes the bits theirs. Whether something concerns them nobody knows.</summary>
    private void AddBad(int rows, Span<ulong> bad)
    {
        var found = Concerned.ToArray();
        var wrong = bad.ToArray();
        bad.Clear();
        Count = 0;
        var next = 0;
        for (var row = 0; row < rows; row++)
        {
            var isFound = next < found.Length && found[next] == row;
            var isBad = (wrong[row >> 6] >> row & 1) != 0;
            next += isFound ? 1 : 0;
            if (isFound || isBad)
            {
                bad[Count >> 6] |= (isBad ? 1UL : 0) << Count;
                _concerned[Count++] = row;
            }
        }
    }

    private void Compress(int fact, int first)
    {
        switch (ColumnWidths.Of(batch.Layout.Manifest.Facts[fact]))
        {
            case ColumnWidth.Byte:
                Compress(batch.Columns.Bytes(fact)[first..]);
                break;
            case ColumnWidth.Int:
                Compress(batch.Columns.Ints(fact)[first..]);
                break;
            default:
                Compress(batch.Columns.Longs(fact)[first..]);
                break;
        }
    }

    private void Compress<T>(Span<T> column)
        where T : unmanaged
    {
        var concerned = Concerned;
        for (var i = 0; i < concerned.Length; i++)
        {
            column[i] = column[concerned[i]];
        }
    }
}
