using CccRules.Compare.Measuring;
using CccRules.Compare.Workload;
using CccRules.Runtime;

namespace CccRules.Compare.Engine;

/// <summary>Line 3: how the cost of a record grows from 100 rules to 10,000.</summary>
internal sealed class GrowthComparison : IComparison
{
    private const int Records = 1 << 17;

    public IReadOnlyList<string> Numbers => ["3"];

    public IEnumerable<ResultRow> Run(CompareOptions options)
    {
        var codes = new HsCodes();
        var products = new Products(options.IsQuick ? Records / 16 : Records, codes);
        var contest = new Contest();
        foreach (var count in new[] { 100, 1000, 10_000 })
        {
            var rules = RuleSet.Create(count, codes).Rules;
            options.Log.WriteLine($"3: {count} rules, {Candidates.Describe(rules, products.Records)}");
            var ruleset = RuleText.Load(rules);
            var evaluator = new Evaluator(ruleset);
            var batches = products.ToBatches(ruleset.Manifest, ruleset.BatchRows);
            contest.Add(Name(count), products.Records.Length, () =>
            {
                foreach (var batch in batches)
                {
                    evaluator.Classify(batch);
                }
            });
        }

        contest.Run(options.IsQuick ? 3 : 7);
        yield return new ResultRow(
            "3",
            "cost of a record, 10,000 rules against 100",
            Goal.AtMost(15, 6),
            contest.Ratio(Name(10_000), Name(100)),
            FormattableString.Invariant($"{contest.Median(Name(100)):0.0} ns, 1,000 rules {contest.Median(Name(1000)):0.0} ns, 10,000 rules {contest.Median(Name(10_000)):0.0} ns a record"));
    }

    private static string Name(int count) => FormattableString.Invariant($"{count} rules");
}
