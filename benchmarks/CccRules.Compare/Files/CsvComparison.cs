using System.Diagnostics;
using CccRules.Batch.Sources;
using CccRules.Compare.Measuring;
using CccRules.Compare.Peers;
using CccRules.Compare.Workload;

namespace CccRules.Compare.Files;

/// <summary>Lines 4, 5, 6 and 8: a CSV file and twelve rules to outcomes, against CsvHelper, DuckDB, counting newlines, and two threads.</summary>
internal sealed class CsvComparison : IComparison
{
    public const int Rules = 12;

    public IReadOnlyList<string> Numbers => ["4", "5", "6", "8"];

    public IEnumerable<ResultRow> Run(CompareOptions options)
    {
        var rows = options.IsQuick ? 200_000 : 10_000_000;
        var codes = new HsCodes();
        var rules = RuleSet.Create(Rules, codes).Rules;
        var ruleset = RuleText.Load(rules);
        var path = CsvData.Make(options.DataFolder, rows, codes);
        var sums = CsvJob.Run(new InputFile(path), ruleset, threads: 1);
        Check(sums, CsvJob.Run(new InputFile(path), ruleset, threads: 2), "two threads");
        Check(sums, CsvJob.Run(new InputFile(path), ruleset, threads: 1, isLazy: true), "reading lazily");
        using var duckDb = DuckDb.TryStart(RepositoryFolder.Find(), out var why);
        var contest = new Contest()
            .Add("newlines", rows, () => CountNewlines(path))
            .Add("CsvHelper", rows, () => TypedCsvPeer.Read(path))
            .Add("job", rows, () => CsvJob.Run(new InputFile(path), ruleset, threads: 1))
            .Add("lazy", rows, () => CsvJob.Run(new InputFile(path), ruleset, threads: 1, isLazy: true))
            .Add("one thread", () => Wall(() => CsvJob.Run(new InputFile(path), ruleset, threads: 1)) / rows)
            .Add("two threads", () => Wall(() => CsvJob.Run(new InputFile(path), ruleset, threads: 2)) / rows);
        if (duckDb is not null)
        {
            Check(sums, duckDb.Sums(path, rules), "DuckDB");
            contest.Add("DuckDB", () => duckDb.Classify(path, rules) / rows);
        }

        contest.Run(options.IsQuick ? 2 : 5, warmUp: options.IsQuick ? 2 : 1);
        var job = contest.Median("job");
        var size = new FileInfo(path).Length / (double)rows;
        yield return new ResultRow(
            "4", "CSV file to outcomes of 12 rules, against CsvHelper 34 reading the 13 fields typed", Goal.AtLeast(4, 8), contest.Ratio("CsvHelper", "job"),
            FormattableString.Invariant($"{job:0.0} ns against {contest.Median("CsvHelper"):0.0} ns a row of {size:0} bytes, one thread; {rows:N0} rows"));
        yield return duckDb is null
            ? ResultRow.Skipped("5", "the same, against DuckDB read_csv with the rules as SQL", Goal.AtLeast(12, 30), why)
            : new ResultRow(
                "5", "the same, against DuckDB read_csv with the rules as SQL", Goal.AtLeast(12, 30), contest.Ratio("DuckDB", "job"),
                FormattableString.Invariant($"{contest.Median("DuckDB"):0} ns a row, one thread; same outcomes"));
        yield return new ResultRow(
            "6", "the same, against reading the file and counting newlines", Goal.AtMost(6, 3), contest.Ratio("job", "newlines"),
            FormattableString.Invariant($"{contest.Median("newlines"):0.0} ns a row"));
        yield return new ResultRow(
            "6", "the same, records that no rule can concern read in part (`--lazy`)", Goal.AtMost(6, 3), contest.Ratio("lazy", "newlines"),
            FormattableString.Invariant($"{contest.Median("lazy"):0.0} ns a row; same outcomes"));
        yield return new ResultRow(
            "8", "the same, two threads against one", Goal.AtLeast(1.7, 1.9), contest.Ratio("one thread", "two threads"),
            FormattableString.Invariant($"{contest.Median("two threads"):0.0} ns against {contest.Median("one thread"):0.0} ns a row by the clock on the wall; same outcomes"));
    }

    /// <exception cref="InvalidOperationException">Some sum differs.</exception>
    private static void Check(ulong[] expected, ulong[] found, string who)
    {
        for (var norm = 0; norm < expected.Length; norm++)
        {
            if (expected[norm] != found[norm])
            {
                throw new InvalidOperationException($"Rule {norm}: {who} sums to {found[norm]}, not {expected[norm]}.");
            }
        }
    }

    private static void CountNewlines(string path)
    {
        var buffer = new byte[384 * 1024];
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var lines = 0L;
        var offset = 0L;
        for (int read; (read = RandomAccess.Read(file, buffer, offset)) > 0; offset += read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        GC.KeepAlive(lines);
    }

    private static double Wall(Action run)
    {
        var start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }
}
