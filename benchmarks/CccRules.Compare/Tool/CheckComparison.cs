using CccRules.Compare.Measuring;

namespace CccRules.Compare.Tool;

/// <summary>Line 11: <c>ccc check</c> of all shipped rulesets in a cold process, against the least that a cold process can take.</summary>
internal sealed class CheckComparison : IComparison
{
    private const string Work = "check of all shipped rulesets, cold process, against an empty `dotnet hello.dll`";

    public IReadOnlyList<string> Numbers => ["11"];

    public IEnumerable<ResultRow> Run(CompareOptions options)
    {
        var goal = Goal.AtMost(4, 2);
        if (!File.Exists(options.Tool))
        {
            return [ResultRow.Skipped("11", Work, goal, "ccc is not published: run compare.sh")];
        }

        var hello = HelloProgram.Make(Path.Combine(options.DataFolder, "hello"));
        var rulesets = Path.Combine(RepositoryFolder.Find(), "rulesets");
        var (helloWall, checkWall) = (new List<double>(), new List<double>());
        var contest = new Contest()
            .Add("hello", () => Note(helloWall, ToolProcess.Run(hello, [])))
            .Add("start", () => ToolProcess.Run(options.Tool, ["--version"]).Cpu)
            .Add("check", () => Note(checkWall, ToolProcess.Run(options.Tool, ["check", rulesets])))
            .Run(options.IsQuick ? 2 : 11, warmUp: 1);
        return
        [
            new ResultRow(
                "11", Work, goal, contest.Ratio("check", "hello"),
                FormattableString.Invariant($"processor time {contest.Median("check") / 1e6:0} ms against {contest.Median("hello") / 1e6:0} ms, by the clock on the wall {Contest.MedianOf(checkWall) / 1e6:0} ms against {Contest.MedianOf(helloWall) / 1e6:0} ms; `ccc --version` {contest.Median("start") / 1e6:0} ms")),
        ];
    }

    private static double Note(List<double> walls, ToolRun run)
    {
        walls.Add(run.Wall);
        return run.Cpu;
    }
}
