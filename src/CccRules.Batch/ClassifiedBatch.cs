using System.Buffers;
using System.Diagnostics;
using CccRules.Batch.Counting;
using CccRules.Batch.Output;
using CccRules.Runtime.Programs;

namespace CccRules.Batch;

/// <summary>A batch with its answers, and room for a sink to prepare its output in. Used again and again.</summary>
public sealed class ClassifiedBatch
{
    /// <summary>One row of so many is timed: asking for the time costs about as much as what it times.</summary>
    private const int RowsATiming = 16;

    private readonly byte[] _outcomes;
    private readonly int[] _missingEnds;
    private readonly int[] _normEnds;
    private readonly int _norms;
    private readonly List<int> _normMissing = [];
    private readonly HashSet<int> _rowMissing = [];
    private readonly int[] _reasonEnds;
    private int[] _missing = new int[1024];
    private int[] _missingOfNorms = new int[1024];
    private int _missingLength;
    private int _missingOfNormsLength;

    public ClassifiedBatch(RecordBatch records)
    {
        Records = records;
        _norms = records.Layout.Manifest.Norms.Length;
        _outcomes = new byte[records.Columns.Capacity * _norms];
        _missingEnds = new int[records.Columns.Capacity];
        _normEnds = new int[records.Columns.Capacity * _norms];
        _reasonEnds = new int[records.Columns.Capacity];
        Counts = new BatchCounts(records.Layout, records.Columns.Capacity);
    }

    /// <summary>The rows.</summary>
    public RecordBatch Records { get; }

    /// <summary>Place of the batch in the run, from 0.</summary>
    public long Number { get; internal set; }

    /// <summary>A sink's own: what it prepared while other batches were still being classified. Empty before.</summary>
    public ArrayBufferWriter<byte> Prepared { get; } = new(256 * 1024);

    /// <summary>Room for whoever prepares the batch.</summary>
    internal ArrayBufferWriter<byte> Scratch { get; } = new();

    internal BatchCounts Counts { get; }

    private ArrayBufferWriter<byte> Reasons { get; } = new();

    /// <summary>Outcomes of a norm, one byte a good row.</summary>
    public ReadOnlySpan<byte> Outcomes(int norm) =>
        _outcomes.AsSpan(norm * Records.Columns.Capacity, Records.Count);

    /// <summary>Facts that would settle what is open in a row, over all norms, ascending; empty where nothing is open.</summary>
    public ReadOnlySpan<int> MissingFacts(int row)
    {
        var start = row == 0 ? 0 : _missingEnds[row - 1];
        return _missing.AsSpan(start, _missingEnds[row] - start);
    }

    /// <summary>Facts that would settle what is open for a norm in a row, ascending.</summary>
    public ReadOnlySpan<int> MissingFacts(int row, int norm)
    {
        var at = (row * _norms) + norm;
        var start = at == 0 ? 0 : _normEnds[at - 1];
        return _missingOfNorms.AsSpan(start, _normEnds[at] - start);
    }

    /// <summary>The reasons of a row's outcomes as a JSON array; empty where none were asked for.</summary>
    internal ReadOnlySpan<byte> ReasonsOf(int row)
    {
        var start = row == 0 ? 0 : _reasonEnds[row - 1];
        return Reasons.WrittenSpan[start.._reasonEnds[row]];
    }

    /// <summary>
    /// Classifies the rows and copies the answers out of the evaluator, which goes on to the next batch. The options are the same for all batches
    /// of a run: where they ask for neither missing facts nor reasons, nothing was ever noted of either.
    /// </summary>
    internal void Classify(IBatchEvaluator evaluator, BatchOptions options)
    {
        Records.ReadDeferred();
        Counts.Clear();
        Reasons.ResetWrittenCount();
        if (Records.Count != 0)
        {
            var start = Stopwatch.GetTimestamp();
            evaluator.Classify(Records.Columns);
            Counts.EvaluationTicks = Stopwatch.GetTimestamp() - start;
            for (var norm = 0; norm < _norms; norm++)
            {
                evaluator.Outcomes(norm)[..Records.Count].CopyTo(_outcomes.AsSpan(norm * Records.Columns.Capacity));
            }
        }

        Counts.Count(this);
        _missingLength = 0;
        _missingOfNormsLength = 0;
        if (options.ListMissing || options.Explain)
        {
            CollectReasons(evaluator, options);
        }
    }

    private void CollectReasons(IBatchEvaluator evaluator, BatchOptions options)
    {
        for (var row = 0; row < Records.Count; row++)
        {
            if (options.ListMissing && Counts.IsOpen(row))
            {
                CollectMissing(evaluator, row);
            }
            else
            {
                _normEnds.AsSpan(row * _norms, _norms).Fill(_missingOfNormsLength);
            }

            _missingEnds[row] = _missingLength;
            if (options.Explain)
            {
                ReasonJson.Write(Reasons, this, evaluator, row);
            }

            _reasonEnds[row] = Reasons.WrittenCount;
        }
    }

    private void CollectMissing(IBatchEvaluator evaluator, int row)
    {
        for (var norm = 0; norm < _norms; norm++)
        {
            if (!((Outcome)_outcomes[(norm * Records.Columns.Capacity) + row]).IsSettled())
            {
                var begun = row % RowsATiming == 0 ? Stopwatch.GetTimestamp() : 0;
                evaluator.Missing(row, norm, _normMissing);
                Counts.SearchTicks[norm] += begun == 0 ? 0 : RowsATiming * (Stopwatch.GetTimestamp() - begun);
                _normMissing.Sort();
                Append(ref _missingOfNorms, ref _missingOfNormsLength, _normMissing);
                _rowMissing.UnionWith(_normMissing);
                _normMissing.Clear();
            }

            _normEnds[(row * _norms) + norm] = _missingOfNormsLength;
        }

        var start = _missingLength;
        Append(ref _missing, ref _missingLength, _rowMissing);
        Array.Sort(_missing, start, _rowMissing.Count);
        _rowMissing.Clear();
        foreach (var fact in _missing.AsSpan(start.._missingLength))
        {
            Counts.Missing[fact]++;
        }
    }

    private static void Append(ref int[] to, ref int length, ICollection<int> items)
    {
        if (length + items.Count > to.Length)
        {
            Array.Resize(ref to, Math.Max(to.Length * 2, length + items.Count));
        }

        items.CopyTo(to, length);
        length += items.Count;
    }
}
