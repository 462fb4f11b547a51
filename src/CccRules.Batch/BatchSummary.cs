using System.Collections.Immutable;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Batch;

/// <summary>What a finished run did. <c>RowsRead</c> is always <c>Classified</c> plus <c>Rejected</c>.</summary>
public sealed record BatchSummary
{
    /// <summary>Records in the data.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Records that were classified and written.</summary>
    public required long Classified { get; init; }

    /// <summary>Records that were refused; each is in the rejects with its line.</summary>
    public required long Rejected { get; init; }

    /// <summary>Empty lines that were passed over; they are no records.</summary>
    public required long BlankLines { get; init; }

    /// <summary>Outcomes by norm, in the ruleset's order.</summary>
    public required ImmutableArray<NormCounts> Norms { get; init; }

    /// <summary>Faults by their code, ordered; a refused row counts once for each of its faults.</summary>
    public required ImmutableSortedDictionary<string, long> Faults { get; init; }

    /// <summary>Time from the first read to the last write.</summary>
    public required TimeSpan Elapsed { get; init; }
}

/// <summary>How often each outcome of a norm came out.</summary>
/// <param name="Norm">The norm.</param>
/// <param name="Counts">Rows by outcome; outcomes that no row has are left out; ordered by the outcome's bits.</param>
public sealed record NormCounts(NormSchema Norm, ImmutableSortedDictionary<Outcome, long> Counts)
{
    /// <summary>Rows whose outcome has more than one status.</summary>
    public long Open => Counts.Where(count => !count.Key.IsSettled()).Sum(count => count.Value);
}
