using CccRules.Batch.Counting;

namespace CccRules.Tests.Batch;

public sealed class OutcomeCounterTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(31, 3)]
    [InlineData(32, 2)]
    [InlineData(1000, 5)]
    [InlineData(77, 256)]
    public void Counts_and_bits_are_those_of_each_row(int rows, int outcomes)
    {
        var random = new Random(rows + outcomes);
        var batch = Enumerable.Range(0, rows).Select(_ => (byte)random.Next(outcomes)).ToArray();
        var bits = Enumerable.Range(0, 256).Select(outcome => (byte)(outcome % 3)).ToArray();
        var counts = new long[256];
        var rowBits = Enumerable.Repeat((byte)64, rows).ToArray();

        OutcomeCounter.Count(batch, counts, bits, rowBits);

        Assert.Equal(Enumerable.Range(0, 256).Select(outcome => batch.LongCount(found => found == outcome)), counts);
        Assert.Equal(batch.Select(outcome => (byte)(64 | bits[outcome])), rowBits);
    }
}
