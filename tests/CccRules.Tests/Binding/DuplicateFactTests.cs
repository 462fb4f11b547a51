using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Syntax;

namespace CccRules.Tests.Binding;

/// <summary>A record tells its facts apart by name, whatever module declares them.</summary>
public sealed class DuplicateFactTests
{
    private const string Base = "ruleset a \"A\"\nrecord r\n  weight : integer\nquestion open \"Open?\"";

    [Theory]
    [InlineData("extend r\n  height : integer\n  weight : integer", "weight")]
    [InlineData("question weight \"Heavy?\"", "weight")]
    [InlineData("extend r\n  open : yes/no", "open")]
    [InlineData("question open \"Still open?\"", "open")]
    public void A_fact_with_the_name_of_another_modules_fact_is_reported(string declaration, string name)
    {
        var diagnostic = Assert.Single(Errors(Compile(Base, $"ruleset b \"B\"\nuse a\n{declaration}")));
        Assert.Equal(("CCC2010", "b.ccc", name), (diagnostic.Id, diagnostic.Location.Path, diagnostic.Location.SpanText));
        var label = Assert.Single(diagnostic.Labels);
        Assert.Equal(("a.ccc", name), (label.Location.Path, label.Location.SpanText));
    }

    [Fact]
    public void The_second_is_found_by_the_modules_names_and_not_by_the_order_of_the_files()
    {
        var other = "ruleset b \"B\"\nuse a\nextend r\n  weight : integer";
        var diagnostics = Errors(Compilation.Create(SyntaxTree.Parse(other, "1.ccc"), SyntaxTree.Parse(Base, "2.ccc")));
        Assert.Equal("1.ccc", Assert.Single(diagnostics).Location.Path);
    }

    [Fact]
    public void One_module_reports_a_repeated_name_once() =>
        Assert.Single(Errors(Compile($"{Base}\nextend r\n  weight : integer", "ruleset b \"B\"")));

    [Fact]
    public void Definitions_of_two_modules_may_share_a_name_and_so_may_a_fact_and_a_definition() =>
        Assert.Empty(Errors(Compile($"{Base}\ndefine heavy as weight > 5", "ruleset b \"B\"\nuse a\ndefine heavy as weight > 6\ndefine open as weight > 7")));

    private static Compilation Compile(string first, string second) =>
        Compilation.Create(SyntaxTree.Parse(first, "a.ccc"), SyntaxTree.Parse(second, "b.ccc"));

    private static IEnumerable<Diagnostic> Errors(Compilation compilation) =>
        compilation.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
