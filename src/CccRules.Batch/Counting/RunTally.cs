using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sources;
using CccRules.Runtime.Programs;

namespace CccRules.Batch.Counting;

/// <summary>Counts what passes the end of a run, batch by batch.</summary>
internal sealed class RunTally
{
    private readonly RecordLayout _layout;
    private readonly BatchCounts _counts;
    private readonly SortedDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private TimeSpan _before;

    /// <param name="layout">The layout of the run.</param>
    /// <param name="from">What was counted before, where a run is continued.</param>
    public RunTally(RecordLayout layout, BatchSummary? from = null)
    {
        _layout = layout;
        _counts = new BatchCounts(layout, capacity: 0);
        if (from is not null)
        {
            Restore(from);
        }
    }

    public long Rejected { get; private set; }

    public long OfOtherShards { get; private set; }

    public long Rows => _counts.Classified + Rejected + OfOtherShards;

    /// <summary>Rows that fell to this run.</summary>
    public long RowsTaken => _counts.Classified + Rejected;

    public void Add(ClassifiedBatch batch)
    {
        _counts.Add(batch.Counts);
        Rejected += batch.Records.Rejected.Count;
        OfOtherShards += batch.Records.OfOtherShards;
        foreach (var row in batch.Records.Rejected)
        {
            foreach (var fault in row.Faults)
            {
                _faults[fault.Code] = _faults.GetValueOrDefault(fault.Code) + 1;
            }
        }
    }

    /// <param name="position">The place after the last record that was counted.</param>
    /// <param name="elapsed">Time that this run took so far.</param>
    /// <exception cref="InvalidOperationException">A row was lost or counted twice: a fault of this program.</exception>
    public BatchSummary Summarize(SourcePosition position, TimeSpan elapsed)
    {
        if (position.Rows != Rows)
        {
            throw new InvalidOperationException(
                $"Rows do not add up: {position.Rows} read, {_counts.Classified} classified, {Rejected} rejected, {OfOtherShards} of other shards.");
        }

        return new BatchSummary
        {
            RowsRead = position.Rows,
            Classified = _counts.Classified,
            Rejected = Rejected,
            OfOtherShards = OfOtherShards,
            BlankLines = position.BlankLines,
            GuardedCells = _counts.GuardedCells,
            ReadInPart = _counts.ReadInPart,
            Norms = [.. _layout.Norms.Select(norm => new NormCounts(norm, Counts(norm.Index)) { Searching = Stopwatch.GetElapsedTime(0, _counts.SearchTicks[norm.Index]) })],
            Titles = _layout.Manifest.Facts.Where(fact => _counts.Missing[fact.Index] != 0 && fact.Title.Length > 0)
                .ToImmutableSortedDictionary(fact => fact.Name, fact => fact.Title, StringComparer.Ordinal),
            Evaluating = Stopwatch.GetElapsedTime(0, _counts.EvaluationTicks),
            Faults = _faults.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Missing = Facts(_counts.Missing),
            AskFirst = Facts(_counts.AskFirst),
            Chapters = Enumerable.Range(0, _counts.Chapters.Length)
                .Where(chapter => _counts.Chapters[chapter].Rows != 0)
                .ToImmutableSortedDictionary(chapter => chapter.ToString("00", CultureInfo.InvariantCulture), chapter => _counts.Chapters[chapter], StringComparer.Ordinal),
            Months = _counts.Months.ToImmutableSortedDictionary(month => NameOf(month.Key), month => month.Value, StringComparer.Ordinal),
            MonthOf = _layout.MonthFact < 0 ? null : _layout.Manifest.Facts[_layout.MonthFact].Name,
            Elapsed = _before + elapsed,
        };
    }

    private void Restore(BatchSummary from)
    {
        _before = from.Elapsed;
        _counts.Classified = from.Classified;
        _counts.GuardedCells = from.GuardedCells;
        _counts.ReadInPart = from.ReadInPart;
        Rejected = from.Rejected;
        OfOtherShards = from.OfOtherShards;
        _counts.EvaluationTicks = TicksOf(from.Evaluating);
        foreach (var norm in from.Norms)
        {
            _counts.SearchTicks[norm.Norm.Index] = TicksOf(norm.Searching);
            foreach (var (outcome, count) in norm.Counts)
            {
                _counts.Outcomes[(norm.Norm.Index * 256) + (int)outcome] = count;
            }
        }

        foreach (var (code, count) in from.Faults)
        {
            _faults[code] = count;
        }

        foreach (var fact in _layout.Manifest.Facts)
        {
            _counts.Missing[fact.Index] = from.Missing.GetValueOrDefault(fact.Name);
            _counts.AskFirst[fact.Index] = from.AskFirst.GetValueOrDefault(fact.Name);
        }

        foreach (var (chapter, counts) in from.Chapters)
        {
            _counts.Chapters[int.Parse(chapter, CultureInfo.InvariantCulture)] = counts;
        }

        foreach (var (month, counts) in from.Months)
        {
            _counts.Months[NumberOf(month)] = counts;
        }
    }

    private ImmutableSortedDictionary<Outcome, long> Counts(int norm) => Enumerable.Range(0, 256)
        .Where(outcome => _counts.Outcomes[(norm * 256) + outcome] != 0)
        .ToImmutableSortedDictionary(outcome => (Outcome)outcome, outcome => _counts.Outcomes[(norm * 256) + outcome]);

    private ImmutableSortedDictionary<string, long> Facts(long[] counts) => _layout.Manifest.Facts
        .Where(fact => counts[fact.Index] != 0)
        .ToImmutableSortedDictionary(fact => fact.Name, fact => counts[fact.Index], StringComparer.Ordinal);

    private static long TicksOf(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private static string NameOf(int month) => string.Create(CultureInfo.InvariantCulture, $"{(month / 12) + 1:0000}-{(month % 12) + 1:00}");

    private static int NumberOf(string month) =>
        ((int.Parse(month.AsSpan(0, 4), CultureInfo.InvariantCulture) - 1) * 12) + int.Parse(month.AsSpan(5, 2), CultureInfo.InvariantCulture) - 1;
}
