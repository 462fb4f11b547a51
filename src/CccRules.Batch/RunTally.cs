using System.Collections.Immutable;
using CccRules.Batch.Sources;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Batch;

/// <summary>Counts what passes the end of a run, batch by batch.</summary>
internal sealed class RunTally(RulesetManifest manifest)
{
    private readonly long[] _outcomes = new long[manifest.Norms.Length * 256];
    private readonly SortedDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private long _classified;
    private long _rejected;

    public void Add(ClassifiedBatch batch)
    {
        _classified += batch.Records.Count;
        _rejected += batch.Records.Rejected.Count;
        for (var norm = 0; norm < manifest.Norms.Length; norm++)
        {
            var counts = _outcomes.AsSpan(norm * 256, 256);
            foreach (var outcome in batch.Outcomes(norm))
            {
                counts[outcome]++;
            }
        }

        foreach (var row in batch.Records.Rejected)
        {
            foreach (var fault in row.Faults)
            {
                _faults[fault.Code] = _faults.GetValueOrDefault(fault.Code) + 1;
            }
        }
    }

    /// <exception cref="InvalidOperationException">A row was lost or counted twice: a fault of this program.</exception>
    public BatchSummary Close(IRecordSource source, TimeSpan elapsed)
    {
        if (source.RowsRead != _classified + _rejected)
        {
            throw new InvalidOperationException(
                $"Rows do not add up: {source.RowsRead} read, {_classified} classified, {_rejected} rejected.");
        }

        return new BatchSummary
        {
            RowsRead = source.RowsRead,
            Classified = _classified,
            Rejected = _rejected,
            BlankLines = source.BlankLines,
            Norms = [.. manifest.Norms.Select((norm, index) => new NormCounts(norm, Counts(index)))],
            Faults = _faults.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Elapsed = elapsed,
        };
    }

    private ImmutableSortedDictionary<Outcome, long> Counts(int norm) => Enumerable.Range(0, 256)
        .Where(outcome => _outcomes[(norm * 256) + outcome] != 0)
        .ToImmutableSortedDictionary(outcome => (Outcome)outcome, outcome => _outcomes[(norm * 256) + outcome]);
}
