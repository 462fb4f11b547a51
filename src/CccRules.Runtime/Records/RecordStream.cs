using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace CccRules.Runtime.Records;

/// <summary>Cuts a stream of records into batches and classifies them.</summary>
internal static class RecordStream<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>
{
    public static async IAsyncEnumerable<ClassifiedRecords<T>> RunAsync(
        RecordBinding<T> binding,
        IAsyncEnumerable<T> records,
        DateOnly? asOf,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var batch = new ClassifiedRecords<T>(binding, asOf);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var source = records.GetAsyncEnumerator(stop.Token);
        Task<bool>? pending = null;
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                var next = source.MoveNextAsync();
                bool hasNext;
                if (next.IsCompletedSuccessfully && !batch.IsFull)
                {
                    hasNext = next.Result;
                }
                else
                {
                    pending = next.AsTask();
                    if (batch.Count > 0)
                    {
                        batch.Classify();
                        yield return batch;
                        batch.Clear();
                    }

                    hasNext = await pending.ConfigureAwait(false);
                    pending = null;
                }

                if (!hasNext)
                {
                    break;
                }

                batch.Add(source.Current ?? throw new InvalidOperationException("A record of the stream is null."));
            }
        }
        finally
        {
            await EndAsync(source, pending, stop).ConfigureAwait(false);
        }

        if (batch.Count > 0)
        {
            batch.Classify();
            yield return batch;
        }
    }

    /// <summary>A source must not be taken away while it is asked for a record: it is stopped first, and waited for.</summary>
    private static async Task EndAsync(IAsyncEnumerator<T> source, Task<bool>? pending, CancellationTokenSource stop)
    {
        if (pending is not null)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await source.DisposeAsync().ConfigureAwait(false);
    }
}
