using CccRules.Compare.Measuring;
using CccRules.Compare.Workload;
using CccRules.Runtime;
using CccRules.Runtime.Facts;

namespace CccRules.Compare.Engine;

/// <summary>
/// Line 9: one record at a time against rule engines. Neither can be restored here, so their times are those that a study measured on
/// another machine with rules of the same kind, and are cited, not measured.
/// </summary>
internal sealed class SingleRecordComparison : IComparison
{
    private const int Rules = 100;
    private const double RulesEngine = 17_956;
    private const double NRules = 4016;

    public IReadOnlyList<string> Numbers => ["9"];

    public IEnumerable<ResultRow> Run(CompareOptions options)
    {
        var codes = new HsCodes();
        var products = new Products(4096, codes);
        var ruleset = RuleText.Load(RuleSet.Create(Rules, codes).Rules);
        var evaluator = new Evaluator(ruleset);
        var texts = new TextDictionary();
        var fields = Products.FieldsOf(ruleset.Manifest);
        var records = products.Records.Select(record => fields.Select(field => Products.ToFact(record, field)).ToArray()).ToList();
        var contest = new Contest().Add("one", records.Count * 8L, () =>
        {
            for (var time = 0; time < 8; time++)
            {
                foreach (var record in records)
                {
                    evaluator.ClassifyRecord(record, texts);
                }
            }
        }).Run(options.IsQuick ? 3 : 25, warmUp: 40);
        var one = contest.Median("one");
        yield return new ResultRow(
            "9",
            "one record, 100 rules, against NRules (cited)",
            Goal.AtLeast(40, 200),
            NRules / one,
            FormattableString.Invariant($"{one:0} ns a record, measured; NRules {NRules:0} ns and RulesEngine {RulesEngine:0} ns ({RulesEngine / one:0}x) are a study's, on another machine"));
    }
}
