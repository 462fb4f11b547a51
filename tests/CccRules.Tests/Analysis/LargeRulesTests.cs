using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Syntax;

namespace CccRules.Tests.Analysis;

/// <summary>Rules of ten thousand parts are analysed like small ones: these end, and say the same.</summary>
public sealed class LargeRulesTests
{
    private const int Count = 10_000;
    private const string Facts = "ruleset test \"Test\"\nrecord r\n  n : integer\n  t : text\n  d : date\n  a : yes/no\n";

    [Theory]
    [InlineData(" and ", "n <> {0}", "n = 7", "CCC4002")]
    [InlineData(" and ", "n <> {0}", "n = 10001", "")]
    [InlineData(" or ", "n = {0}", "n <> 7", "CCC4003")]
    [InlineData(" or ", "t = \"{0}\"", "t <> \"7\"", "CCC4003")]
    [InlineData(" and ", "t <> \"{0}\"", "t = \"10001\"", "")]
    public void Ten_thousand_operands_are_looked_at_together(string separator, string operand, string last, string expected)
    {
        var operands = Enumerable.Range(0, Count).Select(i => string.Format(operand, i)).Append(last);
        Assert.Equal(expected, Report($"{Facts}category c when {string.Join(separator, operands)}"));
    }

    [Fact]
    public void Ten_thousand_items_of_a_list_are_looked_at_together() =>
        Assert.Equal("CCC4002", Report($"{Facts}category c when n in ({string.Join(", ", Enumerable.Range(0, Count))}) and n > {Count}"));

    [Fact]
    public void Ten_thousand_guards_are_looked_at_one_by_one()
    {
        var values = Enumerable.Range(0, Count).Select(i => $"as {i} when n = {i * 7 % Count}\n");
        Assert.Equal("", Report($"{Facts}define x {string.Concat(values)}as 1 otherwise"));
        Assert.Equal("CCC4004", Report($"{Facts}define x {string.Concat(values)}as 1 when n = 6 as 2 otherwise"));
        var conditions = Enumerable.Range(0, Count).Select(i => $"as {(i % 2 == 0 ? "yes" : "no")} when n = {i * 3}\n");
        Assert.Equal("", Report($"{Facts}define x {string.Concat(conditions)}as a otherwise"));
    }

    [Theory]
    [InlineData("a", "define x{0} as x{1}", "not a", "CCC4002")]
    [InlineData("n > 5", "define x{0} as x{1} and n > 5", "n < 5", "CCC4002")]
    [InlineData("n = 0", "define x{0} as x{1} or n = {0}", "n < 0", "CCC4002")]
    [InlineData("n = 0", "category x{0} when x{1} or n = {0} * 2", "n = 7", "")]
    [InlineData("n = 0", "define x{0} as a when n = {0} as x{1} otherwise", "n < 0", "")]
    public void Ten_thousand_definitions_in_a_chain_are_followed(string first, string next, string last, string expected)
    {
        // The third keeps 10,000 adjacent numbers: one interval. The others pile up beyond what is followed, or never do.
        var chain = Enumerable.Range(1, Count).Select(i => string.Format(next, i, i - 1) + "\n");
        Assert.Equal(expected, Report($"{Facts}define x0 as {first}\n{string.Concat(chain)}category c when x{Count} and {last}"));
    }

    [Fact]
    public void Ten_thousand_values_in_a_chain_are_followed_as_far_as_they_stay_simple()
    {
        var sums = Enumerable.Range(1, 3000).Select(i => $"define x{i} as x{i - 1} + 1\n");
        Assert.Equal("CCC4002", Report($"{Facts}define x0 as n\n{string.Concat(sums)}category c when x3000 = 3000 and n <> 0"));
        var moves = Enumerable.Range(1, Count).Select(i => $"define y{i} as y{i - 1} + 1 months\n");
        var text = $"{Facts.Replace("\"Test\"", "\"Test\" months round down", StringComparison.Ordinal)}define y0 as d\n{string.Concat(moves)}";
        Assert.Equal("CCC4002", Report($"{text}category c when y20 = 2026-09-20 and d > 2025-01-20"));
        Assert.Equal("", Report($"{text}category c when y{Count} = 2026-09-20 and d > 2025-01-20"));
    }

    private static string Report(string text) => string.Join(
        ' ', Compilation.Create(SyntaxTree.Parse(text, "test.ccc")).Diagnostics.Where(found => found.Severity != DiagnosticSeverity.Info).Select(found => found.Id));
}
