using CccRules.Runtime.Columns;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Programs;

/// <summary>
/// The room in which emitted columnar code computes: for each logic node two bit planes over the rows
/// (certainly true, possibly true), for each derived value a column, for each norm a byte column of outcomes.
/// </summary>
public sealed class BatchFrame
{
    private readonly int _words;
    private readonly ulong[] _certain;
    private readonly ulong[] _possible;
    private readonly long[]?[] _values;
    private readonly Int128[]?[] _wideValues;
    private readonly byte[][] _outcomes;

    public BatchFrame(RulesetManifest manifest, ColumnBatch batch)
    {
        Batch = batch;
        _words = batch.Capacity / 64;
        _certain = new ulong[manifest.Graph.Logic.Length * _words];
        _possible = new ulong[manifest.Graph.Logic.Length * _words];
        _values = new long[manifest.Graph.Values.Length][];
        _wideValues = new Int128[manifest.Graph.Values.Length][];
        _outcomes = new byte[manifest.Norms.Length][];
        for (var i = 0; i < _outcomes.Length; i++)
        {
            _outcomes[i] = new byte[batch.Capacity];
        }
    }

    public ColumnBatch Batch { get; }

    /// <summary>Words of 64 rows to compute.</summary>
    public int Words => Batch.Words;

    /// <summary>Rows to compute: whole words.</summary>
    public int Rows => Batch.Words * 64;

    /// <summary>Bit plane of a logic node: rows where it is certainly true.</summary>
    public Span<ulong> Certain(int node) => _certain.AsSpan(node * _words, _words);

    /// <summary>Bit plane of a logic node: rows where it is possibly true.</summary>
    public Span<ulong> Possible(int node) => _possible.AsSpan(node * _words, _words);

    /// <summary>Column of a derived value, made when first asked for.</summary>
    public Span<long> Values(int value) => _values[value] ??= new long[Batch.Capacity];

    /// <summary>Column of a derived value that needs exact arithmetic beyond 64 bits.</summary>
    public Span<Int128> WideValues(int value) => _wideValues[value] ??= new Int128[Batch.Capacity];

    /// <summary>Outcome of a norm in each row: a set of statuses (<see cref="Outcome"/>).</summary>
    public Span<byte> Outcomes(int norm) => _outcomes[norm];
}
