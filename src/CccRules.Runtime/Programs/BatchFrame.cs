using System.Numerics;
using System.Runtime.CompilerServices;
using CccRules.Runtime.Candidates;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Kernels;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Programs;

/// <summary>
/// The room in which emitted columnar code computes: bit planes over the rows (for a logic node that is kept: where it is certainly
/// true, and where possibly), a column for each derived value, a byte column of outcomes for each norm. Made once
/// for a ruleset, then used for batch after batch; not safe for concurrent use.
/// </summary>
/// <remarks>
/// A batch is computed window by window, so that the planes of a large ruleset stay in the processor's cache; emitted code
/// sees one window. Planes lie in blocks of 512 rows: in a block each plane takes eight words and all planes follow one another, so
/// that code which combines many planes walks one short stretch of memory with fixed distances in it.
/// </remarks>
public sealed class BatchFrame
{
    /// <summary>Words of a plane in a block.</summary>
    public const int BlockWords = 8;

    /// <summary>Blocks of the largest window: as many rows as a usual batch has.</summary>
    private const int MostBlocks = 8;

    /// <summary>Room that the planes of a window may take: they are written and read many times, so they should stay in the first-level cache.</summary>
    private const int MostPlaneBytes = 40 << 10;

    private readonly RulesetManifest _manifest;
    private readonly KernelSet _kernels;
    private readonly ColumnTester[] _testers;
    private readonly ulong[] _planes;

    /// <summary>Words from a block to the next.</summary>
    private readonly int _blockStride;
    private readonly int _windowWords;
    private readonly long[]?[] _values;
    private readonly Int128[]?[] _wideValues;
    private readonly byte[][] _outcomes;
    private readonly ulong[][] _categories;
    private readonly CandidateScan? _scan;
    private readonly PlaneRows _planeRows;
    private readonly bool[] _isCandidate;
    private readonly int[] _dueValues;
    private readonly long[][] _dues;
    private ColumnBatch _batch;
    private int _firstRow;
    private bool _isScattered;

    internal BatchFrame(RulesetManifest manifest, RuleTables tables, KernelSet kernels, ColumnBatch batch)
    {
        _manifest = manifest;
        _kernels = kernels;
        Tables = tables;
        _testers = [.. manifest.Tables.Tests.Select(CreateTester)];
        _blockStride = manifest.Tables.PlaneCount * BlockWords;
        var blocks = Math.Clamp(MostPlaneBytes / Math.Max(1, _blockStride * sizeof(ulong)), 1, MostBlocks);
        _windowWords = blocks * BlockWords;
        _planes = new ulong[blocks * _blockStride];
        _values = new long[manifest.Graph.Values.Length][];
        _wideValues = new Int128[manifest.Graph.Values.Length][];
        _outcomes = new byte[manifest.Norms.Length][];
        _categories = new ulong[manifest.Categories.Length][];
        _dueValues = [.. manifest.Norms.Select(norm => norm.Deadline).OfType<DeadlineSchema>().SelectMany(deadline => new[] { deadline.Due, deadline.Earliest, deadline.Latest }).Distinct()];
        _dues = new long[_dueValues.Length][];
        Array.Fill(_dues, []);
        Array.Fill(_outcomes, []);
        Array.Fill(_categories, []);
        _batch = batch;
        _isCandidate = new bool[manifest.Norms.Length];
        if (manifest.Tables.Candidates is { IsForBatches: true } plan)
        {
            _scan = CreateScan(plan, manifest, tables, kernels);
            foreach (var norm in plan.Norms)
            {
                _isCandidate[norm.Norm] = true;
            }
        }

        _planeRows = new PlaneRows([.. Enumerable.Range(0, _isCandidate.Length).Where(norm => !_isCandidate[norm])]);
    }

    /// <summary>Sets, texts and dated parameters of the ruleset.</summary>
    public RuleTables Tables { get; }

    /// <summary>Texts of the batch's text columns.</summary>
    public TextDictionary Texts => _batch.Texts;

    /// <summary>Words of 64 rows to compute.</summary>
    public int Words { get; private set; }

    /// <summary>Rows to compute: whole words.</summary>
    public int Rows => Words * 64;

    /// <summary>Steps of as many words as a vector holds.</summary>
    public int Steps => (Words + Vector<ulong>.Count - 1) / Vector<ulong>.Count;

    internal ColumnBatch Batch => _batch;

    private PlaneRoom Room => new(_planes, _blockStride);

    /// <summary>The first plane at a step; plane n is eight words times n further on.</summary>
    public ref ulong At(int step) => ref Room.Word(0, step * Vector<ulong>.Count);

    /// <summary>The truth in a row of a logic node that is kept in a plane ("certainly") and the next ("possibly").</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Truth TruthOf(int plane, int row)
    {
        var word = (uint)row >> 6;
        var at = (int)(word / BlockWords * (uint)_blockStride) + (plane * BlockWords) + (int)(word % BlockWords);
        return Truth(_planes[at], _planes[at + BlockWords], row);
    }

    /// <summary>Writes 64 rows of a logic node into a plane ("certainly") and the next ("possibly").</summary>
    public void Write(int plane, int word, ulong certain, ulong possible) => Room.WritePair(plane, word, certain, possible);

    /// <summary>Column of a derived value, over <see cref="Rows"/>.</summary>
    public Span<long> Values(int value) => (_values[value] ??= new long[_windowWords * 64]).AsSpan(0, Rows);

    /// <summary>Column of a derived value that needs exact arithmetic beyond 64 bits.</summary>
    public Span<Int128> WideValues(int value) => (_wideValues[value] ??= new Int128[_windowWords * 64]).AsSpan(0, Rows);

    /// <summary>Copies a fact into the column of a value, one number a row as <see cref="Fact"/> says.</summary>
    public void Load(int fact, int value) => _kernels.Widen(Column(fact), Values(value));

    /// <summary>The smaller of two values' columns goes to a third, as <see cref="ValueOperations.Least"/> says.</summary>
    public void Least(int target, int left, int right) => ValueKernels.Least(Values(left), Values(right), Values(target));

    /// <summary>The larger of two values' columns goes to a third, as <see cref="ValueOperations.Largest"/> says.</summary>
    public void Largest(int target, int left, int right) => ValueKernels.Largest(Values(left), Values(right), Values(target));

    /// <summary>A dated parameter on the days of a value's column, as <see cref="ValueOperations.Step"/> says.</summary>
    public void Step(int target, int day, int table) => ValueKernels.Step(Values(day), Tables, table, Values(target));

    /// <summary>Gives each row of the column of a value the same number, as <see cref="Fact"/> says.</summary>
    public void Fill(int value, long same) => Values(value).Fill(same);

    /// <summary>Makes the tests of a column (<see cref="ProgramTables.Tests"/>).</summary>
    public void Test(int tests)
    {
        var group = _manifest.Tables.Tests[tests];
        var column = group.Fact < 0 ? new ColumnView { Longs = Values(group.Value) } : Column(group.Fact);
        _testers[tests].Run(column, Texts, Words, Room);
    }

    /// <summary>Compares the columns of two values; the answer goes to a plane and the next.</summary>
    public void Compare(Comparison comparison, int left, int right, int plane) =>
        _kernels.Compare(comparison, Values(left), Values(right), plane, Room);

    /// <summary>
    /// Turns planes of statuses into a norm's outcome bytes. The planes of the statuses in <paramref name="statuses"/> follow one
    /// another from <paramref name="firstPlane"/>, lowest status first.
    /// </summary>
    public void Spread(int norm, int firstPlane, byte statuses) =>
        _kernels.Spread(_planes.AsSpan(firstPlane * BlockWords), _blockStride, statuses, _outcomes[norm].AsSpan(_firstRow, Rows));

    /// <summary>Outcomes row by row, of the batch that was classified last.</summary>
    internal SparseOutcomes Sparse { get; } = new();

    /// <summary>Outcomes of a norm over the whole batch.</summary>
    internal Span<byte> Outcomes(int norm) => _outcomes[norm].AsSpan(0, _batch.Count);

    /// <summary>As <see cref="Outcomes"/>, with the rows beyond the last that fill its word.</summary>
    internal Span<byte> AllOutcomes(int norm) => _outcomes[norm];

    /// <summary>Some rows of the window of the column that tests are about.</summary>
    internal ColumnView ViewOf(ColumnTests tests, int first, int rows) => tests.Fact < 0
        ? new ColumnView { Longs = Values(tests.Value).Slice(first, rows) }
        : ColumnView.Of(_batch, tests.Fact, _firstRow + first, rows);

    /// <summary>A date of a deadline over the whole batch, as <see cref="Fact"/> says.</summary>
    /// <param name="value">One of the values that a <see cref="DeadlineSchema"/> names.</param>
    internal ReadOnlySpan<long> Dues(int value) => _dues[Array.IndexOf(_dueValues, value)].AsSpan(0, _batch.Count);

    /// <summary>The truth of a category in a row of the batch.</summary>
    internal Truth CategoryOf(int category, int row)
    {
        var words = _categories[category];
        return Truth(words[row >> 6 << 1], words[(row >> 6 << 1) + 1], row);
    }

    /// <summary>Computes each norm's outcomes over a batch; allocates only where it is larger than those before.</summary>
    internal void Classify(RuleProgram program, ColumnBatch batch)
    {
        ClearScattered();
        MakeRoom(batch.Capacity, isDense: true);
        Run(program, batch, isSparse: _scan is not null, hasPlaneRows: false);
        if (_scan is not null)
        {
            Scatter();
        }
    }

    /// <summary>Computes each row's outcomes of a batch, without those that are not applicable.</summary>
    internal void ClassifySparse(RuleProgram program, ColumnBatch batch)
    {
        ClearScattered();
        MakeRoom(batch.Capacity, isDense: false);
        Run(program, batch, isSparse: true, hasPlaneRows: true);
    }

    private void Run(RuleProgram program, ColumnBatch batch, bool isSparse, bool hasPlaneRows)
    {
        Bind(batch);
        Sparse.Clear(batch.Count);
        for (var first = 0; first < batch.Words; first += _windowWords)
        {
            Open(first);
            program.Classify(this);
            KeepCategories(first);
            KeepDues();
            if (isSparse)
            {
                Collect(hasPlaneRows);
            }
        }
    }

    /// <summary>Adds the rows of the window to the sparse outcomes.</summary>
    private void Collect(bool hasPlaneRows)
    {
        for (var first = 0; first < Rows; first += CandidateScan.BlockRows)
        {
            var rows = Math.Min(CandidateScan.BlockRows, Rows - first);
            _scan?.Map(this, first, rows);
            if (hasPlaneRows)
            {
                _planeRows.Read(this, _firstRow + first, rows);
            }

            // Rows beyond the batch's last are computed and ignored.
            rows = Math.Min(rows, _batch.Count - _firstRow - first);
            for (var row = 0; row < rows; row++)
            {
                _scan?.Append(row, Sparse);
                if (hasPlaneRows)
                {
                    _planeRows.Append(this, row, _firstRow + first + row, Sparse);
                }

                Sparse.EndRow();
            }
        }
    }

    /// <summary>Writes candidates' outcomes into the norms' columns, which else say that nothing applies.</summary>
    private void Scatter()
    {
        for (var row = 0; row < Sparse.Rows; row++)
        {
            var norms = Sparse.NormsOf(row);
            var outcomes = Sparse.OutcomesOf(row);
            for (var i = 0; i < norms.Length; i++)
            {
                _outcomes[norms[i]][row] = outcomes[i];
            }
        }

        _isScattered = true;
    }

    /// <summary>Takes back what <see cref="Scatter"/> wrote: far less than writing all columns anew.</summary>
    private void ClearScattered()
    {
        for (var row = 0; _isScattered && row < Sparse.Rows; row++)
        {
            foreach (var norm in Sparse.NormsOf(row))
            {
                _outcomes[norm][row] = (byte)Outcome.NotApplicable;
            }
        }

        _isScattered = false;
    }

    internal static CandidateScan CreateScan(CandidatePlan plan, RulesetManifest manifest, RuleTables tables, KernelSet kernels)
    {
        return kernels.CreateScan(plan, [.. plan.Columns.Select(column => column.Tests is { } tests ? Mapper(tests) : null)]);

        CellMapper Mapper(ColumnTests tests)
        {
            var (width, cells) = ShapeOf(tests, manifest);
            return kernels.CreateMapper(tests, width, cells, tables);
        }
    }

    /// <summary>How wide a tested column is, and how many values a byte column can hold.</summary>
    private static (ColumnWidth Width, int Cells) ShapeOf(ColumnTests tests, RulesetManifest manifest) => tests.Fact < 0
        ? (ColumnWidth.Long, 0)
        : (ColumnWidths.Of(manifest.Facts[tests.Fact]), Math.Max(2, manifest.Facts[tests.Fact].Members.Length) + 2);

    /// <summary>Turns to a batch.</summary>
    internal void Bind(ColumnBatch batch)
    {
        _batch = batch;
    }

    /// <summary>Words of the largest window.</summary>
    internal int WindowWords => _windowWords;

    /// <summary>Turns to the window that begins at a word of the batch.</summary>
    internal void Open(int firstWord)
    {
        _firstRow = firstWord * 64;
        Words = Math.Min(_windowWords, _batch.Words - firstWord);
    }

    private void MakeRoom(int capacity, bool isDense)
    {
        for (var norm = 0; norm < _outcomes.Length; norm++)
        {
            if (_outcomes[norm].Length < capacity && (isDense || !_isCandidate[norm]))
            {
                _outcomes[norm] = new byte[capacity];
                Array.Fill(_outcomes[norm], (byte)Outcome.NotApplicable);
            }
        }

        for (var due = 0; due < _dues.Length && _dues[due].Length < capacity; due++)
        {
            _dues[due] = new long[capacity];
        }

        for (var category = 0; category < _categories.Length && _categories[category].Length < capacity / 32; category++)
        {
            _categories[category] = new ulong[capacity / 32];
        }
    }

    private void KeepDues()
    {
        for (var due = 0; due < _dueValues.Length; due++)
        {
            Values(_dueValues[due]).CopyTo(_dues[due].AsSpan(_firstRow));
        }
    }

    private void KeepCategories(int firstWord)
    {
        for (var category = 0; category < _categories.Length; category++)
        {
            var plane = _manifest.Tables.CategoryPlanes[category];
            for (var word = 0; word < Words; word++)
            {
                _categories[category][(firstWord + word) << 1] = Room.Word(plane, word);
                _categories[category][((firstWord + word) << 1) + 1] = Room.Word(plane + 1, word);
            }
        }
    }

    private ColumnView Column(int fact) => ColumnView.Of(_batch, fact, _firstRow, Rows);

    private static Truth Truth(ulong certain, ulong possible, int row) =>
        (Truth)(((certain >> row) & 1) | (((possible >> row) & 1) << 1));

    private ColumnTester CreateTester(ColumnTests tests)
    {
        var (width, cells) = ShapeOf(tests, _manifest);
        return _kernels.CreateTester(tests, width, cells, Tables);
    }
}
