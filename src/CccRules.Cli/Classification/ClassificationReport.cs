using System.Collections.Immutable;
using System.Globalization;
using CccRules.Batch;
using CccRules.Batch.Counting;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Programs;

namespace CccRules.Cli.Classification;

/// <summary>What a run did, for the one who started it.</summary>
internal sealed class ClassificationReport(BatchSummary summary, RecordLayout layout, Screen screen)
{
    /// <summary>The rejects' file as it was given; null: none was asked for.</summary>
    public required string? RejectsPath { get; init; }

    /// <summary>An evaluation date was given.</summary>
    public required bool HasDate { get; init; }

    /// <summary>The part of the records that was classified; null: all.</summary>
    public Shard? Shard { get; init; }

    public void Write()
    {
        var speed = summary.Elapsed.TotalSeconds > 0 ? summary.RowsRead / summary.Elapsed.TotalSeconds : 0;
        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{DiagnosticReport.Count(summary.RowsRead, "row")} read: {summary.Classified:N0} classified, {summary.Rejected:N0} rejected ({speed:N0} rows a second)"));
        if (Shard is not null)
        {
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.OfOtherShards:N0} of them belong to other shards than {Shard}"));
        }

        if (summary.GuardedCells > 0)
        {
            screen.WriteLine($"{DiagnosticReport.Count(summary.GuardedCells, "cell")} begin like a formula and got an apostrophe for the spreadsheet");
        }

        if (summary.ReadInPart > 0)
        {
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.ReadInPart:N0} of them no norm can concern: nothing was read of them but what that takes to know (--lazy)"));
        }

        if (summary.BlankLines > 0)
        {
            screen.WriteLine($"{DiagnosticReport.Count(summary.BlankLines, "empty line")} passed over");
        }

        WriteOutcomes();
        WriteRejects();
        WriteDate();
    }

    private void WriteOutcomes()
    {
        if (summary.Classified == 0)
        {
            return;
        }

        var shared = summary.Norms.GroupBy(norm => norm.Norm.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);

        // Titles come last: letters of other scripts are wider than they count.
        var isTold = layout.Manifest.Language is not null;
        var table = new TextTable(["norm", "outcome", "rows", "share", .. isTold ? ["title"] : Array.Empty<string>()]) { Numbers = [2, 3] };
        foreach (var norm in summary.Norms.Where(norm => !ConcernsNobody(norm)))
        {
            var name = shared.Contains(norm.Norm.Name) ? norm.Norm.QualifiedName : norm.Norm.Name;
            foreach (var (outcome, count) in norm.Counts)
            {
                var share = 100.0 * count / summary.Classified;
                string[] title = isTold ? [name.Length > 0 ? norm.Norm.Title : ""] : [];
                table.Add([name, outcome.Name(norm.Norm.Kind), count.ToString("N0", CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{share:0.0} %"), .. title]);
                name = "";
            }
        }

        var nobody = summary.Norms.Count(ConcernsNobody);
        screen.WriteLine();
        if (nobody < summary.Norms.Length)
        {
            table.WriteTo(screen);
        }

        if (nobody > 0)
        {
            screen.WriteLine($"{DiagnosticReport.Count(nobody, "norm")} {(nobody == 1 ? "concerns" : "concern")} no row");
        }

        screen.WriteLine();
    }

    /// <summary>The norm is settled as not applicable in every row: told of in one line for all such norms.</summary>
    private static bool ConcernsNobody(NormCounts norm) => norm.Counts.Keys.All(outcome => outcome == Outcome.NotApplicable);

    private void WriteRejects()
    {
        if (summary.Rejected == 0)
        {
            return;
        }

        screen.WriteLine(RejectsPath is null
            ? $"{DiagnosticReport.Count(summary.Rejected, "row")} rejected; `--rejects FILE` writes them down with their reasons"
            : $"{DiagnosticReport.Count(summary.Rejected, "row")} rejected; with their reasons in {Screen.Escape(RejectsPath)}");
        foreach (var (code, count) in summary.Faults)
        {
            screen.WriteLine($"  {code}: {DiagnosticReport.Count(count, "time")}: {FaultCodes.SentenceOf(code)}");
        }
    }

    private void WriteDate()
    {
        if (HasDate)
        {
            return;
        }

        var reach = FactReach.OfEvaluationDate(layout.Manifest);
        ImmutableArray<string> open = [.. summary.Norms.Where(norm => norm.Open > 0 && reach.Reaches(norm.Norm)).Select(norm => norm.Norm.Name)];
        if (!open.IsEmpty)
        {
            screen.WriteLine($"no evaluation date was given, so answers may be open that a date would settle: {Listing.Of(open)}; `--as-of DATE` or `--as-of FIELD` gives one");
        }
    }
}
