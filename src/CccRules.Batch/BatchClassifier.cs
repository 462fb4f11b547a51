using System.Diagnostics;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sources;

namespace CccRules.Batch;

/// <summary>
/// Runs a ruleset over a source: batches of records in, answers and refused rows out, in the order of the data. The output does not
/// depend on the number of threads.
/// </summary>
public sealed class BatchClassifier
{
    private readonly RecordLayout _layout;
    private readonly Func<IBatchEvaluator> _evaluators;
    private readonly BatchOptions _options;

    /// <param name="layout">How the source's columns become facts.</param>
    /// <param name="evaluators">Makes an evaluator of the layout's ruleset; called once a thread, on any thread.</param>
    /// <param name="options">The options that the layout was made with.</param>
    public BatchClassifier(RecordLayout layout, Func<IBatchEvaluator> evaluators, BatchOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchRows, 1);
        _layout = layout;
        _evaluators = evaluators;
        _options = options;
    }

    /// <summary>Reads, classifies and writes everything, then completes the rejects and the sink, in this order.</summary>
    /// <param name="source">The source that the layout was made for, nothing read from it yet.</param>
    /// <param name="sink">Where answers go.</param>
    /// <param name="rejects">Where refused rows go; null counts them only.</param>
    /// <param name="cancellation">Stops the run between batches; nothing is completed.</param>
    /// <exception cref="IOException">Reading or writing failed; nothing is completed.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public BatchSummary Run(IRecordSource source, IRecordSink sink, IRejectSink? rejects, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var tally = new RunTally(_layout.Manifest);
        sink.Start();
        if (_options.Threads == 1)
        {
            RunAlone(source, sink, rejects, tally, cancellation);
        }
        else
        {
            new BatchPipeline(_options.Threads, NewBatch, _evaluators, _options.ListMissing)
                .Run(source, sink, batch => Write(batch, sink, rejects, tally), cancellation);
        }

        var summary = tally.Close(source, clock.Elapsed);
        rejects?.Complete();
        sink.Complete();
        return summary;
    }

    private void RunAlone(IRecordSource source, IRecordSink sink, IRejectSink? rejects, RunTally tally, CancellationToken cancellation)
    {
        var batch = NewBatch();
        var evaluator = _evaluators();
        while (Read(source, batch))
        {
            cancellation.ThrowIfCancellationRequested();
            batch.Classify(evaluator, _options.ListMissing);
            Prepare(batch, sink);
            Write(batch, sink, rejects, tally);
            batch.Number++;
        }
    }

    private ClassifiedBatch NewBatch() => new(new RecordBatch(_layout, _options.BatchRows) { MayDefer = _options.Threads > 1 });

    internal static bool Read(IRecordSource source, ClassifiedBatch batch)
    {
        batch.Records.Clear();
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

    private static void Write(ClassifiedBatch batch, IRecordSink sink, IRejectSink? rejects, RunTally tally)
    {
        tally.Add(batch);
        sink.Write(batch);
        rejects?.Write(batch.Records.Rejected);
    }
}
