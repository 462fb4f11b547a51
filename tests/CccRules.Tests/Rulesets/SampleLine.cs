using System.Text;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sources;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;

namespace CccRules.Tests.Rulesets;

/// <summary>A declaration and what the rules of China say of it: the statuses and missing facts of each norm that concerns it.</summary>
internal sealed record SampleLine(string Id, string HsCode, IReadOnlyList<(string Norm, Outcome Outcome, string[] Missing)> Answers)
{
    private static readonly Lazy<Ruleset> Rules = new(() => ShippedRulesets.Cn.Load());

    public bool IsOurs => Id.StartsWith("SAMPLE-", StringComparison.Ordinal);

    public bool IsSettled => Answers.All(answer => answer.Outcome.IsSettled());

    public Outcome OutcomeOf(string norm) => Answers.FirstOrDefault(answer => answer.Norm == norm, (norm, Outcome.NotApplicable, [])).Outcome;

    /// <summary>Reads and answers a whole file; a row that is refused is an error.</summary>
    public static List<SampleLine> ReadAll(Stream csv, BatchOptions options)
    {
        using var source = CsvSource.Open(csv);
        var layout = RecordLayout.Create(source, Rules.Value.Manifest, options);
        var (id, code) = (KeptIndex(layout, "declaration_id", "Declaration ID"), KeptIndex(layout, "hs_code", "HS6 Code"));
        var records = new RecordBatch(layout);
        var evaluator = new Evaluator(Rules.Value);
        var lines = new List<SampleLine>();
        while (source.Fill(records))
        {
            Assert.Empty(records.Rejected);
            records.ReadDeferred();
            for (var row = 0; row < records.Count; row++)
            {
                evaluator.EvaluateRow(records.Columns, row);
                lines.Add(new SampleLine(
                    Encoding.UTF8.GetString(records.KeptCell(row, id)), Encoding.UTF8.GetString(records.KeptCell(row, code)), AnswersOf(evaluator)));
            }

            records.Clear();
        }

        return lines;
    }

    private static int KeptIndex(RecordLayout layout, params string[] names) =>
        layout.Kept.IndexOf(Enumerable.Range(0, layout.Columns.Length).Single(column => names.Contains(layout.Columns[column])));

    private static List<(string Norm, Outcome Outcome, string[] Missing)> AnswersOf(Evaluator evaluator)
    {
        var manifest = evaluator.Ruleset.Manifest;
        var answers = new List<(string, Outcome, string[])>();
        for (var norm = 0; norm < manifest.Norms.Length; norm++)
        {
            if (evaluator[norm] == Outcome.NotApplicable)
            {
                continue;
            }

            var missing = new FactSet(manifest.Facts.Length);
            evaluator.Missing(norm, missing);
            answers.Add((manifest.Norms[norm].Name, evaluator[norm], [.. manifest.Facts.Where(fact => missing.Contains(fact.Index)).Select(fact => fact.Name)]));
        }

        return answers;
    }
}
