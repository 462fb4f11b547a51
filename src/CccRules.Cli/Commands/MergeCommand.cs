using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using CccRules.Batch;
using CccRules.Batch.Counting;
using CccRules.Batch.Reporting;
using CccRules.Cli.Classification;

namespace CccRules.Cli.Commands;

/// <summary><c>ccc merge</c>: the summaries of shards as one, after checking that they belong together and nothing is lost.</summary>
internal static class MergeCommand
{
    private static readonly ImmutableHashSet<string> OwnOfAShard = ["--shard", "--out", "--rejects"];

    public static Command Create(CommandHost host)
    {
        var summaries = new Argument<string[]>("SUMMARY…") { HelpName = "SUMMARY…", Description = "The files that `ccc classify --shard K/N --summary` wrote, one for each shard", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { HelpName = "FILE.json", Description = "Where the summary of the whole goes" };
        var report = new Option<string>("--report") { HelpName = "FILE.html", Description = "Writes what the runs found, as a page to read" };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces outputs that are there already" };
        var command = new TaughtCommand(
            "merge",
            "Joins the summaries of shards, after checking that they are all there, of one run over one input, and that every record is counted once.",
            "ccc merge shard-*.json --out whole.json --report whole.html")
        {
            summaries, output, report, overwrite,
        };
        command.SetAction(parsed =>
        {
            try
            {
                var whole = Merge([.. parsed.GetRequiredValue(summaries).Select(path => Read(path, host))]);
                var overwrites = parsed.GetValue(overwrite);
                Write(parsed.GetValue(output), overwrites, whole.ToJson);
                Write(parsed.GetValue(report), overwrites, () => HtmlReport.Write(whole));
                var counts = whole.Counts;
                host.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{DiagnosticReport.Count(counts.RowsRead, "row")} read: {counts.Classified:N0} classified, {counts.Rejected:N0} rejected, in {DiagnosticReport.Count(whole.Shards.Length, "shard")}"));
                return (int)ExitCode.Done;
            }
            catch (BatchSetupException fault)
            {
                return (int)SetupFaults.Report(fault, host);
            }
        });
        return command;

        void Write(string? path, bool overwrites, Func<byte[]> content)
        {
            if (path is not null)
            {
                WholeFile.RefuseExisting(path, overwrites, host);
                WholeFile.Write(path, content(), host);
            }
        }
    }

    private static (string Path, SummaryDocument Summary) Read(string path, CommandHost host)
    {
        try
        {
            return (path, SummaryDocument.Parse(File.ReadAllBytes(host.FullPath(path))));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw CommandFaults.Unreadable(path, fault);
        }
    }

    private static SummaryDocument Merge(ImmutableArray<(string Path, SummaryDocument Summary)> parts)
    {
        var first = parts[0];
        var common = first.Summary.Run.Where(part => !OwnOfAShard.Contains(part.Key)).ToImmutableSortedDictionary();
        var shards = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, summary) in parts)
        {
            if (!summary.AddsUp)
            {
                throw CommandFaults.NotMergeable($"`{path}` does not add up: {summary.Counts.RowsRead} rows read, {summary.Counts.Classified} classified, {summary.Counts.Rejected} rejected, {summary.Counts.OfOtherShards} of other shards");
            }

            var other = common.Keys.Union(summary.Run.Keys.Where(key => !OwnOfAShard.Contains(key))).Where(key => common.GetValueOrDefault(key) != summary.Run.GetValueOrDefault(key)).ToImmutableArray();
            if (!other.IsEmpty || summary.Counts.RowsRead != first.Summary.Counts.RowsRead)
            {
                throw CommandFaults.NotMergeable($"`{path}` and `{first.Path}` are not of one run: they differ in {(other.IsEmpty ? "the number of records" : Listing.Of(other))}");
            }

            foreach (var shard in summary.Shards.IsEmpty ? [""] : summary.Shards)
            {
                if (!shards.TryAdd(shard, path))
                {
                    throw CommandFaults.NotMergeable(shard.Length == 0 ? $"`{path}` is of a run that was not shared out" : $"shard {shard} is in both `{shards[shard]}` and `{path}`");
                }
            }
        }

        CheckWhole([.. shards.Keys]);
        var sum = parts.Skip(1).Aggregate(first.Summary.Counts, (counts, part) => counts.Plus(part.Summary.Counts));
        return new SummaryDocument
        {
            Run = common,
            Input = first.Summary.Input,
            Shards = [.. shards.Keys.OrderBy(shard => Shard.Parse(shard)?.Number ?? 0)],
            // Every shard has read all records; each was classified or rejected by one.
            Counts = sum with { RowsRead = first.Summary.Counts.RowsRead, BlankLines = first.Summary.Counts.BlankLines, OfOtherShards = 0 },
        } is { AddsUp: true } whole ? whole : throw CommandFaults.NotMergeable("the shards together do not have every record once");
    }

    private static void CheckWhole(ImmutableArray<string> shards)
    {
        var parsed = shards.Select(Shard.Parse).OfType<Shard>().ToImmutableArray();
        if (parsed.Length != shards.Length)
        {
            throw CommandFaults.NotMergeable("a summary is not of a shard");
        }

        var of = parsed[0].Of;
        var missing = Enumerable.Range(1, of).Where(number => !parsed.Any(shard => shard.Number == number && shard.Of == of)).Select(number => $"{number}/{of}").ToImmutableArray();
        if (!missing.IsEmpty)
        {
            throw CommandFaults.NotMergeable($"shards are missing: {Listing.Of(missing)}");
        }
    }
}
