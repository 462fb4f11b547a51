using System.Buffers;
using CccRules.Runtime.Programs;

namespace CccRules.Batch;

/// <summary>A batch with its answers, and room for a sink to prepare its output in. Used again and again.</summary>
public sealed class ClassifiedBatch
{
    private readonly byte[] _outcomes;
    private readonly int[] _missingEnds;
    private readonly HashSet<int> _rowMissing = [];
    private int[] _missing = new int[1024];
    private int _missingLength;

    public ClassifiedBatch(RecordBatch records)
    {
        Records = records;
        _outcomes = new byte[records.Columns.Capacity * records.Layout.Manifest.Norms.Length];
        _missingEnds = new int[records.Columns.Capacity];
    }

    /// <summary>The rows.</summary>
    public RecordBatch Records { get; }

    /// <summary>Place of the batch in the run, from 0.</summary>
    public long Number { get; internal set; }

    /// <summary>A sink's own: what it prepared while other batches were still being classified. Empty before.</summary>
    public ArrayBufferWriter<byte> Prepared { get; } = new(256 * 1024);

    /// <summary>Outcomes of a norm, one byte a good row.</summary>
    public ReadOnlySpan<byte> Outcomes(int norm) =>
        _outcomes.AsSpan(norm * Records.Columns.Capacity, Records.Count);

    /// <summary>Facts that would settle what is open in a row, over all norms, ascending; empty where nothing is open.</summary>
    public ReadOnlySpan<int> MissingFacts(int row)
    {
        var start = row == 0 ? 0 : _missingEnds[row - 1];
        return _missing.AsSpan(start, _missingEnds[row] - start);
    }

    /// <summary>Classifies the rows and copies the answers out of the evaluator, which goes on to the next batch.</summary>
    internal void Classify(IBatchEvaluator evaluator, bool listMissing)
    {
        Records.ReadDeferred();
        var norms = Records.Layout.Manifest.Norms.Length;
        if (Records.Count != 0)
        {
            evaluator.Classify(Records.Columns);
            for (var norm = 0; norm < norms; norm++)
            {
                evaluator.Outcomes(norm)[..Records.Count].CopyTo(_outcomes.AsSpan(norm * Records.Columns.Capacity));
            }
        }

        _missingLength = 0;
        for (var row = 0; row < Records.Count; row++)
        {
            if (listMissing)
            {
                CollectMissing(evaluator, row, norms);
            }

            _missingEnds[row] = _missingLength;
        }
    }

    private void CollectMissing(IBatchEvaluator evaluator, int row, int norms)
    {
        for (var norm = 0; norm < norms; norm++)
        {
            if (!((Outcome)_outcomes[(norm * Records.Columns.Capacity) + row]).IsSettled())
            {
                evaluator.Missing(row, norm, _rowMissing);
            }
        }

        if (_rowMissing.Count == 0)
        {
            return;
        }

        if (_missingLength + _rowMissing.Count > _missing.Length)
        {
            Array.Resize(ref _missing, Math.Max(_missing.Length * 2, _missingLength + _rowMissing.Count));
        }

        _rowMissing.CopyTo(_missing, _missingLength);
        Array.Sort(_missing, _missingLength, _rowMissing.Count);
        _missingLength += _rowMissing.Count;
        _rowMissing.Clear();
    }
}
