using System.Runtime.CompilerServices;
using CccRules.Runtime;
using CccRules.Runtime.Programs;

namespace CccRules.Tests.Records;

public sealed class RecordStreamTests
{
    private static readonly DateOnly AsOf = new(2027, 6, 1);
    private static readonly Ruleset Rules = PowerBankRules.Load();

    [Fact]
    public async Task A_stream_gives_every_record_its_outcome_in_order()
    {
        const int records = 10_000;
        var evaluator = Rules.Bind<Product>();
        var label = Rules.Norm("label");
        var seen = 0;
        await foreach (var batch in evaluator.ClassifyAsync(Products(records), AsOf))
        {
            for (var i = 0; i < batch.Count; i++, seen++)
            {
                Assert.Equal(seen, batch[i].Quantity);
                var isFaulty = seen % 1000 == 999;
                Assert.Equal(seen > 10, batch.Outcome(i, label) == Outcome.Required);
                Assert.Equal(isFaulty ? ["Origin"] : [], batch.Faults(i).Select(fault => fault.Name));
                if (seen % 500 == 0)
                {
                    Assert.Equal(batch.Outcome(i, label), batch.Of(i)["label"]);
                }
            }
        }

        Assert.Equal(records, seen);
    }

    [Fact]
    public async Task A_source_that_waits_holds_nothing_back()
    {
        var gate = new TaskCompletionSource();
        var batches = Rules.Bind<Product>().ClassifyAsync(Waiting(gate.Task), AsOf).GetAsyncEnumerator();
        Assert.True(await batches.MoveNextAsync());
        Assert.Equal(3, batches.Current.Count);
        gate.SetResult();
        Assert.True(await batches.MoveNextAsync());
        Assert.Equal(1, batches.Current.Count);
        Assert.False(await batches.MoveNextAsync());
        await batches.DisposeAsync();
    }

    [Fact]
    public async Task Leaving_early_stops_a_source_that_waits()
    {
        var gate = new TaskCompletionSource();
        await foreach (var batch in Rules.Bind<Product>().ClassifyAsync(Waiting(gate.Task), AsOf))
        {
            Assert.Equal(3, batch.Count);
            break;
        }
    }

    [Fact]
    public async Task Cancelling_ends_the_stream()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in Rules.Bind<Product>().ClassifyAsync(Products(1_000_000), AsOf, stop.Token))
            {
                Assert.NotEqual(0, batch.Count);
                await stop.CancelAsync();
            }
        });
    }

    private static async IAsyncEnumerable<Product> Products(int count)
    {
        await Task.CompletedTask;
        for (var i = 0; i < count; i++)
        {
            yield return new Product { Quantity = i, Origin = i % 1000 == 999 ? "X" : "FR", Brand = i % 2 == 0 ? "a" : "b", Model = "c" };
        }
    }

    private static async IAsyncEnumerable<Product> Waiting(Task gate, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var i = 0; i < 3; i++)
        {
            yield return new Product();
        }

        await gate.WaitAsync(cancellation);
        yield return new Product();
    }
}
