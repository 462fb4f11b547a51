using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;
using static CccRules.Tests.Evaluation.BoundTrees;

namespace CccRules.Tests.Evaluation;

/// <summary>Outcomes of norms with their missing facts, windows and exemptions.</summary>
public sealed class ReferenceOutcomeTests
{
    private static readonly YesNoConstant IsYes = new(true);
    private static readonly YesNoConstant IsNo = new(false);

    private readonly BoundTrees _trees = new();

    [Fact]
    public void Each_condition_matters_only_where_those_before_it_leave_room()
    {
        var (a, e, w, s) = (_trees.YesNo("a"), _trees.YesNo("e"), _trees.YesNo("w"), _trees.YesNo("s"));
        var exemption = _trees.Exemption("x", e);
        var norm = _trees.Norm("n", a, windows: [Window("2026-01-01", where: w)], fulfilled: s, exemptions: [exemption]);
        const string Day = "2026-06-01";
        Check("not_applicable or exempt or not_in_force or fulfilled or breached (a e s w)", norm, Record(Day));
        Check("not_applicable ()", norm, Record(Day, (a, IsNo)));
        Check("not_applicable or exempt (a)", norm, Record(Day, (e, IsYes)));
        Check("exempt ()", norm, Record(Day, (a, IsYes), (e, IsYes)));
        Check("not_in_force ()", norm, Record(Day, (a, IsYes), (e, IsNo), (w, IsNo)));
        Check("exempt or not_in_force (e)", norm, Record(Day, (a, IsYes), (w, IsNo)));
        Check("fulfilled or breached (s)", norm, Record(Day, (a, IsYes), (e, IsNo), (w, IsYes)));
        Check("not_in_force or breached (w)", norm, Record(Day, (a, IsYes), (e, IsNo), (s, IsNo)));
        Check("fulfilled ()", norm, Record(Day, (a, IsYes), (e, IsNo), (w, IsYes), (s, IsYes)));
        Check("not_in_force ()", norm, Record("2025-12-31", (a, IsYes), (e, IsNo)));
        Check("not_in_force or fulfilled (date)", norm, Record((a, IsYes), (e, IsNo), (w, IsYes), (s, IsYes)));
    }

    [Fact]
    public void A_norm_that_does_not_say_how_to_see_it_is_required()
    {
        var (a, b) = (_trees.YesNo("a"), _trees.YesNo("b"));
        var norm = _trees.Norm("n", a, unless: b);
        Check("required ()", norm, Record((a, IsYes), (b, IsNo)));
        Check("not_applicable ()", norm, Record((b, IsYes)));
        Check("not_applicable or required (b)", norm, Record((a, IsYes)));
        Check("available ()", _trees.Norm("o", a, isOption: true), Record((a, IsYes)));
        Check("required ()", _trees.Norm("always"), Record());
    }

    [Theory]
    [InlineData("2025-12-31", "not_in_force ()")]
    [InlineData("2026-01-01", "required ()")]
    [InlineData("2026-06-30", "required ()")]
    [InlineData("2026-07-01", "not_in_force ()")]
    [InlineData("2027-01-01", "required ()")]
    public void Both_days_of_a_window_are_in_force(string day, string expected)
    {
        var norm = _trees.Norm("n", windows: [Window("2026-01-01", "2026-06-30"), Window("2027-01-01")]);
        Check(expected, norm, Record(day));
    }

    [Fact]
    public void A_norm_is_judged_by_its_own_date()
    {
        var sold = _trees.Field("sold", TypeSymbol.Date with { AllowsNone = true });
        var norm = _trees.Norm("n", asOf: sold, windows: [Window("2026-01-01")]);
        Check("required ()", norm, Record("2020-01-01", (sold, DateOf("2026-01-01"))));
        Check("not_in_force ()", norm, Record("2026-06-01", (sold, DateOf("2025-12-31"))));
        Check("not_in_force ()", norm, Record("2026-06-01", (sold, NoneConstant.Instance)));
        Check("not_in_force or required (sold)", norm, Record("2026-06-01"));
        Check("required ()", _trees.Norm("free", asOf: sold), Record((sold, NoneConstant.Instance)));
    }

    [Theory]
    [InlineData("2026-02-28", "not_in_force ()")]
    [InlineData("2026-03-01", "required ()")]
    [InlineData("2026-12-31", "required ()")]
    [InlineData("2027-01-01", "not_in_force ()")]
    public void Outside_its_ruleset_s_own_window_a_norm_is_not_in_force(string day, string expected)
    {
        var trees = new BoundTrees(DayOf("2026-03-01"), DayOf("2026-12-31"));
        var norm = trees.Norm("n", windows: [Window("2020-01-01")]);
        Assert.Equal(expected, Answer(trees.Evaluate(Record(day)), norm));
        Assert.Equal("not_in_force or required (date)", Answer(trees.Evaluate(Record()), norm));
    }

    [Fact]
    public void An_exemption_counts_where_it_is_in_force_on_the_norm_s_date()
    {
        var (e, made) = (_trees.YesNo("e"), _trees.Field("made", TypeSymbol.Date));
        var other = new BoundTrees(until: DayOf("2026-12-31"));
        var exemption = _trees.Exemption("x", e, windows: [Window("2026-03-01")], module: other.Module);
        var norm = _trees.Norm("n", asOf: made, exemptions: [exemption]);
        Check("exempt ()", norm, Record((e, IsYes), (made, DateOf("2026-12-31"))));
        Check("required ()", norm, Record((e, IsYes), (made, DateOf("2027-01-01"))));
        Check("required ()", norm, Record((made, DateOf("2026-02-28"))));
        Check("exempt or required (made)", norm, Record((e, IsYes)));
        Check("exempt or required (e)", norm, Record((made, DateOf("2026-03-01"))));
        var (symbol, holds) = Assert.Single(_trees.Evaluate(Record((made, DateOf("2026-03-01")))).Outcomes[norm].Exemptions);
        Assert.Same(exemption, symbol);
        Assert.True(holds.IsOpen);
    }

    [Fact]
    public void A_status_test_asks_whether_the_outcome_lies_among_some_statuses()
    {
        var (a, s) = (_trees.YesNo("a"), _trees.YesNo("s"));
        var first = _trees.Norm("first", a, fulfilled: s);
        var second = _trees.Norm("second", StatusTest(first, Outcome.NotApplicable | Outcome.Fulfilled));
        Check("not_applicable or required (a s)", second, Record());
        Check("required ()", second, Record((a, IsNo)));
        Check("required ()", second, Record((s, IsYes)));
        Check("not_applicable ()", second, Record((a, IsYes), (s, IsNo)));
        Check("not_applicable or required (s)", second, Record((a, IsYes)));
    }

    [Theory]
    [InlineData("2025-12-31", "2026-03-01")]
    [InlineData("2026-02-28", "2026-03-01")]
    [InlineData("2026-03-01", "2027-03-01")]
    [InlineData("2027-03-01", null)]
    public void A_norm_not_yet_in_force_says_from_when_it_applies(string day, string? expected)
    {
        var w = _trees.YesNo("w");
        var norm = _trees.Norm("n", windows: [Window("2027-03-01"), Window("2026-03-01", where: w)]);
        Assert.Equal(expected, AppliesFrom(norm, Record(day)));
        Assert.Equal(day == "2027-03-01" ? null : "2027-03-01", AppliesFrom(norm, Record(day, (w, IsNo))));
    }

    [Fact]
    public void A_norm_says_no_day_where_it_does_not_apply_or_is_judged_by_another_date()
    {
        var (a, sold) = (_trees.YesNo("a"), _trees.Field("sold", TypeSymbol.Date));
        var norm = _trees.Norm("n", a, windows: [Window("2027-03-01")]);
        Assert.Equal("2027-03-01", AppliesFrom(norm, Record("2026-01-01")));
        Assert.Null(AppliesFrom(norm, Record("2026-01-01", (a, IsNo))));
        Assert.Null(AppliesFrom(norm, Record((a, IsYes))));
        var other = _trees.Norm("o", a, asOf: sold, windows: [Window("2027-03-01")]);
        Assert.Null(AppliesFrom(other, Record("2026-01-01", (a, IsYes), (sold, DateOf("2026-01-01")))));
    }

    [Fact]
    public void A_ruleset_s_first_day_holds_its_norms_back()
    {
        var trees = new BoundTrees(from: DayOf("2027-01-01"));
        var always = trees.Norm("always");
        var line = trees.Norm("line", windows: [Window("2026-01-01"), Window("2028-01-01")]);
        var over = trees.Norm("over", windows: [Window("2026-01-01", "2026-12-31"), Window("2028-01-01")]);
        Assert.Equal("2028-01-01", AppliesFrom(over, Record("2025-06-01"), trees));
        Assert.Equal("2027-01-01", AppliesFrom(always, Record("2025-06-01"), trees));
        Assert.Equal("2027-01-01", AppliesFrom(line, Record("2025-06-01"), trees));
    }

    private string? AppliesFrom(NormSymbol norm, ReferenceRecord record, BoundTrees? trees = null) =>
        (trees ?? _trees).Evaluate(record).Outcomes[norm].AppliesFrom is { } day ? CivilDate.Format(day) : null;

    private void Check(string expected, NormSymbol norm, ReferenceRecord record) =>
        Assert.Equal(expected, Answer(_trees.Evaluate(record), norm));

    private static string Answer(ReferenceEvaluator evaluator, NormSymbol norm)
    {
        var outcome = evaluator.Outcomes[norm];
        return $"{outcome.Statuses.Name(norm.IsOption ? NormKind.Option : NormKind.Obligation)} ({Names(outcome.Missing)})";
    }
}
