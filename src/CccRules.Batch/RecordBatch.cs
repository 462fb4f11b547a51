using System.Buffers;
using System.Collections.Immutable;
using CccRules.Batch.Lists;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sources;
using CccRules.Batch.Sources.Csv;
using CccRules.Batch.Sources.Csv.Cells;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;

namespace CccRules.Batch;

/// <summary>
/// Records on their way through a run: the facts as columns, the line of each row, the cells that are kept for the output, and the
/// rows that were refused. Cleared and filled again and again; belongs to one thread at a time.
/// </summary>
public sealed class RecordBatch
{
    /// <summary>Texts beyond this number are forgotten between batches, so that a run over distinct texts stays flat.</summary>
    private const int MostTexts = 65_536;

    /// <summary>A batch is full when it holds this much of the data's own text, so that huge rows do not pile up.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>A batch is full when its lists have this many fields in their entries.</summary>
    private const int MostEntryFields = 1024 * 1024;

    /// <summary>A batch also ends when it has passed over this many times its capacity for other shards.</summary>
    private const int MostPassedOver = 16;

    private readonly long[] _lines;
    private readonly KeptCells _kept;
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private readonly List<RejectedRow> _rejected = [];
    private readonly List<RowFault> _faults = [];
    private readonly List<IDeferredRows> _deferred = [];
    private readonly Stack<CsvRun> _runs = [];
    private readonly Lazy<ImmutableArray<CellReader>> _cells;
    private readonly ImmutableArray<EntryColumn> _entries;
    private int _deferredRows;
    private int _deferredBytes;
    private int _rejectedLength;
    private long _record;

    public RecordBatch(RecordLayout layout, int capacity = ColumnBatch.DefaultCapacity)
    {
        Layout = layout;
        Columns = new ColumnBatch(layout.Manifest.Facts, capacity);
        MostRows = Columns.Capacity;
        _lines = new long[Columns.Capacity];
        _kept = new KeptCells(Columns.Capacity, layout.Kept.Length);
        _cells = new(() => CellReaders.Create(layout));
        _entries = [.. layout.Lists.Select(list => new EntryColumn(list, Columns.Capacity))];
        FillConstants();
    }

    public RecordLayout Layout { get; }

    /// <summary>The facts of the good rows; in a run that reads lazily, of those of them that a norm may concern.</summary>
    public ColumnBatch Columns { get; }

    /// <summary>Good rows.</summary>
    public int Count { get; private set; }

    /// <summary>Rows that were refused, in the order of the data.</summary>
    public IReadOnlyList<RejectedRow> Rejected => _rejected;

    /// <summary>The place in the data after the last of these rows.</summary>
    public SourcePosition End { get; internal set; }

    /// <summary>Rows that make the batch full; at most the capacity of the columns.</summary>
    internal int MostRows { get; set; }

    /// <summary>No room for another row.</summary>
    public bool IsFull => Room <= 0 || _kept.Length + _rejectedLength + _deferredBytes > MostBytes
        || OfOtherShards >= (long)MostPassedOver * MostRows
        || HasManyEntries();

    /// <summary>Rows, good or bad, for which there is room.</summary>
    internal int Room => (int)Math.Min(MostRows - Held, EndsBehind - _record - _deferredRows);

    /// <summary>Rows that were added, good or bad, read or not.</summary>
    internal int Held => Count + _rejected.Count + _deferredRows;

    /// <summary>The batch ends at the latest when so many records of the data are read.</summary>
    internal long EndsBehind { get; set; } = long.MaxValue;

    /// <summary>Sources may leave rows unread until <see cref="ReadDeferred"/> is called, on whatever thread.</summary>
    internal bool MayDefer { get; init; }

    /// <summary>What a run reads that reads lazily; null where everything is read.</summary>
    internal LazyReading? Reading
    {
        get;
        init
        {
            field = value;
            Concerned = value is null ? null : new ConcernedRows(Layout, Columns.Capacity);
            Lazy = value is null ? null : new LazyRun(value, this);
        }
    }

    /// <summary>The rows that are in the columns; null: all.</summary>
    internal ConcernedRows? Concerned { get; private init; }

    /// <summary>Reads regular rows lazily; null where everything is read.</summary>
    internal LazyRun? Lazy { get; private init; }

    /// <summary>By row the HS code that it is counted by.</summary>
    internal ReadOnlySpan<long> ChapterCodes => Concerned is null ? Columns.Longs(Layout.ChapterFact) : Concerned.ChapterCodes;

    /// <summary>By row the date that it is counted by.</summary>
    internal ReadOnlySpan<int> MonthDays => Concerned is null ? Columns.Ints(Layout.MonthFact) : Concerned.MonthDays;

    /// <summary>Readers of the columns of regular rows.</summary>
    internal ImmutableArray<CellReader> Cells => _cells.Value;

    /// <summary>The entries of the good rows' lists, a column a list.</summary>
    internal ImmutableArray<EntryColumn> Entries => _entries;

    /// <summary>The part of the data that is taken; null: all.</summary>
    internal Shard? Shard { get; init; }

    /// <summary>Rows of the data that were passed over, because they belong to other shards.</summary>
    public long OfOtherShards { get; private set; }

    /// <summary>Name of the input that the rows come from.</summary>
    public string Input { get; set; } = "";

    /// <summary>Physical line on which a good row begins, from 1.</summary>
    public long LineOf(int row) => _lines[row];

    /// <summary>A kept cell of a good row, as it stood in the data.</summary>
    /// <param name="row">The row.</param>
    /// <param name="kept">Position in <see cref="RecordLayout.Kept"/>.</param>
    public ReadOnlySpan<byte> KeptCell(int row, int kept) => _kept[row, kept];

    /// <summary>A kept cell is no text in the data but a number, a list or the like; see <see cref="IRecordRow.IsLiteral"/>.</summary>
    public bool IsKeptLiteral(int row, int kept) => _kept.IsLiteral(row, kept);

    /// <summary>The entries of a list in a good row, as they stand in the data.</summary>
    /// <param name="row">The row.</param>
    /// <param name="list">Position of the list in the ruleset's lists.</param>
    /// <returns>For each entry one number a field, as <see cref="Fact"/> says; null where the row does not have the list.</returns>
    public IReadOnlyList<long[]>? EntriesOf(int row, int list) =>
        _entries.FirstOrDefault(column => column.Binding.List == list) is { } entries && PlaceOf(row) is >= 0 and var place && entries.IsGiven(place)
            ? [.. Enumerable.Range(0, entries.Count(place)).Select(number => entries.Entry(place, number).ToArray())]
            : null;

    /// <summary>A good row's place in the columns; negative where it was not read because no norm can concern it.</summary>
    internal int PlaceOf(int row) => Concerned is null ? row : Concerned.PlaceOf(row);

    /// <summary>Makes room for the next rows.</summary>
    public void Clear()
    {
        Columns.Count = 0;
        Count = 0;
        Concerned?.Clear();
        OfOtherShards = 0;
        _deferred.Clear();
        _deferredRows = 0;
        _deferredBytes = 0;
        _rejected.Clear();
        _kept.Clear();
        _rejectedLength = 0;
        if (Columns.Texts.Count > MostTexts)
        {
            ForgetTexts();
        }
    }

    /// <summary>Says how many records of the data come before those that are added next.</summary>
    internal void Begin(long recordsBefore) => _record = recordsBefore;

    /// <summary>Reads a row's facts; a row with a wrong value goes to <see cref="Rejected"/> with every fault it has.</summary>
    /// <param name="row">The row; read during the call only.</param>
    /// <param name="line">Physical line on which it begins, from 1.</param>
    public void Add<TRow>(TRow row, long line)
        where TRow : struct, IRecordRow
    {
        if (!Takes())
        {
            return;
        }

        var isConcerned = ReadFacts(row, line);
        if (_faults.Count != 0)
        {
            Refuse(line, [.. _faults], row.Raw);
            _faults.Clear();
            return;
        }

        Concerned?.CopyCounted(Columns, Columns.Count, Count, 1);
        Take(line, isConcerned);
        foreach (var column in Layout.Kept)
        {
            _kept.Add(TRow.HasLiterals ? row.KeptCell(column) : row.Cell(column), TRow.HasLiterals && row.IsLiteral(column));
        }
    }

    /// <summary>Reads a row to the next place in the columns, and notes its faults.</summary>
    /// <returns>Whether a norm may concern it; if not, it is not read to its end.</returns>
    private bool ReadFacts<TRow>(TRow row, long line)
        where TRow : struct, IRecordRow
    {
        var at = Columns.Count;
        foreach (var field in Reading?.Always ?? [])
        {
            Read(row, Layout.Fields[field], at, line);
        }

        if (Reading is { } lazy && _faults.Count == 0 && lazy.Codes.Fact >= 0 && !lazy.Codes.Contains(Columns.Longs(lazy.Codes.Fact)[at]))
        {
            return false;
        }

        // All of them, so that faults come in the order of the fields.
        _faults.Clear();
        foreach (var field in Layout.Fields)
        {
            Read(row, field, at, line);
        }

        foreach (var list in _entries)
        {
            var column = list.Binding.Column;
            list.Read(TRow.HasLiterals ? row.KeptCell(column) : row.Cell(column), at, line, Layout.Columns[column], Columns.Texts, _faults);
        }

        return true;
    }

    private void Read<TRow>(TRow row, FieldBinding field, int at, long line)
        where TRow : struct, IRecordRow
    {
        var cell = row.Cell(field.Column);
        if (field.Read(cell, Columns.Texts, _scratch, out var fact) is { } fault)
        {
            _faults.Add(new RowFault(line, Layout.Columns[field.Column], DisplayText.Of(cell), fault.Code, fault.Reason));
        }
        else
        {
            Columns.Set(field.Fact, at, fact);
        }
    }

    /// <summary>Counts a good row, which has the next place in the columns where a norm may concern it.</summary>
    private void Take(long line, bool isConcerned)
    {
        _lines[Count] = line;
        _kept.StartRow(Count);
        if (isConcerned)
        {
            Concerned?.Add(Count);
            Columns.Count++;
        }

        Count++;
    }

    /// <summary>Refuses a row as a whole.</summary>
    /// <param name="kind">What is wrong with it.</param>
    /// <param name="line">Physical line on which it begins, from 1.</param>
    /// <param name="raw">The row as it stands in the data.</param>
    /// <param name="detail">What to add to the reason; empty for nothing.</param>
    public void Reject(RowFaultKind kind, long line, ReadOnlySpan<byte> raw, string detail = "")
    {
        if (Takes())
        {
            Refuse(line, [new RowFault(line, "", "", kind.Code(), detail.Length == 0 ? kind.Sentence() : $"{kind.Sentence()}: {detail}")], raw);
        }
    }

    /// <summary>Adds rows that a source found, now or later, in the order of the data.</summary>
    internal void Defer(IDeferredRows rows)
    {
        if (!MayDefer)
        {
            rows.ReadInto(this);
            return;
        }

        _deferred.Add(rows);
        _deferredRows += rows.Count;
        _deferredBytes += rows.Bytes;
    }

    /// <summary>Adds regular rows of CSV that a source found, now or later, in the order of the data.</summary>
    internal void Defer(in CsvRows rows) => Defer((_runs.TryPop(out var run) ? run : new CsvRun()).Holding(rows));

    /// <summary>Takes a run back that may hold other rows now.</summary>
    internal void HasRead(CsvRun run) => _runs.Push(run);

    /// <summary>Reads what was deferred; then the batch is whole.</summary>
    internal void ReadDeferred()
    {
        foreach (var rows in _deferred)
        {
            rows.ReadInto(this);
        }

        _deferred.Clear();
        _deferredRows = 0;
        _deferredBytes = 0;
        CopyEvaluationDates();
    }

    /// <summary>Takes a row whose facts are in the columns already, at its place or at one further on.</summary>
    /// <param name="place">Where; negative for a row that no norm can concern.</param>
    internal void Accept(int place, long line)
    {
        var at = Columns.Count;
        if (place > at)
        {
            foreach (var field in Layout.Fields)
            {
                Columns.Set(field.Fact, at, Columns.Get(field.Fact, place));
            }
        }

        foreach (var list in _entries)
        {
            list.Skip(at);
        }

        Take(line, place >= 0);
    }

    /// <summary>Takes rows whose facts are in the columns already, at the next places, all of them; without lists.</summary>
    internal void AcceptAll(in CsvRows rows)
    {
        Columns.Count += rows.Count;
        TakeAll(rows);
    }

    /// <summary>The same, where the facts of those rows are in the columns that a norm may concern.</summary>
    internal void AcceptAll(in CsvRows rows, ReadOnlySpan<int> concerned)
    {
        Concerned!.AddAll(Count, concerned);
        Columns.Count += concerned.Length;
        TakeAll(rows);
    }

    private void TakeAll(in CsvRows rows)
    {
        _record += rows.Count;
        rows.CopyLines(_lines.AsSpan(Count, rows.Count));
        _kept.StartRow(Count);
        _kept.AddAll(rows, Layout.Kept.AsSpan());
        Count += rows.Count;
    }

    /// <summary>Keeps the next cell of the row that was just accepted.</summary>
    internal void KeepNext(ReadOnlySpan<byte> cell) => _kept.Add(cell, isLiteral: false);

    /// <summary>Writes the evaluation date that a field says into its own column.</summary>
    private void CopyEvaluationDates()
    {
        if (Layout.EvaluationDateField < 0 || Layout.EvaluationDateFact < 0)
        {
            return;
        }

        var from = Columns.Ints(Layout.EvaluationDateField);
        var to = Columns.Ints(Layout.EvaluationDateFact);
        var none = ColumnOf(Fact.None);
        var missing = ColumnOf(Fact.Missing);
        for (var row = 0; row < Columns.Count; row++)
        {
            // A record without its date has no evaluation date: the answer is open, not "judged by none".
            to[row] = from[row] == none ? missing : from[row];
        }
    }

    private bool HasManyEntries()
    {
        foreach (var list in _entries)
        {
            if (list.Length(Columns.Count) > MostEntryFields)
            {
                return true;
            }
        }

        return false;
    }

    private static int ColumnOf(long sentinel) => int.MinValue + (int)(sentinel - long.MinValue);

    /// <summary>Whether the next record belongs to this run's part of the data; called once for each record, in their order.</summary>
    internal bool Takes()
    {
        var record = _record++;
        if (Shard is null || Shard.Takes(record))
        {
            return true;
        }

        OfOtherShards++;
        return false;
    }

    private void Refuse(long line, ImmutableArray<RowFault> faults, ReadOnlySpan<byte> raw)
    {
        _rejectedLength += raw.Length;
        _rejected.Add(new RejectedRow(line, faults, raw.ToArray(), Input));
    }

    private void ForgetTexts()
    {
        Columns.Texts.Clear();
        foreach (var fact in Columns.Facts)
        {
            if (fact.Kind == FactKind.Text)
            {
                // Rows beyond the count are computed too: they may not hold codes of forgotten texts.
                Columns.Fill(fact.Index, Fact.Missing);
            }
        }

        if (_cells.IsValueCreated)
        {
            foreach (var reader in Cells)
            {
                reader.ForgetTexts();
            }
        }

        FillConstants();
    }

    private void FillConstants()
    {
        foreach (var constant in Layout.Constants)
        {
            constant.Reader.Read(constant.Value.Span, Columns.Texts, out var fact);
            Columns.Fill(constant.Fact, fact);
        }

        if (Layout.EvaluationDateFact >= 0)
        {
            Columns.Fill(Layout.EvaluationDateFact, Layout.EvaluationDay);
        }
    }
}
