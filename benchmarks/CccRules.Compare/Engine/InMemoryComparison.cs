using CccRules.Compare.Measuring;
using CccRules.Compare.Peers;
using CccRules.Compare.Workload;
using CccRules.Runtime;
using CccRules.Runtime.Columns;

namespace CccRules.Compare.Engine;

/// <summary>
/// Lines 1, 2, 7 and 13: records in memory to the outcomes of every obligation, against a plain C# loop over record objects and against
/// ClickHouse; and what that allocates.
/// </summary>
internal sealed class InMemoryComparison : IComparison
{
    private const int Records = 1 << 18;

    /// <summary>Times that the engine goes over the records in a round, so that the clock's grain does not show.</summary>
    private const int Times = 4;

    public IReadOnlyList<string> Numbers => ["1", "2", "7", "13"];

    public IEnumerable<ResultRow> Run(CompareOptions options)
    {
        var codes = new HsCodes();
        var products = new Products(options.IsQuick ? Records / 16 : Records, codes);
        using var clickHouse = ClickHouse.TryStart(RepositoryFolder.Find(), out var why);
        if (clickHouse is not null)
        {
            Fill(clickHouse, products, options);
        }

        return
        [
            .. Compare("1", 12, Goal.AtLeast(30, 70), Goal.AtLeast(5, 10), products, codes, clickHouse, why, options),
            .. Compare("2", 100, Goal.AtLeast(100, 200), Goal.AtLeast(25, 60), products, codes, clickHouse, why, options),
        ];
    }

    private static IEnumerable<ResultRow> Compare(
        string number, int count, Goal overPlain, Goal overClickHouse, Products products, HsCodes codes, ClickHouse? clickHouse, string why, CompareOptions options)
    {
        var rules = RuleSet.Create(count, codes).Rules;
        var ruleset = RuleText.Load(rules);
        var evaluator = new Evaluator(ruleset);
        var batches = products.ToBatches(ruleset.Manifest, ruleset.BatchRows);
        var plain = PlainCSharp.Compile(rules);
        var codeFirst = PlainCSharp.Compile(rules, isCodeFirst: true);
        var records = products.Records;
        var outcomes = new byte[records.Length * count];
        codeFirst(records, outcomes);
        CheckEqual(evaluator, batches, outcomes, count);
        plain(records, outcomes);
        CheckEqual(evaluator, batches, outcomes, count);
        options.Log.WriteLine($"{number}: {count} rules, {records.Length} records, {Candidates.Describe(rules, records)}");

        void Classify()
        {
            for (var time = 0; time < Times; time++)
            {
                foreach (var batch in batches)
                {
                    evaluator.Classify(batch);
                }
            }
        }

        var contest = new Contest()
            .Add("plain", records.Length, () => plain(records, outcomes))
            .Add("code first", records.Length, () => codeFirst(records, outcomes))
            .Add("engine", records.Length * (long)Times, Classify);
        if (clickHouse is not null)
        {
            CheckEqual(clickHouse, rules, outcomes);
            var query = $"SELECT {string.Join(", ", rules.Select(RuleSql.Outcome))} FROM records SETTINGS max_threads = 1";
            contest.Add("ClickHouse", () => clickHouse.Query(query, "Null").Nanoseconds / records.Length);
        }

        contest.Run(options.IsQuick ? 3 : 9);
        var engine = contest.Median("engine");
        yield return new ResultRow(
            number,
            $"{count} rules in memory, against a plain C# loop over objects",
            overPlain,
            contest.Ratio("plain", "engine"),
            FormattableString.Invariant($"{engine:0.0} ns against {contest.Median("plain"):0} ns a record ({contest.Median("code first"):0} ns with the code tried first, {contest.Ratio("code first", "engine"):0.0}x); {records.Length:N0} records, same outcomes"));
        var work = $"{count} rules in memory, against ClickHouse (chdb)";
        yield return clickHouse is null
            ? ResultRow.Skipped("7", work, overClickHouse, why)
            : new ResultRow("7", work, overClickHouse, contest.Ratio("ClickHouse", "engine"), FormattableString.Invariant($"{engine:0.0} ns against {contest.Median("ClickHouse"):0} ns a record, one thread; same outcomes"));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Classify();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        yield return new ResultRow(
            "13", $"{count} rules in memory, allocated a record", Goal.AtMost(0, 0, " B"), (double)allocated / (records.Length * (long)Times), "on the classifying thread, once warm");
    }

    /// <exception cref="InvalidOperationException">Some outcome differs.</exception>
    private static void CheckEqual(Evaluator evaluator, List<ColumnBatch> batches, byte[] expected, int norms)
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

    /// <summary>By rule, sums of the outcomes with weights that tell records apart.</summary>
    /// <exception cref="InvalidOperationException">Some sum differs.</exception>
    private static void CheckEqual(ClickHouse clickHouse, IReadOnlyList<Rule> rules, byte[] expected)
    {
        var sums = string.Join(", ", rules.Select(rule => $"sum(toUInt64({RuleSql.Outcome(rule)}) * weight)"));
        var found = clickHouse.Query($"SELECT {sums} FROM records SETTINGS max_threads = 1").Result.Trim().Split('\t');
        for (var rule = 0; rule < rules.Count; rule++)
        {
            var sum = 0UL;
            for (var record = 0; record < expected.Length / rules.Count; record++)
            {
                sum += expected[(record * rules.Count) + rule] * Weight(record);
            }

            if (found[rule] != sum.ToString(System.Globalization.CultureInfo.InvariantCulture))
            {
                throw new InvalidOperationException($"Rule {rules[rule].Name}: ClickHouse sums to {found[rule]}, not {sum}.");
            }
        }
    }

    private static ulong Weight(int record) => (ulong)(1 + (record % 1021));

    private static void Fill(ClickHouse clickHouse, Products products, CompareOptions options)
    {
        Directory.CreateDirectory(options.DataFolder);
        var path = Path.Combine(options.DataFolder, "records.tsv");
        File.WriteAllLines(path, products.Records.Select((record, i) => $"{RuleSql.Line(record)}\t{Weight(i)}"));
        clickHouse.Query($"CREATE TABLE records ({RuleSql.Columns}, weight UInt64) ENGINE = Memory");
        clickHouse.Query($"INSERT INTO records SELECT * FROM file('{path}', 'TSV', '{RuleSql.Columns}, weight UInt64')");
        File.Delete(path);
    }
}
