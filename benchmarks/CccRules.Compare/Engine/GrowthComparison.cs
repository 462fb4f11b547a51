using CccRules.Compare.Measuring;
using CccRules.Compare.Workload;
using CccRules.Runtime;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Programs;

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
            var batches = products.ToBatches(ruleset.Manifest, ColumnBatch.DefaultCapacity);
            CheckSample(ruleset, evaluator, batches[0]);
            contest.Add(Name(count), products.Records.Length, () =>
            {
                foreach (var batch in batches)
                {
                    evaluator.ClassifySparse(batch);
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

    /// <summary>Some records, every norm: the sparse outcomes against the form for single records.</summary>
    /// <exception cref="InvalidOperationException">Some outcome differs.</exception>
    private static void CheckSample(Ruleset ruleset, Evaluator evaluator, ColumnBatch batch)
    {
        var outcomes = evaluator.ClassifySparse(batch);
        var single = new Evaluator(ruleset);
        var expected = new byte[ruleset.Manifest.Norms.Length];
        for (var row = 0; row < batch.Count; row += 41)
        {
            Array.Fill(expected, (byte)Outcome.NotApplicable);
            var norms = outcomes.NormsOf(row);
            for (var i = 0; i < norms.Length; i++)
            {
                expected[norms[i]] = outcomes.OutcomesOf(row)[i];
            }

            single.EvaluateRow(batch, row);
            for (var norm = 0; norm < expected.Length; norm++)
            {
                if (expected[norm] != (byte)single[norm])
                {
                    throw new InvalidOperationException($"Record {row}, rule {norm}: {expected[norm]}, and alone {(byte)single[norm]}.");
                }
            }
        }
    }

    private static string Name(int count) => FormattableString.Invariant($"{count} rules");
}
