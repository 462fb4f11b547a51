using CccRules.Batch.Checkpoints;
using CccRules.Batch.Counting;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sources;
using CccRules.Runtime.Columns;

namespace CccRules.Batch;

/// <summary>
/// Runs a ruleset over a source: batches of records in, answers and refused rows out, in the order of the data. The output does not
/// depend on the number of threads, nor on how often the run was stopped and resumed.
/// </summary>
public sealed class BatchClassifier
{
    /// <summary>Bytes that a batch should take with its answers and their text: several go round in a run.</summary>
    private const int BatchBytes = 4 * 1024 * 1024;

    /// <summary>What a norm takes of a row: its outcome, and the name of that in the output.</summary>
    private const int NormBytes = 16;

    /// <summary>What a cell takes of a row, as a fact or as it stood.</summary>
    private const int CellBytes = 8;

    /// <summary>Reasons are some kilobytes a row.</summary>
    private const int RowsWithReasons = 256;

    private const int RowsAtOnce = 512;

    private readonly RecordLayout _layout;
    private readonly Func<IBatchEvaluator> _evaluators;
    private readonly BatchOptions _options;
    private readonly int _batchRows;
    private readonly LazyReading? _reading;

    /// <param name="layout">How the source's columns become facts.</param>
    /// <param name="evaluators">Makes an evaluator of the layout's ruleset; called once a thread, on any thread.</param>
    /// <param name="options">The options that the layout was made with.</param>
    public BatchClassifier(RecordLayout layout, Func<IBatchEvaluator> evaluators, BatchOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        if (options.Lazy && options.Explain)
        {
            throw new ArgumentException("Reasons tell of all that a record says, so all of it must be read.", nameof(options));
        }

        _batchRows = options.BatchRows ?? SuitableRows(layout, options);
        ArgumentOutOfRangeException.ThrowIfLessThan(_batchRows, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_batchRows, BatchOptions.MostBatchRows, nameof(options));
        _layout = layout;
        _evaluators = evaluators;
        _options = options;
        _reading = options.Lazy ? new LazyReading(layout, evaluators()) : null;
    }

    /// <summary>Called by the thread that writes, after each batch.</summary>
    public Action<RunProgress>? OnProgress { get; init; }

    /// <summary>Reads, classifies and writes everything, then completes the rejects and the sink, in this order.</summary>
    /// <param name="source">The source that the layout was made for, nothing read from it yet.</param>
    /// <param name="sink">Where answers go.</param>
    /// <param name="rejects">Where refused rows go; null counts them only.</param>
    /// <param name="journal">Where checkpoints go and from where the run goes on; null keeps none, so that a run that is stopped leaves nothing.</param>
    /// <param name="cancellation">Stops the run between batches, after a checkpoint where there is a journal.</param>
    /// <exception cref="IOException">Reading or writing failed; nothing is completed.</exception>
    /// <exception cref="TooManyRejectsException">More rows were refused than the options allow; only the rejects are completed.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public BatchSummary Run(
        IRecordSource source, IRecordSink sink, IRejectSink? rejects = null, RunJournal? journal = null, CancellationToken cancellation = default)
    {
        var writer = new RunWriter(source, sink, rejects, journal, new RunTally(_layout, journal?.From?.Counts), _options.MostRejects) { OnProgress = OnProgress };
        writer.Start();
        try
        {
            if (writer.IsAtEnd)
            {
                // The run that is continued had read everything.
            }
            else if (_options.Threads == 1)
            {
                RunAlone(source, sink, writer, cancellation);
            }
            else
            {
                new BatchPipeline(_options, NewBatch, _evaluators).Run(source, sink, writer, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            writer.Stop();
            throw;
        }
        catch
        {
            writer.Fail();
            throw;
        }

        return writer.Complete();
    }

    private void RunAlone(IRecordSource source, IRecordSink sink, RunWriter writer, CancellationToken cancellation)
    {
        var batch = NewBatch();
        var evaluator = _evaluators();
        batch.Number = writer.Batches;
        while (Read(source, batch, writer.RecordsKept))
        {
            cancellation.ThrowIfCancellationRequested();
            batch.Classify(evaluator, _options);
            Prepare(batch, sink);
            writer.Write(batch);
            batch.Number++;
        }
    }

    private static int SuitableRows(RecordLayout layout, BatchOptions options)
    {
        if (options.Explain)
        {
            return RowsWithReasons;
        }

        var row = (NormBytes * layout.Norms.Length) + (CellBytes * (layout.Manifest.Facts.Length + layout.Kept.Length));
        return Math.Clamp(BatchBytes / Math.Max(1, row) / RowsAtOnce * RowsAtOnce, RowsAtOnce, ColumnBatch.DefaultCapacity);
    }

    private ClassifiedBatch NewBatch() =>
        new(new RecordBatch(_layout, _batchRows) { Shard = _options.Shard, MayDefer = _options.Threads > 1, Reading = _reading });

    /// <param name="kept">Records behind which a batch ends, where they are not read yet.</param>
    internal static bool Read(IRecordSource source, ClassifiedBatch batch, long kept)
    {
        batch.Records.Clear();
        batch.Records.Begin(source.RowsRead);
        batch.Records.EndsBehind = source.RowsRead < kept ? kept : long.MaxValue;
        if (!source.Fill(batch.Records))
        {
            return false;
        }

        batch.Records.End = source.Position;
        return true;
    }

    internal static void Prepare(ClassifiedBatch batch, IRecordSink sink)
    {
        batch.Prepared.ResetWrittenCount();
        sink.Prepare(batch);
    }
}
