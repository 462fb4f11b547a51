using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.Intrinsics;
using CccRules.Runtime.Programs;

namespace CccRules.Runtime.Candidates;

/// <summary>The norms that are computed in planes, row by row: which of them have an outcome to tell, a bit each.</summary>
internal sealed class PlaneRows(ImmutableArray<int> norms)
{
    private readonly int _words = (norms.Length + 63) / 64;
    private readonly ulong[] _masks = new ulong[CandidateScan.BlockRows * ((norms.Length + 63) / 64)];

    /// <summary>Looks at the outcomes of some rows of the batch: whole words, at most <see cref="CandidateScan.BlockRows"/>.</summary>
    public void Read(BatchFrame frame, int first, int rows)
    {
        Array.Clear(_masks);
        var settled = Vector512.Create((byte)Outcome.NotApplicable);
        for (var position = 0; position < norms.Length; position++)
        {
            var outcomes = frame.AllOutcomes(norms[position]).Slice(first, rows);
            var bit = 1UL << position;
            for (var row = 0; row < rows; row += 64)
            {
                // Most norms concern few records.
                for (var rest = ~Vector512.Equals(Vector512.Create<byte>(outcomes[row..]), settled).ExtractMostSignificantBits(); rest != 0; rest &= rest - 1)
                {
                    _masks[((row + BitOperations.TrailingZeroCount(rest)) * _words) + (position >> 6)] |= bit;
                }
            }
        }
    }

    /// <summary>Adds what a row has to tell.</summary>
    /// <param name="row">The row in what was read.</param>
    /// <param name="batchRow">The same row in the batch.</param>
    public void Append(BatchFrame frame, int row, int batchRow, SparseOutcomes outcomes)
    {
        outcomes.Reserve(norms.Length);
        for (var word = 0; word < _words; word++)
        {
            for (var rest = _masks[(row * _words) + word]; rest != 0; rest &= rest - 1)
            {
                var norm = norms[(64 * word) + BitOperations.TrailingZeroCount(rest)];
                outcomes.Add(norm, frame.AllOutcomes(norm)[batchRow]);
            }
        }
    }
}
