using CccRules.Compare.Measuring;
using CccRules.Compare.Workload;

namespace CccRules.Compare.Tool;

/// <summary>
/// Line 12: 10,000 generated rules, from text to an evaluator that has answered once, and the same from what was compiled before; each time
/// in a cold process.
/// </summary>
internal sealed class LargeRulesetComparison : IComparison
{
    private const int Rules = 10_000;
    private const string CompiledWork = "10,000 rules, text to the first record's outcomes, cold process";
    private const string CachedWork = "the same, compiled before and kept on disk";

    public IReadOnlyList<string> Numbers => ["12"];

    public IEnumerable<ResultRow> Run(Measuring.CompareOptions options)
    {
        var (compiledGoal, cachedGoal) = (Goal.AtMost(5, 2, " s"), Goal.AtMost(0.5, 0.2, " s"));
        if (!File.Exists(options.Probe))
        {
            const string why = "this program is not published: run compare.sh";
            return [ResultRow.Skipped("12", CompiledWork, compiledGoal, why), ResultRow.Skipped("12", CachedWork, cachedGoal, why)];
        }

        var folder = Path.Combine(options.DataFolder, "large");
        Directory.CreateDirectory(folder);
        var (rules, assembly) = (Path.Combine(folder, "large.ccc"), Path.Combine(folder, "large.dll"));
        File.WriteAllText(rules, RuleText.Write(RuleSet.Create(options.IsQuick ? Rules / 100 : Rules, new HsCodes()).Rules));
        var (compiledCpu, cachedCpu, answers) = (new List<double>(), new List<double>(), new HashSet<string>(StringComparer.Ordinal));
        var contest = new Contest()
            .Add("compiled", () =>
            {
                File.Delete(assembly);
                return Ready(compiledCpu);
            })
            .Add("cached", () => Ready(cachedCpu))
            .Run(options.IsQuick ? 1 : 5, warmUp: 1);
        Directory.Delete(folder, recursive: true);
        return answers.Count == 1
            ?
            [
                new ResultRow("12", CompiledWork, compiledGoal, contest.Median("compiled") / 1e9, Detail(compiledCpu)),
                new ResultRow("12", CachedWork, cachedGoal, contest.Median("cached") / 1e9, Detail(cachedCpu)),
            ]
            : throw new InvalidOperationException("The rules from the disk say something else.");

        double Ready(List<double> cpu)
        {
            var run = ToolProcess.Run(options.Probe, [ReadyProbe.Argument, rules, assembly], folder);
            cpu.Add(run.Cpu);
            answers.Add(run.Output);
            return run.Wall;
        }
    }

    private static string Detail(List<double> cpu) =>
        FormattableString.Invariant($"by the clock on the wall, the whole process; {Contest.MedianOf(cpu) / 1e9:0.00} s of processor time; same outcomes");
}
