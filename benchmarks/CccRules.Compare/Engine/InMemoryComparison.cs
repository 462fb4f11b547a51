using CccRules.Compare.Measuring;
using CccRules.Compare.Workload;
using CccRules.Runtime;
using CccRules.Runtime.Columns;

namespace CccRules.Compare.Engine;

/// <summary>Lines 1 and 2: records in memory to the outcomes of every obligation, against a plain C# loop over record objects.</summary>
internal sealed class InMemoryComparison : IComparison
{
    private const int Records = 1 << 18;

    public IReadOnlyList<string> Numbers => ["1", "2"];

    public IEnumerable<ResultRow> Run(CompareOptions options)
    {
        var codes = new HsCodes();
        var products = new Products(options.IsQuick ? Records / 16 : Records, codes);
        yield return Compare("1", 12, Goal.AtLeast(30, 70), products, codes, options);
        yield return Compare("2", 100, Goal.AtLeast(100, 200), products, codes, options);
    }

    private static ResultRow Compare(string number, int count, Goal goal, Products products, HsCodes codes, CompareOptions options)
    {
        var rules = RuleSet.Create(count, codes).Rules;
        var ruleset = RuleText.Load(rules);
        var evaluator = new Evaluator(ruleset);
        var batches = products.ToBatches(ruleset.Manifest, ruleset.BatchRows);
        var plain = PlainCSharp.Compile(rules);
        var expected = new byte[products.Records.Length * count];
        plain(products.Records, expected);
        CheckEqual(evaluator, batches, expected, count);

        options.Log.WriteLine($"{number}: {count} rules, {products.Records.Length} records, {Candidates.Describe(rules, products.Records)}");
        var contest = new Contest()
            .Add("plain", products.Records.Length, () => plain(products.Records, expected))
            .Add("engine", products.Records.Length * 4L, () =>
            {
                // Several times, so that the clock's grain does not show.
                for (var time = 0; time < 4; time++)
                {
                    foreach (var batch in batches)
                    {
                        evaluator.Classify(batch);
                    }
                }
            })
            .Run(options.IsQuick ? 3 : 9);
        var (slow, fast) = (contest.Median("plain"), contest.Median("engine"));
        return new ResultRow(
            number,
            $"{count} rules in memory, against a plain C# loop over objects",
            goal,
            contest.Ratio("plain", "engine"),
            FormattableString.Invariant($"{fast:0.00} ns against {slow:0} ns a record ({1e3 / fast:0} M records/s); {products.Records.Length:N0} records, same outcomes"));
    }

    /// <exception cref="InvalidOperationException">Some outcome differs.</exception>
    internal static void CheckEqual(Evaluator evaluator, List<ColumnBatch> batches, byte[] expected, int norms)
    {
        var first = 0;
        foreach (var batch in batches)
        {
            evaluator.Classify(batch);
            for (var norm = 0; norm < norms; norm++)
            {
                var outcomes = evaluator.Outcomes(norm);
                for (var row = 0; row < batch.Count; row++)
                {
                    if (outcomes[row] != expected[((first + row) * norms) + norm])
                    {
                        throw new InvalidOperationException($"Record {first + row}, rule {norm}: {outcomes[row]}, and the other says {expected[((first + row) * norms) + norm]}.");
                    }
                }
            }

            first += batch.Count;
        }
    }
}
