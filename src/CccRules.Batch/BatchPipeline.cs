using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sources;

namespace CccRules.Batch;

/// <summary>
/// A run on several threads: some read and classify, one writes. Who reads a batch, one after the other, also classifies it, so that
/// its bytes stay in the cache of one core. A fixed number of batches goes round, which bounds memory and every queue; the writer puts them
/// back into the order of the data.
/// </summary>
internal sealed class BatchPipeline(BatchOptions options, Func<ClassifiedBatch> newBatch, Func<IBatchEvaluator> evaluators)
{
    /// <summary>Time that stages have to notice that they are stopped; a source that waits for a pipe never does.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    private readonly int _batches = (2 * options.Threads) + 2;

    public void Run(IRecordSource source, IRecordSink sink, RunWriter writer, CancellationToken cancellation)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var free = Channel.CreateBounded<ClassifiedBatch>(_batches);
        var classified = Channel.CreateBounded<ClassifiedBatch>(_batches);
        for (var i = 0; i < _batches; i++)
        {
            free.Writer.TryWrite(newBatch());
        }

        var first = writer.Batches;
        var reading = new ReadingTurn(source, first);
        var working = Enumerable.Range(0, options.Threads)
            .Select(_ => Start(() => WorkAsync(reading, free.Reader, classified.Writer, sink, stop.Token), stop))
            .ToArray();
        Task[] all =
        [
            .. working,
            Start(() => FinishAsync(working, classified.Writer), stop),
            Start(() => WriteAsync(classified.Reader, first, free.Writer, writer, stop.Token), stop),
        ];
        Wait(all, cancellation);
    }

    private async Task WorkAsync(
        ReadingTurn reading, ChannelReader<ClassifiedBatch> free, ChannelWriter<ClassifiedBatch> classified, IRecordSink sink, CancellationToken stop)
    {
        var evaluator = evaluators();
        while (true)
        {
            // The batch comes before the turn: who holds the lowest number never waits for another.
            var batch = await free.ReadAsync(stop).ConfigureAwait(false);
            if (!await reading.ReadAsync(batch, stop).ConfigureAwait(false))
            {
                return;
            }

            batch.Classify(evaluator, options);
            BatchClassifier.Prepare(batch, sink);
            await classified.WriteAsync(batch, stop).ConfigureAwait(false);
        }
    }

    private static async Task FinishAsync(Task[] working, ChannelWriter<ClassifiedBatch> classified)
    {
        await Task.WhenAll(working).ConfigureAwait(false);
        classified.Complete();
    }

    private static async Task WriteAsync(
        ChannelReader<ClassifiedBatch> classified, long first, ChannelWriter<ClassifiedBatch> free, RunWriter writer, CancellationToken stop)
    {
        var waiting = new Dictionary<long, ClassifiedBatch>();
        var next = first;
        await foreach (var arrived in classified.ReadAllAsync(stop).ConfigureAwait(false))
        {
            waiting.Add(arrived.Number, arrived);
            while (waiting.Remove(next, out var batch))
            {
                stop.ThrowIfCancellationRequested();
                writer.Write(batch);
                next++;
                await free.WriteAsync(batch, stop).ConfigureAwait(false);
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

    /// <summary>Lets one after the other read from the source: who holds the only token.</summary>
    private sealed class ReadingTurn
    {
        private readonly IRecordSource _source;
        private readonly Channel<long> _next = Channel.CreateBounded<long>(1);
        private bool _isAtEnd;

        /// <param name="first">Number of the first batch.</param>
        public ReadingTurn(IRecordSource source, long first)
        {
            _source = source;
            _next.Writer.TryWrite(first);
        }

        /// <summary>Reads the next batch and numbers it.</summary>
        /// <returns>Whether there was something to read.</returns>
        public async ValueTask<bool> ReadAsync(ClassifiedBatch batch, CancellationToken stop)
        {
            // Where reading fails the token is not handed on: nobody reads behind the gap, and all are stopped.
            var number = await _next.Reader.ReadAsync(stop).ConfigureAwait(false);
            _isAtEnd = _isAtEnd || !BatchClassifier.Read(_source, batch);
            batch.Number = number;
            await _next.Writer.WriteAsync(number + 1, stop).ConfigureAwait(false);
            return !_isAtEnd;
        }
    }
}
