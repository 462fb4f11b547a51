using CccRules.Compiler;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Rulesets;

/// <summary>The rulesets that come with the compiler compile clean, hold their scenarios and cite their sources.</summary>
public sealed class ShippedRulesetsTests
{
    [Fact]
    public void China_compiles_without_a_word() =>
        Assert.Empty(ShippedRulesets.Cn.Diagnostics.Select(diagnostic => $"{diagnostic.Location.Text.Path}: {diagnostic.Id} {diagnostic.Message}"));

    [Fact]
    public void All_countries_together_compile_without_a_word() =>
        Assert.Empty(ShippedRulesets.All.Diagnostics.Select(diagnostic => $"{diagnostic.Location.Text.Path}: {diagnostic.Id} {diagnostic.Message}"));

    [Fact]
    public void All_countries_hold_their_scenarios_by_the_reference_evaluator() =>
        Assert.Empty(Failures(new ReferenceScenarioEngine()));

    [Fact]
    public void All_countries_hold_their_scenarios_compiled() =>
        Assert.Empty(Failures(new CompiledScenarioEngine()));

    // A ruleset without scenarios beside the rules would pass every other test.
    [Theory]
    [InlineData("cn.ccc.", 300)]
    [InlineData("cn.other.", 40)]
    [InlineData("cn.voluntary.", 25)]
    [InlineData("eu.", 8)]
    public void Each_scheme_has_scenarios(string prefix, int atLeast) =>
        Assert.True(ShippedRulesets.All.Bound.Scenarios.Count(scenario => scenario.Scenario.QualifiedName.StartsWith(prefix, StringComparison.Ordinal)) >= atLeast);

    // An announcement is a dated entry: by what was known the day before it, the law of before holds.
    [Fact]
    public void The_announcement_of_2025_on_self_declaration_is_cited_alone_by_what_it_changed() =>
        Assert.Contains(
            ShippedRulesets.Cn.Bound.Declarations.Select(declaration => declaration.Symbol),
            symbol => symbol.Name == "returns_in_2027" && symbol.Citations.All(citation => citation.Source.Name == "samr_57_2025"));

    [Theory]
    [InlineData("2026-02-28")]
    [InlineData("2026-03-01")]
    [InlineData("2027-02-28")]
    [InlineData("2027-03-01")]
    public void The_boundary_days_of_the_pilot_have_scenarios(string day) =>
        Assert.Contains(day, Repository.Read("rulesets/cn/ccc/qr_pilot_scenarios.ccc"), StringComparison.Ordinal);

    [Fact]
    public void Every_norm_question_category_and_parameter_cites_a_source()
    {
        var bound = ShippedRulesets.All.Bound;
        var cited = bound.Declarations.Select(declaration => declaration.Symbol).Concat(bound.Questions).Distinct().ToArray();
        Assert.NotEmpty(cited.OfType<NormSymbol>());
        Assert.Empty(cited.Where(symbol => symbol.Citations.IsEmpty).Select(symbol => symbol.QualifiedName));
    }

    [Fact]
    public void A_day_moved_in_the_pilot_breaks_a_scenario()
    {
        var trees = ShippedRulesets.Files("rulesets/cn/");
        var moved = trees.Select(tree => tree.Text.Path.EndsWith("/qr_pilot.ccc", StringComparison.Ordinal)
            ? SyntaxTree.Parse(SourceText.From(tree.Text.Path, tree.Text.Content.Replace("date as 2027-03-01", "date as 2027-03-02", StringComparison.Ordinal)))
            : tree);
        var compilation = ShippedRulesets.Compile(moved);
        Assert.Empty(compilation.Diagnostics);
        Assert.Contains(
            new ScenarioRunner(compilation.Bound, new ReferenceScenarioEngine()).RunAll(),
            result => !result.IsPassed);
    }

    private static IEnumerable<string> Failures(IScenarioEngine engine) =>
        from result in new ScenarioRunner(ShippedRulesets.All.Bound, engine).RunAll()
        where !result.IsPassed
        from expectation in result.Expectations
        where !expectation.IsPassed
        select $"{result.Scenario.Scenario.QualifiedName}: {expectation}";
}
