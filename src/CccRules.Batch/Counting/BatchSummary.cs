using System.Collections.Immutable;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Counting;

/// <summary>What a run did, so far or to its end. <c>RowsRead</c> is always <c>Classified</c> plus <c>Rejected</c> plus <c>OfOtherShards</c>.</summary>
public sealed record BatchSummary
{
    /// <summary>Records in the data.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Records that were classified and written.</summary>
    public required long Classified { get; init; }

    /// <summary>Records that were refused; each is in the rejects with its line.</summary>
    public required long Rejected { get; init; }

    /// <summary>Records that were passed over because another shard takes them; 0 where the data are not shared out.</summary>
    public long OfOtherShards { get; init; }

    /// <summary>Empty lines that were passed over; they are no records.</summary>
    public required long BlankLines { get; init; }

    /// <summary>Cells that were changed for a spreadsheet, so that it does not take them for formulas.</summary>
    public long GuardedCells { get; init; }

    /// <summary>
    /// Classified records of which a lazy run read nothing but the HS code and the date that they are counted by, since no norm can concern them.
    /// </summary>
    public long ReadInPart { get; init; }

    /// <summary>Time that evaluating all norms together took, over all threads.</summary>
    public TimeSpan Evaluating { get; init; }

    /// <summary>Outcomes by norm, in the ruleset's order.</summary>
    public required ImmutableArray<NormCounts> Norms { get; init; }

    /// <summary>Faults by their code, ordered; a refused row counts once for each of its faults.</summary>
    public required ImmutableSortedDictionary<string, long> Faults { get; init; }

    /// <summary>For each fact the records in which it would have helped to settle something; facts that none missed are left out.</summary>
    public ImmutableSortedDictionary<string, long> Missing { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Records by the one fact to ask for first: that on which the most of their open norms hang.</summary>
    public ImmutableSortedDictionary<string, long> AskFirst { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Titles of the facts that are missing, where the rules have them.</summary>
    public ImmutableSortedDictionary<string, string> Titles { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Records by HS chapter (<c>85</c>); empty without a field for HS codes.</summary>
    public ImmutableSortedDictionary<string, GroupCounts> Chapters { get; init; } = ImmutableSortedDictionary<string, GroupCounts>.Empty;

    /// <summary>Records by month (<c>2026-03</c>) of <see cref="MonthOf"/>; empty without a date.</summary>
    public ImmutableSortedDictionary<string, GroupCounts> Months { get; init; } = ImmutableSortedDictionary<string, GroupCounts>.Empty;

    /// <summary>Name of the fact whose month is counted; null without one.</summary>
    public string? MonthOf { get; init; }

    /// <summary>Time from the first read to the last write, over every run that had a part in it.</summary>
    public required TimeSpan Elapsed { get; init; }
}

/// <summary>How often each outcome of a norm came out.</summary>
/// <param name="Norm">The norm.</param>
/// <param name="Counts">Rows by outcome; outcomes that no row has are left out; ordered by the outcome's bits.</param>
public sealed record NormCounts(NormSchema Norm, ImmutableSortedDictionary<Outcome, long> Counts)
{
    /// <summary>Time that finding out took which facts its open outcomes hang on, over all threads; measured on a part of the rows.</summary>
    public TimeSpan Searching { get; init; }

    /// <summary>Rows whose outcome has more than one status.</summary>
    public long Open => Counts.Where(count => !count.Key.IsSettled()).Sum(count => count.Value);
}

/// <summary>Records of a group.</summary>
/// <param name="Rows">All that were classified.</param>
/// <param name="Breached">Those that certainly breach something.</param>
/// <param name="Open">Those for which something is open.</param>
public readonly record struct GroupCounts(long Rows, long Breached, long Open)
{
    public static GroupCounts operator +(GroupCounts one, GroupCounts other) => Add(one, other);

    /// <summary>The records of both.</summary>
    public static GroupCounts Add(GroupCounts one, GroupCounts other) =>
        new(one.Rows + other.Rows, one.Breached + other.Breached, one.Open + other.Open);
}
