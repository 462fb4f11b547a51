using System.Buffers;
using System.Diagnostics;
using CccRules.Batch.Counting;
using CccRules.Batch.Output;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;

namespace CccRules.Batch;

/// <summary>A batch with its answers, and room for a sink to prepare its output in. Used again and again.</summary>
public sealed class ClassifiedBatch
{
    /// <summary>One row of so many is timed: asking for the time costs about as much as what it times.</summary>
    private const int RowsATiming = 16;

    private readonly byte[] _outcomes;
    private readonly DueDates[][] _dues;
    private readonly MissingLists _missing;
    private readonly int _norms;
    private readonly bool[] _isTold;
    private readonly int[] _reasonEnds;

    public ClassifiedBatch(RecordBatch records)
    {
        Records = records;
        _norms = records.Layout.Manifest.Norms.Length;
        _outcomes = new byte[records.Columns.Capacity * _norms];
        _isTold = new bool[_norms];
        _dues = new DueDates[_norms][];
        Array.Fill(_dues, []);
        foreach (var norm in records.Layout.Norms)
        {
            _isTold[norm.Index] = true;
            _dues[norm.Index] = norm.Deadline is null ? [] : new DueDates[records.Columns.Capacity];
        }

        _missing = new MissingLists(_norms, records.Layout.Manifest.Facts.Length, records.Columns.Capacity);
        _reasonEnds = new int[records.Columns.Capacity];
        Counts = new BatchCounts(records.Layout, records.Columns.Capacity);
    }

    /// <summary>The rows.</summary>
    public RecordBatch Records { get; }

    /// <summary>Place of the batch in the run, from 0.</summary>
    public long Number { get; internal set; }

    /// <summary>A sink's own: what it prepared while other batches were still being classified. Empty before.</summary>
    public ArrayBufferWriter<byte> Prepared { get; } = new();

    /// <summary>Room for whoever prepares the batch.</summary>
    internal ArrayBufferWriter<byte> Scratch { get; } = new();

    internal BatchCounts Counts { get; }

    private ArrayBufferWriter<byte> Reasons { get; } = new();

    /// <summary>Outcomes of a norm, one byte a good row.</summary>
    public ReadOnlySpan<byte> Outcomes(int norm) =>
        _outcomes.AsSpan(norm * Records.Columns.Capacity, Records.Count);

    /// <summary>When a deadline is due in a row; none where it cannot be due, whatever date it would have, and for other norms.</summary>
    public DueDates DueOf(int norm, int row) =>
        _dues[norm].Length != 0 && ((Outcome)Outcomes(norm)[row]).CanBeDue() ? _dues[norm][row] : new DueDates(Fact.None, Fact.None, Fact.None);

    /// <summary>Facts that would settle what is open in a row, over all norms that are told of, ascending; empty where nothing is open.</summary>
    public ReadOnlySpan<int> MissingFacts(int row) => _missing.OfRow(row);

    /// <summary>Facts that would settle what is open for a norm in a row, ascending.</summary>
    public ReadOnlySpan<int> MissingFacts(int row, int norm) => _missing.OfNorm(row, norm);

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
            evaluator.Classify(Records);
            Counts.EvaluationTicks = Stopwatch.GetTimestamp() - start;
            for (var norm = 0; norm < _norms; norm++)
            {
                CopyOutcomes(evaluator, norm);
                CopyDues(evaluator, norm);
            }

            Counts.Count(Records, evaluator);
        }

        if (options.Missing != Batch.MissingFacts.None || options.Explain)
        {
            CollectReasons(evaluator, options);
        }
    }

    private void CollectReasons(IBatchEvaluator evaluator, BatchOptions options)
    {
        _missing.Start();
        for (var row = 0; row < Records.Count; row++)
        {
            if (options.Missing != Batch.MissingFacts.None && Counts.IsOpen(row))
            {
                CollectMissing(evaluator, row, options.Missing);
            }
            else
            {
                _missing.EndSettledRow(row);
            }

            if (options.Explain)
            {
                ReasonJson.Write(Reasons, this, evaluator, row);
            }

            _reasonEnds[row] = Reasons.WrittenCount;
        }
    }

    private void CopyOutcomes(IBatchEvaluator evaluator, int norm)
    {
        var from = evaluator.Outcomes(norm);
        var to = _outcomes.AsSpan(norm * Records.Columns.Capacity, Records.Columns.Capacity);
        if (Records.Concerned is { } concerned)
        {
            concerned.Spread(from, to, Records.Count, (byte)Outcome.NotApplicable);
        }
        else
        {
            from[..Records.Count].CopyTo(to);
        }
    }

    private void CopyDues(IBatchEvaluator evaluator, int norm)
    {
        var dues = _dues[norm];
        var outcomes = Outcomes(norm);
        for (var row = 0; row < outcomes.Length && dues.Length != 0; row++)
        {
            if (((Outcome)outcomes[row]).CanBeDue())
            {
                dues[row] = evaluator.DueOf(norm, Records.PlaceOf(row));
            }
        }
    }

    private void CollectMissing(IBatchEvaluator evaluator, int row, MissingFacts which)
    {
        for (var norm = 0; norm < _norms; norm++)
        {
            if (_isTold[norm] && !((Outcome)_outcomes[(norm * Records.Columns.Capacity) + row]).IsSettled())
            {
                var begun = row % RowsATiming == 0 ? Stopwatch.GetTimestamp() : 0;
                evaluator.Missing(Records.PlaceOf(row), norm, _missing.Room);
                Counts.SearchTicks[norm] += begun == 0 ? 0 : RowsATiming * (Stopwatch.GetTimestamp() - begun);
            }

            _missing.EndNorm(norm);
        }

        _missing.EndRow(row, which == Batch.MissingFacts.First, Counts);
    }
}
