using System.Numerics;
using System.Runtime.CompilerServices;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Kernels;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Programs;

/// <summary>
/// The room in which emitted columnar code computes: bit planes over the rows (a pair for each logic node that is kept:
/// certainly true, possibly true), a column for each derived value, a byte column of outcomes for each norm. Made once
/// for a ruleset, then used for batch after batch; not safe for concurrent use.
/// </summary>
/// <remarks>
/// Planes lie in blocks of 512 rows. In a block each plane takes eight words and all planes follow one another, so that
/// code which combines many planes walks one short stretch of memory with fixed distances in it.
/// </remarks>
public sealed class BatchFrame
{
    /// <summary>Words of a plane in a block.</summary>
    public const int BlockWords = 8;

    private readonly RulesetManifest _manifest;
    private readonly KernelSet _kernels;
    private readonly ColumnTester[] _testers;
    private readonly long[]?[] _values;
    private readonly Int128[]?[] _wideValues;
    private readonly byte[][] _outcomes;
    private ulong[] _planes = [];
    private ColumnBatch _batch;

    internal BatchFrame(RulesetManifest manifest, RuleTables tables, KernelSet kernels, ColumnBatch batch)
    {
        _manifest = manifest;
        _kernels = kernels;
        Tables = tables;
        _values = new long[manifest.Graph.Values.Length][];
        _wideValues = new Int128[manifest.Graph.Values.Length][];
        _outcomes = new byte[manifest.Norms.Length][];
        _batch = batch;
        _testers = [.. manifest.Tables.Tests.Select(CreateTester)];
        Bind(batch);
    }

    /// <summary>Sets, texts and dated parameters of the ruleset.</summary>
    public RuleTables Tables { get; }

    /// <summary>Texts of the batch's text columns.</summary>
    public TextDictionary Texts => _batch.Texts;

    /// <summary>Words of 64 rows to compute.</summary>
    public int Words => _batch.Words;

    /// <summary>Rows to compute: whole words.</summary>
    public int Rows => _batch.Words * 64;

    /// <summary>Steps of as many words as a vector holds.</summary>
    public int Steps => (_batch.Words + Vector<ulong>.Count - 1) / Vector<ulong>.Count;

    /// <summary>Words from a block to the next.</summary>
    internal int BlockStride => _manifest.Tables.PlaneCount * BlockWords;

    internal ColumnBatch Batch => _batch;

    /// <summary>The first plane at a step; plane n is eight words times n further on.</summary>
    public ref ulong At(int step)
    {
        var word = step * Vector<ulong>.Count;
        return ref _planes[(word / BlockWords * BlockStride) + (word % BlockWords)];
    }

    /// <summary>The truth of a kept logic node in a row.</summary>
    public Truth TruthOf(int plane, int row)
    {
        var word = row >> 6;
        var at = (word / BlockWords * BlockStride) + (word % BlockWords) + (plane * 2 * BlockWords);
        var bit = row & 63;
        return (Truth)(((_planes[at] >> bit) & 1) | (((_planes[at + BlockWords] >> bit) & 1) << 1));
    }

    /// <summary>Writes 64 rows of a logic node.</summary>
    public void Write(int plane, int word, ulong certain, ulong possible)
    {
        var at = (word / BlockWords * BlockStride) + (word % BlockWords) + (plane * 2 * BlockWords);
        _planes[at] = certain;
        _planes[at + BlockWords] = possible;
    }

    /// <summary>Column of a derived value, over <see cref="Rows"/>.</summary>
    public Span<long> Values(int value) => (_values[value] ??= new long[_batch.Capacity]).AsSpan(0, Rows);

    /// <summary>Column of a derived value that needs exact arithmetic beyond 64 bits.</summary>
    public Span<Int128> WideValues(int value) => (_wideValues[value] ??= new Int128[_batch.Capacity]).AsSpan(0, Rows);

    /// <summary>Outcome of a norm in each row: a set of statuses (<see cref="Outcome"/>).</summary>
    public Span<byte> Outcomes(int norm) => _outcomes[norm];

    /// <summary>Copies a fact into the column of a value, one number a row as <see cref="Fact"/> says.</summary>
    public void Load(int fact, int value) => _kernels.Widen(ColumnView.Of(_batch, fact), Values(value));

    /// <summary>Makes the tests of a column (<see cref="ProgramTables.Tests"/>).</summary>
    public void Test(int tests)
    {
        var group = _manifest.Tables.Tests[tests];
        var column = group.Fact < 0 ? new ColumnView { Longs = Values(group.Value) } : ColumnView.Of(_batch, group.Fact);
        _testers[tests].Run(column, Texts, Words, new PlaneRoom(_planes, BlockStride));
    }

    /// <summary>Compares the columns of two values.</summary>
    public void Compare(Comparison comparison, int left, int right, int plane) =>
        _kernels.Compare(comparison, Values(left), Values(right), new PlaneRoom(_planes, BlockStride).Pair(plane));

    /// <summary>
    /// Turns planes of statuses into a norm's outcome bytes. The planes of the statuses in <paramref name="statuses"/> follow one
    /// another from <paramref name="firstPlane"/>, lowest status first.
    /// </summary>
    public void Spread(int norm, int firstPlane, byte statuses) =>
        _kernels.Spread(_planes.AsSpan(firstPlane * BlockWords), BlockStride, statuses, _outcomes[norm].AsSpan(0, Rows));

    /// <summary>Takes another batch of the same facts; allocates only where it is larger than those before.</summary>
    internal void Bind(ColumnBatch batch)
    {
        var blocks = ((batch.Capacity / 64) + BlockWords - 1) / BlockWords;
        if (_planes.Length < blocks * BlockStride || _outcomes.Length == 0 || _outcomes[0] is null || _outcomes[0].Length < batch.Capacity)
        {
            _planes = new ulong[blocks * BlockStride];
            Array.Clear(_values);
            Array.Clear(_wideValues);
            for (var i = 0; i < _outcomes.Length; i++)
            {
                _outcomes[i] = new byte[batch.Capacity];
            }
        }

        _batch = batch;
    }

    private ColumnTester CreateTester(ColumnTests tests)
    {
        var width = tests.Fact < 0 ? ColumnWidth.Long : ColumnWidths.Of(_manifest.Facts[tests.Fact]);
        var cells = tests.Fact < 0 ? 0 : Math.Max(2, _manifest.Facts[tests.Fact].Members.Length) + 2;
        return _kernels.CreateTester(tests.Tests, width, cells, Tables);
    }
}

/// <summary>Reading and writing of bit planes as vectors. Called by emitted code.</summary>
public static class Planes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<ulong> Load(ref ulong step, int offset) => Vector.LoadUnsafe(ref step, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref ulong step, int offset, Vector<ulong> plane) => Vector.StoreUnsafe(plane, ref step, (nuint)offset);

    /// <summary>The bit "certainly true" of a truth, at a place.</summary>
    public static ulong Certain(Truth truth, int bit) => ((ulong)truth & 1) << bit;

    /// <summary>The bit "possibly true" of a truth, at a place.</summary>
    public static ulong Possible(Truth truth, int bit) => ((ulong)truth >> 1) << bit;
}
