using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Counting;

/// <summary>The counts of a run as they are written down: with names and words instead of positions and bits.</summary>
public sealed record CountsDocument
{
    public required long RowsRead { get; init; }

    public required long Classified { get; init; }

    public required long Rejected { get; init; }

    public required long OfOtherShards { get; init; }

    public required long BlankLines { get; init; }

    public required long GuardedCells { get; init; }

    /// <summary>Rows that a lazy run read in part.</summary>
    public long ReadInPart { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Seconds that evaluating all norms together took, over all threads.</summary>
    public double EvaluationSeconds { get; init; }

    /// <summary>Norms in the ruleset's order.</summary>
    public required ImmutableArray<NormDocument> Norms { get; init; }

    /// <summary>Rows that were rejected, by code.</summary>
    public required ImmutableSortedDictionary<string, long> Rejects { get; init; }

    /// <summary>Rows in which a fact is missing that would help.</summary>
    public required ImmutableSortedDictionary<string, long> Missing { get; init; }

    /// <summary>Rows by the one fact to ask for first.</summary>
    public ImmutableSortedDictionary<string, long> AskFirst { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Titles of the facts that are missing.</summary>
    public ImmutableSortedDictionary<string, string> Titles { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public required ImmutableSortedDictionary<string, GroupCounts> Chapters { get; init; }

    public string? MonthOf { get; init; }

    public required ImmutableSortedDictionary<string, GroupCounts> Months { get; init; }

    public static CountsDocument Of(BatchSummary summary) => new()
    {
        RowsRead = summary.RowsRead,
        Classified = summary.Classified,
        Rejected = summary.Rejected,
        OfOtherShards = summary.OfOtherShards,
        BlankLines = summary.BlankLines,
        GuardedCells = summary.GuardedCells,
        ReadInPart = summary.ReadInPart,
        Seconds = Math.Round(summary.Elapsed.TotalSeconds, 3),
        EvaluationSeconds = Math.Round(summary.Evaluating.TotalSeconds, 6),
        Norms = [.. summary.Norms.Select(NormDocument.Of)],
        Rejects = summary.Faults,
        Missing = summary.Missing,
        AskFirst = summary.AskFirst,
        Titles = summary.Titles,
        Chapters = summary.Chapters,
        MonthOf = summary.MonthOf,
        Months = summary.Months,
    };

    /// <summary>What a fact is called for people.</summary>
    internal string TitleOf(string fact) => Titles.TryGetValue(fact, out var title) && title != fact ? $"{title} ({fact})" : fact;

    /// <summary>The counts by a ruleset's norms; what the ruleset does not have is left out.</summary>
    public BatchSummary ToSummary(RulesetManifest manifest) => new()
    {
        RowsRead = RowsRead,
        Classified = Classified,
        Rejected = Rejected,
        OfOtherShards = OfOtherShards,
        BlankLines = BlankLines,
        GuardedCells = GuardedCells,
        ReadInPart = ReadInPart,
        Elapsed = TimeSpan.FromSeconds(Seconds),
        Evaluating = TimeSpan.FromSeconds(EvaluationSeconds),
        Norms = [.. manifest.Norms.Select(norm => Norms.FirstOrDefault(counts => counts.Norm == norm.QualifiedName)?.ToCounts(norm)
            ?? new NormCounts(norm, ImmutableSortedDictionary<Outcome, long>.Empty))],
        Faults = Rejects.WithComparers(StringComparer.Ordinal),
        Missing = Missing.WithComparers(StringComparer.Ordinal),
        AskFirst = AskFirst.WithComparers(StringComparer.Ordinal),
        Titles = Titles.WithComparers(StringComparer.Ordinal),
        Chapters = Chapters.WithComparers(StringComparer.Ordinal),
        MonthOf = MonthOf,
        Months = Months.WithComparers(StringComparer.Ordinal),
    };

    /// <summary>The counts of two parts of one run over the same rules.</summary>
    public CountsDocument Plus(CountsDocument other) => this with
    {
        RowsRead = RowsRead + other.RowsRead,
        Classified = Classified + other.Classified,
        Rejected = Rejected + other.Rejected,
        OfOtherShards = OfOtherShards + other.OfOtherShards,
        BlankLines = BlankLines + other.BlankLines,
        GuardedCells = GuardedCells + other.GuardedCells,
        ReadInPart = ReadInPart + other.ReadInPart,
        Seconds = Seconds + other.Seconds,
        EvaluationSeconds = EvaluationSeconds + other.EvaluationSeconds,
        Norms =
        [
            .. Norms.Zip(other.Norms, (one, two) => one with
            {
                Outcomes = Sum(one.Outcomes, two.Outcomes, (a, b) => a + b),
                SearchSeconds = one.SearchSeconds + two.SearchSeconds,
            }),
        ],
        Rejects = Sum(Rejects, other.Rejects, (a, b) => a + b),
        Missing = Sum(Missing, other.Missing, (a, b) => a + b),
        AskFirst = Sum(AskFirst, other.AskFirst, (a, b) => a + b),
        Titles = Sum(Titles, other.Titles, (a, _) => a),
        Chapters = Sum(Chapters, other.Chapters, GroupCounts.Add),
        Months = Sum(Months, other.Months, GroupCounts.Add),
    };

    private static ImmutableSortedDictionary<string, T> Sum<T>(
        ImmutableSortedDictionary<string, T> one, ImmutableSortedDictionary<string, T> other, Func<T, T, T> add)
    {
        var sum = one.WithComparers(StringComparer.Ordinal).ToBuilder();
        foreach (var (key, value) in other)
        {
            sum[key] = sum.TryGetValue(key, out var before) ? add(before, value) : value;
        }

        return sum.ToImmutable();
    }
}

/// <summary>The outcomes of a norm.</summary>
/// <param name="Norm">Its qualified name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">Its title.</param>
/// <param name="Outcomes">Rows by outcome in words, such as <c>not_in_force or breached</c>.</param>
public sealed record NormDocument(
    string Norm,
    [property: JsonConverter(typeof(JsonStringEnumConverter<NormKind>))] NormKind Kind,
    string Title,
    ImmutableSortedDictionary<string, long> Outcomes)
{
    /// <summary>Seconds that finding out took which facts its open outcomes hang on, over all threads.</summary>
    public double SearchSeconds { get; init; }

    public static NormDocument Of(NormCounts counts) => new(
        counts.Norm.QualifiedName,
        counts.Norm.Kind,
        counts.Norm.Title,
        counts.Counts.ToImmutableSortedDictionary(count => count.Key.Name(counts.Norm.Kind), count => count.Value, StringComparer.Ordinal))
    {
        SearchSeconds = Math.Round(counts.Searching.TotalSeconds, 6),
    };

    internal NormCounts ToCounts(NormSchema norm)
    {
        var byName = Enumerable.Range(0, 128).ToDictionary(bits => ((Outcome)bits).Name(norm.Kind), bits => (Outcome)bits, StringComparer.Ordinal);
        var counts = Outcomes.Where(count => byName.ContainsKey(count.Key)).ToImmutableSortedDictionary(count => byName[count.Key], count => count.Value);
        return new NormCounts(norm, counts) { Searching = TimeSpan.FromSeconds(SearchSeconds) };
    }
}
