using CccRules.Compare.Measuring;

namespace CccRules.Compare.Tool;

/// <summary>Line 11: <c>ccc check</c> of all shipped rulesets in a cold process, against the least that a cold process can take.</summary>
internal sealed class CheckComparison : IComparison
{
    private const string Unknown = "check of all shipped rulesets, cold process, against an empty `dotnet hello.dll`";
    private const string Known = "the same, rules unchanged since the last check";

    public IReadOnlyList<string> Numbers => ["11"];

    public IEnumerable<ResultRow> Run(CompareOptions options)
    {
        var goal = Goal.AtMost(4, 2);
        if (!File.Exists(options.Tool))
        {
            return [.. new[] { Unknown, Known }.Select(work => ResultRow.Skipped("11", work, goal, "ccc is not published: run compare.sh"))];
        }

        var hello = HelloProgram.Make(Path.Combine(options.DataFolder, "hello"));
        var cache = Path.Combine(options.DataFolder, "check-cache");
        string[] check = ["check", Path.Combine(RepositoryFolder.Find(), "rulesets")];
        var walls = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        var answers = new HashSet<string>(StringComparer.Ordinal);
        var contest = new Contest()
            .Add("hello", () => Note("hello", ToolProcess.Run(hello, [], cache)))
            .Add("start", () => Note("start", ToolProcess.Run(options.Tool, ["--version"], cache)))
            .Add("unknown", () =>
            {
                if (Directory.Exists(cache))
                {
                    Directory.Delete(cache, recursive: true);
                }

                return Check("unknown");
            })
            .Add("known", () => Check("known"))
            .Run(options.IsQuick ? 2 : 11, warmUp: 1);
        Directory.Delete(cache, recursive: true);
        return answers.Count == 1
            ? [Row(Unknown, "unknown"), Row(Known, "known")]
            : throw new InvalidOperationException("The second check says something else than the first.");

        ResultRow Row(string work, string name) => new(
            "11", work, goal, contest.Ratio(name, "hello"),
            FormattableString.Invariant($"processor time {Milliseconds(contest.Median(name))} against {Milliseconds(contest.Median("hello"))}, by the clock on the wall {Wall(name)} against {Wall("hello")}; `ccc --version` takes {Milliseconds(contest.Median("start"))}"));

        double Check(string name)
        {
            var run = ToolProcess.Run(options.Tool, check, cache);
            answers.Add(run.Output);
            return Note(name, run);
        }

        double Note(string name, ToolRun run)
        {
            walls.TryAdd(name, []);
            walls[name].Add(run.Wall);
            return run.Cpu;
        }

        string Wall(string name) => Milliseconds(Contest.MedianOf(walls[name]));
    }

    private static string Milliseconds(double nanoseconds) => FormattableString.Invariant($"{nanoseconds / 1e6:0} ms");
}
