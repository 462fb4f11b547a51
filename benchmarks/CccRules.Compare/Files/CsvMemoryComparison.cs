using System.Globalization;
using CccRules.Compare.Measuring;
using CccRules.Compare.Tool;
using CccRules.Compare.Workload;

namespace CccRules.Compare.Files;

/// <summary>
/// Line 10: the memory of a CSV job does not grow with the file. The long file is the short one's rows over and over; each job has a
/// process of its own.
/// </summary>
internal sealed class CsvMemoryComparison : IComparison
{
    public IReadOnlyList<string> Numbers => ["10"];

    public IEnumerable<ResultRow> Run(Measuring.CompareOptions options)
    {
        var rows = options.IsQuick ? 50_000 : 1_000_000;
        var path = CsvData.Make(options.DataFolder, rows, new HsCodes());
        var cache = Path.Combine(options.DataFolder, "memory-cache");
        var few = PeakMegabytes(path, 1, cache);
        var many = PeakMegabytes(path, 100, cache);
        yield return new ResultRow(
            "10", "memory of a CSV job, a hundred times the rows", Goal.AtMost(1.1, 1.1), many / few,
            FormattableString.Invariant($"peak of the process {few:0} MB for {rows:N0} rows, {many:0} MB for {100L * rows:N0} (compiler included), two threads"));
        const string shipped = "memory of `ccc classify rulesets/cn`";
        var goal = Goal.AtMost(200, 200, " MB");
        if (!File.Exists(options.Tool))
        {
            yield return ResultRow.Skipped("10", shipped, goal, "ccc is not published: run compare.sh");
            yield break;
        }

        var output = Path.Combine(options.DataFolder, "classified.csv");
        var declarations = CsvData.Repeat(options.DataFolder, Path.Combine(RepositoryFolder.Find(), "rulesets", "samples", "declarations.csv"), rows);
        string[] arguments = ["classify", Path.Combine(RepositoryFolder.Find(), "rulesets", "cn"), "--in", declarations, "--out", output, "--overwrite", "--as-of", "declared_on"];
        var compiled = ToolProcess.Run(options.Tool, arguments, cache).PeakBytes / 1e6;
        var cached = ToolProcess.Run(options.Tool, arguments, cache).PeakBytes / 1e6;
        File.Delete(output);
        File.Delete(declarations);
        Directory.Delete(cache, recursive: true);
        yield return new ResultRow(
            "10", shipped, goal, cached, FormattableString.Invariant($"peak of the process for {rows:N0} customs declarations with the ruleset from the cache; {compiled:0} MB where it was compiled first"));
    }

    private static double PeakMegabytes(string path, int times, string cache)
    {
        var run = ToolProcess.Run(typeof(CsvMemoryComparison).Assembly.Location, [MemoryProbe.Argument, path, times.ToString(CultureInfo.InvariantCulture)], cache);
        return long.Parse(run.Output, CultureInfo.InvariantCulture) / 1e6;
    }
}
