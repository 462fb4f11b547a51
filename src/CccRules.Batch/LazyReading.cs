using System.Collections.Immutable;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;

namespace CccRules.Batch;

/// <summary>
/// What a run reads that reads no more than it must: of every record the HS code and the date that it is counted by, and the rest only of those that
/// a norm may concern. Shared by the threads of a run.
/// </summary>
internal sealed class LazyReading
{
    public LazyReading(RecordLayout layout, IBatchEvaluator evaluator)
    {
        Codes = evaluator.ConcernedCodes([.. layout.Norms.Select(norm => norm.Index)], Known(layout));
        int[] facts = [Codes.Fact, layout.ChapterFact, layout.MonthFact];
        Always = [.. Enumerable.Range(0, layout.Fields.Length).Where(field => facts.Contains(layout.Fields[field].Fact))];
        Others = [.. Enumerable.Range(0, layout.Fields.Length).Except(Always)];
    }

    /// <summary>The HS codes that can concern a norm that the run tells of.</summary>
    public ConcernedCodes Codes { get; }

    /// <summary>Fields that are read in every record, as positions in the layout's fields.</summary>
    public ImmutableArray<int> Always { get; }

    /// <summary>The other fields.</summary>
    public ImmutableArray<int> Others { get; }

    /// <summary>What is the same in every record. A text is not among it: its number is another in each batch, and not to know it is never wrong.</summary>
    private static long[] Known(RecordLayout layout)
    {
        var facts = new long[layout.Manifest.Facts.Length];
        Array.Fill(facts, Fact.Missing);
        foreach (var constant in layout.Constants.Where(constant => constant.Reader.Schema.Kind != FactKind.Text))
        {
            constant.Reader.Read(constant.Value.Span, new TextDictionary(), out facts[constant.Fact]);
        }

        if (layout.EvaluationDateFact >= 0)
        {
            facts[layout.EvaluationDateFact] = layout.EvaluationDay;
        }

        return facts;
    }
}
