using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Programs;
using static CccRules.Tests.Evaluation.BoundTrees;

namespace CccRules.Tests.Evaluation;

public sealed class KnowledgeTests
{
    private readonly BoundTrees _trees = new();

    [Theory]
    [InlineData("2025-12-22", false)]
    [InlineData("2025-12-23", true)]
    [InlineData("2026-01-01", true)]
    public void A_norm_is_known_from_the_day_its_source_was_issued(string day, bool isKnown)
    {
        var norm = _trees.Norm("n", issued: ["2025-12-23", "2026-06-01"]);
        Assert.Equal(isKnown, KnownOn(day).Norms.Any(bound => bound == norm));
    }

    [Fact]
    public void What_cites_nothing_or_an_undated_source_stays()
    {
        _trees.Norm("nothing");
        _trees.Norm("undated", issued: ["2025-12-23", null]);
        _trees.Category("category", Yes);
        _trees.Exemption("exemption", Yes);
        Assert.Equal(4, KnownOn("0001-01-01").Declarations.Length);
    }

    [Fact]
    public void A_ruleset_known_in_full_is_the_same()
    {
        _trees.Norm("n", issued: ["2025-12-23"]);
        var ruleset = _trees.Build();
        Assert.Same(ruleset, Knowledge.KnownOn(ruleset, DayOf("2025-12-23")));
    }

    [Fact]
    public void An_exemption_that_is_not_known_lifts_nothing()
    {
        var exemption = _trees.Exemption("x", Yes, issued: ["2025-12-23"]);
        var norm = _trees.Norm("n", exemptions: [exemption]);
        Assert.Equal(Outcome.Exempt, ReferenceEvaluator.Evaluate(KnownOn("2025-12-23"), Record()).Outcomes[norm].Statuses);
        Assert.Equal(Outcome.Required, ReferenceEvaluator.Evaluate(KnownOn("2025-12-22"), Record()).Outcomes[norm].Statuses);
    }

    [Fact]
    public void A_category_that_is_not_known_does_not_hold_wherever_it_is_named()
    {
        var category = Named(_trees.Category("c", Yes, issued: ["2025-12-23"]));
        var field = _trees.Field("amount", TypeSymbol.Integer);
        var define = _trees.Define("d", TypeSymbol.Integer, (Number(1), AtLeast(1, category, No)), (Sum(field, Number(2)), null));
        var norm = _trees.Norm(
            "n",
            And(Not(category), Compare(define, ComparisonKind.Equal, Number(2))),
            windows: [Window("2020-01-01", where: Or(category, Yes))]);
        var record = Record("2026-01-01", (field, NumberOf(0)));
        Assert.Equal(Outcome.NotApplicable, ReferenceEvaluator.Evaluate(KnownOn("2025-12-23"), record).Outcomes[norm].Statuses);
        Assert.Equal(Outcome.Required, ReferenceEvaluator.Evaluate(KnownOn("2025-12-22"), record).Outcomes[norm].Statuses);
    }

    [Fact]
    public void A_norm_that_is_not_known_counts_as_not_applicable()
    {
        var later = _trees.Norm("later", issued: ["2025-12-23"]);
        var first = _trees.Norm("first", StatusTest(later, Outcome.NotApplicable | Outcome.Exempt));
        var second = _trees.Norm("second", StatusTest(later, Outcome.Required));
        var known = ReferenceEvaluator.Evaluate(KnownOn("2025-12-22"), Record());
        Assert.Equal(Outcome.Required, known.Outcomes[first].Statuses);
        Assert.Equal(Outcome.NotApplicable, known.Outcomes[second].Statuses);
        Assert.False(known.Outcomes.ContainsKey(later));
    }

    private BoundRuleset KnownOn(string day) => Knowledge.KnownOn(_trees.Build(), DayOf(day));
}
