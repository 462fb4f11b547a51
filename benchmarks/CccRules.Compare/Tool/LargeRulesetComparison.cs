using System.Globalization;
using CccRules.Compare.Measuring;
using CccRules.Compare.Workload;

namespace CccRules.Compare.Tool;

/// <summary>
/// Line 12: 10,000 generated rules, from text to the first record's outcomes in a cold process, compiled and from the cache on disk.
/// </summary>
internal sealed class LargeRulesetComparison : IComparison
{
    private const int Rules = 10_000;

    public IReadOnlyList<string> Numbers => ["12"];

    public IEnumerable<ResultRow> Run(Measuring.CompareOptions options)
    {
        var (compiledGoal, cachedGoal) = (Goal.AtMost(5, 2, " s"), Goal.AtMost(0.5, 0.2, " s"));
        const string compiledWork = "10,000 rules, text to the first outcomes, cold process";
        const string cachedWork = "the same, cached on disk";
        if (!File.Exists(options.Tool))
        {
            return
            [
                ResultRow.Skipped("12", compiledWork, compiledGoal, "ccc is not published: run compare.sh"),
                ResultRow.Skipped("12", cachedWork, cachedGoal, "ccc is not published: run compare.sh"),
            ];
        }

        var codes = new HsCodes();
        var folder = Path.Combine(options.DataFolder, "large");
        Directory.CreateDirectory(folder);
        var (rules, record, output, cache) = (Path.Combine(folder, "large.ccc"), Path.Combine(folder, "one.csv"), Path.Combine(folder, "out.csv"), Path.Combine(folder, "cache"));
        File.WriteAllText(rules, RuleText.Write(RuleSet.Create(options.IsQuick ? 100 : Rules, codes).Rules));
        File.WriteAllText(record, $"hs_code\n{codes.ByRank[0]}\n");
        var (compiledCpu, cachedCpu, answers) = (new List<double>(), new List<double>(), new HashSet<string>(StringComparer.Ordinal));
        var contest = new Contest()
            .Add("compiled", () =>
            {
                if (Directory.Exists(cache))
                {
                    Directory.Delete(cache, recursive: true);
                }

                return Classify(compiledCpu);
            })
            .Add("cached", () => Classify(cachedCpu))
            .Run(options.IsQuick ? 1 : 5, warmUp: 1);
        if (answers.Count != 1)
        {
            throw new InvalidOperationException("The cached ruleset says something else.");
        }

        Directory.Delete(folder, recursive: true);
        return
        [
            new ResultRow("12", compiledWork, compiledGoal, contest.Median("compiled") / 1e9, Detail(compiledCpu)),
            new ResultRow("12", cachedWork, cachedGoal, contest.Median("cached") / 1e9, Detail(cachedCpu)),
        ];

        double Classify(List<double> cpu)
        {
            var run = ToolProcess.Run(
                options.Tool,
                ["classify", rules, "--in", record, "--out", output, "--as-of", RuleSet.EvaluationDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
                cache);
            cpu.Add(run.Cpu);
            answers.Add(File.ReadAllText(output));
            File.Delete(output);
            return run.Wall;
        }
    }

    private static string Detail(List<double> cpu) => FormattableString.Invariant(
        $"by the clock on the wall, `ccc classify` of one record from start to end; {Contest.MedianOf(cpu) / 1e9:0.00} s of processor time on two cores; same outcomes");
}
