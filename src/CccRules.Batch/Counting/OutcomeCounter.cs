using System.Numerics;
using System.Runtime.Intrinsics;

namespace CccRules.Batch.Counting;

/// <summary>Counts the outcomes of a norm. Neighbouring rows mostly share a few outcomes, so each of them is counted once for 64 rows.</summary>
internal static class OutcomeCounter
{
    /// <param name="outcomes">One a row.</param>
    /// <param name="counts">By outcome: what its rows are added to.</param>
    /// <param name="bits">By outcome: bits that go into each of its rows.</param>
    /// <param name="rowBits">Bits of the rows, as many as outcomes.</param>
    public static void Count(ReadOnlySpan<byte> outcomes, Span<long> counts, ReadOnlySpan<byte> bits, Span<byte> rowBits)
    {
        var row = 0;
        for (; row + Vector512<byte>.Count <= outcomes.Length; row += Vector512<byte>.Count)
        {
            var part = Vector512.Create(outcomes[row..]);
            var found = Vector512<byte>.Zero;
            for (var rest = ulong.MaxValue; rest != 0;)
            {
                var outcome = outcomes[row + BitOperations.TrailingZeroCount(rest)];
                var isSame = Vector512.Equals(part, Vector512.Create(outcome));
                var same = isSame.ExtractMostSignificantBits();
                counts[outcome] += BitOperations.PopCount(same);
                found |= isSame & Vector512.Create(bits[outcome]);
                rest &= ~same;
            }

            (Vector512.Create<byte>(rowBits[row..]) | found).CopyTo(rowBits[row..]);
        }

        for (; row < outcomes.Length; row++)
        {
            counts[outcomes[row]]++;
            rowBits[row] |= bits[outcomes[row]];
        }
    }
}
