using CccRules.Batch;
using CccRules.Runtime;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Explanations;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Tests.Batch;

/// <summary>
/// An engine in two lines: <c>qr_mark</c> is breached where the quantity is above 10, fulfilled where not, open without it;
/// <c>voluntary</c> is available in odd years of the evaluation date, open without it.
/// </summary>
internal sealed class FakeEvaluator : IBatchEvaluator
{
    public const int Quantity = 2;
    public const int EvaluationDateFact = 7;

    private readonly byte[][] _outcomes = [[], []];

    public static RulesetManifest Ruleset { get; } = new()
    {
        Modules = [new ModuleSchema("cn.test", "Test", null, "CN")],
        Facts =
        [
            Field(0, "id", FactKind.Text) with { IsKey = true },
            Field(1, "hs_code", FactKind.HsCode) with { IsRequired = true },
            Field(2, "quantity", FactKind.Integer),
            Field(3, "purpose", FactKind.Member) with { Members = ["sale", "research"] },
            Field(4, "imported_on", FactKind.Date) with { AllowsNone = true, EmptyIsNone = true },
            Field(5, "note", FactKind.Text),
            Field(6, "stock_after_cutoff", FactKind.YesNo) with { Role = FactRole.Question },
            Field(7, "evaluation date", FactKind.Date) with { Role = FactRole.EvaluationDate },
        ],
        Norms = [Norm(0, "qr_mark", NormKind.Obligation), Norm(1, "voluntary", NormKind.Option)],
        Categories = [],
        Tables = new ProgramTables(),
        Graph = RuleGraph.Empty,
    };

    public RulesetManifest Manifest => Ruleset;

    /// <summary>Called with each batch as it is classified.</summary>
    public Action<ColumnBatch>? OnClassify { get; init; }

    public void Classify(RecordBatch records)
    {
        var batch = records.Columns;
        OnClassify?.Invoke(batch);
        _outcomes[0] = new byte[batch.Count];
        _outcomes[1] = new byte[batch.Count];
        for (var row = 0; row < batch.Count; row++)
        {
            var quantity = batch.Get(Quantity, row);
            _outcomes[0][row] = (byte)(!Fact.IsKnown(quantity) ? Outcome.Fulfilled | Outcome.Breached
                : quantity > 10 ? Outcome.Breached : Outcome.Fulfilled);
            var day = batch.Get(EvaluationDateFact, row);
            _outcomes[1][row] = (byte)(!Fact.IsKnown(day) ? Outcome.NotApplicable | Outcome.Required
                : DateOnly.FromDayNumber((int)day).Year % 2 == 1 ? Outcome.Required : Outcome.NotApplicable);
        }
    }

    public ReadOnlySpan<byte> Outcomes(int norm) => _outcomes[norm];

    public void Missing(int row, int norm, ICollection<int> facts) => facts.Add(norm == 0 ? Quantity : EvaluationDateFact);

    public ConcernedCodes ConcernedCodes(IReadOnlyList<int> norms, ReadOnlySpan<long> known) => throw new NotSupportedException();

    public DueDates DueOf(int norm, int row) => new(Fact.Missing, Fact.Missing, Fact.Missing);

    public Explanation Explain(int row, int norm) => new(Ruleset.Norms[norm], (Outcome)_outcomes[norm][row], [], [], [], Fact.Missing);

    private static FactSchema Field(int index, string name, FactKind kind) => new() { Index = index, Name = name, Kind = kind };

    private static NormSchema Norm(int index, string name, NormKind kind) => new()
    {
        Index = index,
        Name = name,
        QualifiedName = "cn.test." + name,
        Kind = kind,
        Title = name,
        Applies = 0,
        Exempted = 0,
        InForce = 0,
        Fulfilled = -1,
        Date = 0,
        IsJudgedByEvaluationDate = true,
    };
}
