using System.Numerics;
using System.Runtime.Intrinsics;

namespace CccRules.Batch.Counting;

/// <summary>Counts the outcomes of a norm. Neighbouring rows mostly share a few outcomes, so each of them is counted once for 32 rows.</summary>
internal static class OutcomeCounter
{
    /// <param name="outcomes">One a row.</param>
    /// <param name="counts">By outcome: what its rows are added to.</param>
    /// <param name="bits">By outcome: bits that go into each of its rows.</param>
    /// <param name="rowBits">Bits of the rows, as many as outcomes.</param>
    public static void Count(ReadOnlySpan<byte> outcomes, Span<long> counts, ReadOnlySpan<byte> bits, Span<byte> rowBits)
    {
        var row = 0;
        for (; row + Vector256<byte>.Count <= outcomes.Length; row += Vector256<byte>.Count)
        {
            var part = Vector256.Create(outcomes[row..]);
            var found = Vector256<byte>.Zero;
            for (var rest = uint.MaxValue; rest != 0;)
            {
                var outcome = outcomes[row + BitOperations.TrailingZeroCount(rest)];
                var isSame = Vector256.Equals(part, Vector256.Create(outcome));
                var same = isSame.ExtractMostSignificantBits();
                counts[outcome] += BitOperations.PopCount(same);
                found |= isSame & Vector256.Create(bits[outcome]);
                rest &= ~same;
            }

            (Vector256.Create<byte>(rowBits[row..]) | found).CopyTo(rowBits[row..]);
        }

        for (; row < outcomes.Length; row++)
        {
            counts[outcomes[row]]++;
            rowBits[row] |= bits[outcomes[row]];
        }
    }
}
