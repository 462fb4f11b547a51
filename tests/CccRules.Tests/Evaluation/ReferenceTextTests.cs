using CccRules.Compiler;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Syntax;

namespace CccRules.Tests.Evaluation;

/// <summary>What conditions mean as they are written: each is the condition of a category that a scenario asks about.</summary>
public sealed class ReferenceTextTests
{
    private const string Rules =
        """
        ruleset test "Test"
        months round down
        record r
          a, b    : yes/no
          n, m    : integer
          power   : decimal W
          price   : money CNY
          bought, sold : date or none
          lasts   : duration months
          kind    : one of (toy, tool, drone)
          traits  : set of (radio, mains, battery)
          origin  : country
          label   : text
          code    : hs or none
        parameter limit : integer as 10 from 2005-01-01 as 50 from 2019-07-01
        define double as n * 2
        define later as bought + lasts + 1 days
        define grade as 1 when a as 2 when b as 3 otherwise

        """;

    [Theory]
    [InlineData("power > 1 kW", "power 1000.5 W", "yes")]
    [InlineData("power > 1 kW", "power 1 kW", "no")]
    [InlineData("price / 3 = 0.1 CNY", "price 0.3 CNY", "yes")]
    [InlineData("double between 3 and 5", "n 2", "yes")]
    [InlineData("double between 5 and 7", "n 2", "no")]
    [InlineData("n + m * 2 <= 7", "n 1, m 3", "yes")]
    [InlineData("n - n + m = 1", "m 1", "open: n")]
    [InlineData("n in (1, m)", "n 1", "yes")]
    [InlineData("n not in (1, m)", "n 2", "open: m")]
    [InlineData("5 between n and m", "n 6, m 9", "no")]
    [InlineData("5 between n and m", "n 1, m 9", "yes")]
    [InlineData("5 in (n, m)", "n 6, m 9", "no")]
    [InlineData("5 in (n, m)", "n 6, m 5", "yes")]
    [InlineData("n < limit", "n 10 / as of 2019-06-30", "no")]
    [InlineData("n < limit", "n 10 / as of 2019-07-01", "yes")]
    [InlineData("n < limit", "n 10", "open: ")]
    [InlineData("n < limit at sold", "n 10, sold 2019-07-01", "yes")]
    [InlineData("n < limit at sold", "n 10, sold none", "no")]
    [InlineData("limit at sold is none", "sold 2004-12-31", "yes")]
    [InlineData("later = 2027-03-01", "bought 2026-08-31, lasts 6 months", "yes")]
    [InlineData("later is none", "bought none, lasts 6 months", "yes")]
    [InlineData("later is none", "bought none", "open: lasts")]
    [InlineData("sold - 3 months >= bought", "sold 2026-05-31, bought 2026-02-28", "yes")]
    [InlineData("months between bought and sold >= 6", "bought 2026-01-31, sold 2026-07-30", "no")]
    [InlineData("days between bought and sold = -1", "bought 2026-03-01, sold 2026-02-28", "yes")]
    [InlineData("year of sold = 2026", "sold 2026-12-31", "yes")]
    [InlineData("latest (bought, sold) = 2026-03-01", "bought none, sold 2026-03-01", "yes")]
    [InlineData("sold is not none", "sold none", "no")]
    [InlineData("sold <> 2026-03-01", "sold none", "yes")]
    [InlineData("sold < 2026-03-01 or sold >= 2026-03-01", "sold none", "no")]
    [InlineData("kind is drone", "kind tool", "no")]
    [InlineData("kind in (toy, tool)", "kind tool", "yes")]
    [InlineData("traits has any of (radio, mains)", "traits (mains, battery)", "yes")]
    [InlineData("traits has all of (radio, mains)", "traits (mains, battery)", "no")]
    [InlineData("traits has battery", "traits ()", "no")]
    [InlineData("origin in (CN, DE)", "origin DE", "yes")]
    [InlineData("label matches \"^CCC\"", "label \"CCC-1\"", "yes")]
    [InlineData("code under (8507.60, 8501.10 to 8501.64) except 8501.40", "code 8501.40", "no")]
    [InlineData("code under (8507.60, 8501.10 to 8501.64) except 8501.40", "code 8501", "open: code")]
    [InlineData("code under (8507.60, 8501.10 to 8501.64) except 8501.40", "code 8501.53.00.10", "yes")]
    [InlineData("code not under 8507", "code none", "yes")]
    [InlineData("code is none", "code 85", "no")]
    [InlineData("grade = 2", "a no, b yes", "yes")]
    [InlineData("grade < 3", "a yes", "yes")]
    [InlineData("grade = 3", "b no", "open: a")]
    [InlineData("at least 2 of (a, b, n > 1)", "a yes, n 1", "open: b")]
    [InlineData("a and (b or n > 1)", "a yes, b yes", "yes")]
    [InlineData("a = b", "a yes, b no", "no")]
    [InlineData("a = b", "a yes", "open: b")]
    public void A_condition_means_what_it_says(string condition, string given, string expected)
    {
        var parts = given.Split(" / ");
        var text = $"{Rules}category c when {condition}\nscenario \"s\" given {parts[0]} {string.Concat(parts.Skip(1))} expect c open";
        var compilation = Compilation.Create(SyntaxTree.Parse(text, "test.ccc"));
        Assert.False(compilation.HasErrors, string.Join('\n', compilation.Diagnostics.Select(diagnostic => $"{diagnostic.Location} {diagnostic.Message}")));
        var scenario = Assert.Single(compilation.Bound.Scenarios);
        var record = ScenarioRunner.RecordOf(scenario);
        var category = Assert.Single(ReferenceEvaluator.Evaluate(compilation.Bound, record).Categories).Value;
        var missing = BoundTrees.Names(category.Missing.Where(fact => fact.Symbol is not null));
        Assert.Equal(expected, category.IsOpen ? $"open: {missing}" : category.CanBeTrue ? "yes" : "no");
    }
}
