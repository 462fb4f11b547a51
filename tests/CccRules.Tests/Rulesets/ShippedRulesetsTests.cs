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
    public void China_holds_its_scenarios_by_the_reference_evaluator() =>
        Assert.Empty(Failures(new ReferenceScenarioEngine()));

    [Fact]
    public void China_holds_its_scenarios_compiled() =>
        Assert.Empty(Failures(new CompiledScenarioEngine()));

    [Theory]
    [InlineData("2026-02-28")]
    [InlineData("2026-03-01")]
    [InlineData("2027-02-28")]
    [InlineData("2027-03-01")]
    public void The_boundary_days_of_the_pilot_have_scenarios(string day) =>
        Assert.Contains(day, Repository.Read("rulesets/cn/ccc/qr_pilot_scenarios.ccc"), StringComparison.Ordinal);

    [Fact]
    public void Every_norm_question_category_and_parameter_of_China_cites_a_source()
    {
        var bound = ShippedRulesets.Cn.Bound;
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
        from result in new ScenarioRunner(ShippedRulesets.Cn.Bound, engine).RunAll()
        where !result.IsPassed
        from expectation in result.Expectations
        where !expectation.IsPassed
        select $"{result.Scenario.Scenario.QualifiedName}: {expectation}";
}
