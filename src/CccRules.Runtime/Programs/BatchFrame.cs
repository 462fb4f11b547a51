using System.Numerics;
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

    /// <summary>Room that the planes of a window may take: half of a small second-level cache.</summary>
    private const int MostPlaneBytes = 256 << 10;

    private readonly RulesetManifest _manifest;
    private readonly KernelSet _kernels;
    private readonly ColumnTester[] _testers;
    private readonly ulong[] _planes;
    private readonly int _windowWords;
    private readonly long[]?[] _values;
    private readonly Int128[]?[] _wideValues;
    private readonly byte[][] _outcomes;
    private readonly ulong[][] _categories;
    private readonly int[] _dueValues;
    private readonly long[][] _dues;
    private ColumnBatch _batch;
    private int _firstRow;

    internal BatchFrame(RulesetManifest manifest, RuleTables tables, KernelSet kernels, ColumnBatch batch)
    {
        _manifest = manifest;
        _kernels = kernels;
        Tables = tables;
        _testers = [.. manifest.Tables.Tests.Select(CreateTester)];
        var blocks = Math.Clamp(MostPlaneBytes / Math.Max(1, BlockStride * sizeof(ulong)), 1, MostBlocks);
        _windowWords = blocks * BlockWords;
        _planes = new ulong[blocks * BlockStride];
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

    /// <summary>Words from a block to the next.</summary>
    private int BlockStride => _manifest.Tables.PlaneCount * BlockWords;

    private PlaneRoom Room => new(_planes, BlockStride);

    /// <summary>The first plane at a step; plane n is eight words times n further on.</summary>
    public ref ulong At(int step) => ref Room.Word(0, step * Vector<ulong>.Count);

    /// <summary>The truth in a row of a logic node that is kept in a plane ("certainly") and the next ("possibly").</summary>
    public Truth TruthOf(int plane, int row) => Truth(Room.Word(plane, row >> 6), Room.Word(plane + 1, row >> 6), row);

    /// <summary>Writes 64 rows of a logic node into a plane ("certainly") and the next ("possibly").</summary>
    public void Write(int plane, int word, ulong certain, ulong possible) => Room.WritePair(plane, word, certain, possible);

    /// <summary>Column of a derived value, over <see cref="Rows"/>.</summary>
    public Span<long> Values(int value) => (_values[value] ??= new long[_windowWords * 64]).AsSpan(0, Rows);

    /// <summary>Column of a derived value that needs exact arithmetic beyond 64 bits.</summary>
    public Span<Int128> WideValues(int value) => (_wideValues[value] ??= new Int128[_windowWords * 64]).AsSpan(0, Rows);

    /// <summary>Copies a fact into the column of a value, one number a row as <see cref="Fact"/> says.</summary>
    public void Load(int fact, int value) => _kernels.Widen(Column(fact), Values(value));

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
        _kernels.Spread(_planes.AsSpan(firstPlane * BlockWords), BlockStride, statuses, _outcomes[norm].AsSpan(_firstRow, Rows));

    /// <summary>Outcomes of a norm over the whole batch.</summary>
    internal Span<byte> Outcomes(int norm) => _outcomes[norm].AsSpan(0, _batch.Count);

    /// <summary>A date of a deadline over the whole batch, as <see cref="Fact"/> says.</summary>
    /// <param name="value">One of the values that a <see cref="DeadlineSchema"/> names.</param>
    internal ReadOnlySpan<long> Dues(int value) => _dues[Array.IndexOf(_dueValues, value)].AsSpan(0, _batch.Count);

    /// <summary>The truth of a category in a row of the batch.</summary>
    internal Truth CategoryOf(int category, int row)
    {
        var words = _categories[category];
        return Truth(words[row >> 6 << 1], words[(row >> 6 << 1) + 1], row);
    }

    /// <summary>Computes a batch; allocates only where it is larger than those before.</summary>
    internal void Classify(RuleProgram program, ColumnBatch batch)
    {
        _batch = batch;
        MakeRoom(batch.Capacity);
        for (var first = 0; first < batch.Words; first += _windowWords)
        {
            Open(first);
            program.Classify(this);
            KeepCategories(first);
            KeepDues();
        }
    }

    /// <summary>Turns to the window that begins at a word of the batch.</summary>
    internal void Open(int firstWord)
    {
        _firstRow = firstWord * 64;
        Words = Math.Min(_windowWords, _batch.Words - firstWord);
    }

    private void MakeRoom(int capacity)
    {
        for (var norm = 0; norm < _outcomes.Length && _outcomes[norm].Length < capacity; norm++)
        {
            _outcomes[norm] = new byte[capacity];
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
        var width = tests.Fact < 0 ? ColumnWidth.Long : ColumnWidths.Of(_manifest.Facts[tests.Fact]);
        var cells = tests.Fact < 0 ? 0 : Math.Max(2, _manifest.Facts[tests.Fact].Members.Length) + 2;
        return _kernels.CreateTester(tests, width, cells, Tables);
    }
}
