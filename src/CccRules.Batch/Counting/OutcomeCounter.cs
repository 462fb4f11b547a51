using System.Numerics;
using System.Runtime.Intrinsics;

namespace CccRules.Batch.Counting;

/// <summary>
/// Counts the outcomes of a norm. A batch has few: 64 rows are compared with each that was met before, so that no branch hangs on what they are.
/// </summary>
internal static class OutcomeCounter
{
    private const int MostMet = 16;

    /// <param name="outcomes">One a row.</param>
    /// <param name="counts">By outcome: what its rows are added to.</param>
    /// <param name="bits">By outcome: bits that go into each of its rows.</param>
    /// <param name="rowBits">Bits of the rows, as many as outcomes.</param>
    public static void Count(ReadOnlySpan<byte> outcomes, Span<long> counts, ReadOnlySpan<byte> bits, Span<byte> rowBits)
    {
        Span<byte> met = stackalloc byte[MostMet];
        var metCount = 0;
        var row = 0;
        for (; row + Vector512<byte>.Count <= outcomes.Length; row += Vector512<byte>.Count)
        {
            var part = Vector512.Create(outcomes[row..]);
            var found = Vector512<byte>.Zero;
            var rest = ulong.MaxValue;
            foreach (var outcome in met[..metCount])
            {
                rest &= ~Count(part, outcome, counts, bits, ref found);
            }

            while (rest != 0)
            {
                var outcome = outcomes[row + BitOperations.TrailingZeroCount(rest)];
                rest &= ~Count(part, outcome, counts, bits, ref found);
                if (metCount < MostMet)
                {
                    met[metCount++] = outcome;
                }
            }

            (Vector512.Create<byte>(rowBits[row..]) | found).CopyTo(rowBits[row..]);
        }

        for (; row < outcomes.Length; row++)
        {
            counts[outcomes[row]]++;
            rowBits[row] |= bits[outcomes[row]];
        }
    }

    /// <summary>Counts one outcome.</summary>
    /// <returns>Where it is.</returns>
    private static ulong Count(Vector512<byte> part, byte outcome, Span<long> counts, ReadOnlySpan<byte> bits, ref Vector512<byte> found)
    {
        var isSame = Vector512.Equals(part, Vector512.Create(outcome));
        var same = isSame.ExtractMostSignificantBits();
        counts[outcome] += BitOperations.PopCount(same);
        found |= isSame & Vector512.Create(bits[outcome]);
        return same;
    }
}
