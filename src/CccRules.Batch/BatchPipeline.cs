using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sources;

namespace CccRules.Batch;

/// <summary>
/// A run on several threads: some read and classify, one writes. Who reads a batch, one after the other, also classifies it, so that
/// its bytes stay in the cache of one core; for the same reason each thread has batches of its own. A fixed number of them goes round, which
/// bounds memory and every queue; the writer puts them back into the order of the data.
/// </summary>
internal sealed class BatchPipeline(BatchOptions options, Func<ClassifiedBatch> newBatch, Func<IBatchEvaluator> evaluators)
{
    /// <summary>Time that stages have to notice that they are stopped; a source that waits for a pipe never does.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    /// <summary>Batches of a thread: one that it classifies, one that is written, and one that waits for others before it.</summary>
    private const int BatchesOfThread = 3;

    public void Run(IRecordSource source, IRecordSink sink, RunWriter writer, CancellationToken cancellation)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var classified = Channel.CreateBounded<Work>(BatchesOfThread * options.Threads);
        var first = writer.Batches;
        var reading = new ReadingTurn(source, first, writer.RecordsKept);
        var working = Enumerable.Range(0, options.Threads)
            .Select(_ => Start(() => WorkAsync(reading, classified.Writer, sink, stop.Token), stop))
            .ToArray();
        Task[] all =
        [
            .. working,
            Start(() => FinishAsync(working, classified.Writer), stop),
            Start(() => WriteAsync(classified.Reader, first, writer, stop.Token), stop),
        ];
        Wait(all, cancellation);
    }

    private async Task WorkAsync(
        ReadingTurn reading, ChannelWriter<Work> classified, IRecordSink sink, CancellationToken stop)
    {
        var evaluator = evaluators();
        var free = Channel.CreateBounded<ClassifiedBatch>(BatchesOfThread);
        for (var i = 0; i < BatchesOfThread; i++)
        {
            free.Writer.TryWrite(newBatch());
        }

        while (true)
        {
            // The batch comes before the turn: who holds the lowest number never waits for another.
            var batch = await free.Reader.ReadAsync(stop).ConfigureAwait(false);
            if (!await reading.ReadAsync(batch, stop).ConfigureAwait(false))
            {
                return;
            }

            batch.Classify(evaluator, options);
            BatchClassifier.Prepare(batch, sink);
            await classified.WriteAsync(new Work(batch, free.Writer), stop).ConfigureAwait(false);
        }
    }

    private static async Task FinishAsync(Task[] working, ChannelWriter<Work> classified)
    {
        await Task.WhenAll(working).ConfigureAwait(false);
        classified.Complete();
    }

    private static async Task WriteAsync(
        ChannelReader<Work> classified, long first, RunWriter writer, CancellationToken stop)
    {
        var waiting = new Dictionary<long, Work>();
        var next = first;
        await foreach (var arrived in classified.ReadAllAsync(stop).ConfigureAwait(false))
        {
            waiting.Add(arrived.Batch.Number, arrived);
            while (waiting.Remove(next, out var work))
            {
                stop.ThrowIfCancellationRequested();
                writer.Write(work.Batch);
                next++;
                await work.Owner.WriteAsync(work.Batch, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Runs a stage; its failure stops the others.</summary>
    private static Task Start(Func<Task> stage, CancellationTokenSource stop) => Task.Run(async () =>
    {
        try
        {
            await stage().ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    });

    /// <summary>Waits for every stage, then reports what failed first and not what was stopped because of it.</summary>
    private static void Wait(Task[] all, CancellationToken cancellation)
    {
        var writing = all[^1];
        try
        {
            Task.WaitAll(all, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The one who writes ends with its batch; nobody else holds anything that must be kept.
            ((IAsyncResult)writing).AsyncWaitHandle.WaitOne();
            Task.WhenAny(Task.WhenAll(all), Task.Delay(Grace, CancellationToken.None)).Wait(CancellationToken.None);
            ThrowFailureOf(writing);
            throw;
        }
        catch (AggregateException e)
        {
            cancellation.ThrowIfCancellationRequested();
            ThrowFirst(e);
        }
    }

    private static void ThrowFailureOf(Task writing)
    {
        if (writing.Exception is { } failure && failure.Flatten().InnerExceptions.Any(inner => inner is not OperationCanceledException))
        {
            ThrowFirst(failure);
        }
    }

    private static void ThrowFirst(AggregateException e) =>
        ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) ?? e);

    /// <summary>A batch on its way, and where it goes back to.</summary>
    private readonly record struct Work(ClassifiedBatch Batch, ChannelWriter<ClassifiedBatch> Owner);

    /// <summary>Lets one after the other read from the source: who holds the only token.</summary>
    private sealed class ReadingTurn
    {
        private readonly IRecordSource _source;
        private readonly long _kept;
        private readonly Channel<long> _next = Channel.CreateBounded<long>(1);
        private bool _isAtEnd;

        /// <param name="first">Number of the first batch.</param>
        /// <param name="kept">Records behind which a batch ends.</param>
        public ReadingTurn(IRecordSource source, long first, long kept)
        {
            _source = source;
            _kept = kept;
            _next.Writer.TryWrite(first);
        }

        /// <summary>Reads the next batch and numbers it.</summary>
        /// <returns>Whether there was something to read.</returns>
        public async ValueTask<bool> ReadAsync(ClassifiedBatch batch, CancellationToken stop)
        {
            // Where reading fails the token is not handed on: nobody reads behind the gap, and all are stopped.
            batch.Number = await _next.Reader.ReadAsync(stop).ConfigureAwait(false);
            var isRead = !_isAtEnd && BatchClassifier.Read(_source, batch, _kept);
            _isAtEnd = !isRead;

            // What is shared belongs to the next one from here on.
            await _next.Writer.WriteAsync(batch.Number + 1, stop).ConfigureAwait(false);
            return isRead;
        }
    }
}
