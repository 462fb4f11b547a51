using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Syntax;

namespace CccRules.Tests.Suites;

/// <summary>Texts of a size or depth that kills a parser: each ends in a tree and a message, on a small stack too.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("(", ")")]
    [InlineData("(", "")]
    [InlineData("not ", "")]
    [InlineData("- ", "")]
    [InlineData("not (", ")")]
    public void Depth_is_counted_before_the_parser_sees_it(string open, string close)
    {
        foreach (var depth in new[] { 101, 1_000, 100_000 })
        {
            var text = "category c when " + string.Concat(Enumerable.Repeat(open, depth)) + "a" + string.Concat(Enumerable.Repeat(close, depth));
            Assert.Equal(["CCC1201"], OnSmallStack(() => SyntaxTree.Parse(text)).Diagnostics.Select(diagnostic => diagnostic.Id));
        }
    }

    [Fact]
    public void The_deepest_text_that_is_allowed_parses_on_a_small_stack()
    {
        var text = "category c when " + new string('(', 100) + "a" + new string(')', 100);
        Assert.Empty(OnSmallStack(() => SyntaxTree.Parse(text)).Diagnostics);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    [InlineData(20_000)]
    public void A_circle_of_any_length_is_one_message(int length)
    {
        var rules = "record r\n a : yes/no\n"
            + string.Concat(Enumerable.Range(0, length).Select(i => $"define d{i} as d{(i + 1) % length} and a\n"))
            + "category c when d0 and a\n";
        var compilation = OnSmallStack(() =>
        {
            var compiled = Compilation.Create(SyntaxTree.Parse(rules));
            _ = compiled.Diagnostics;
            return compiled;
        });
        var error = Assert.Single(compilation.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal("CCC2040", error.Id);
        Assert.InRange(error.Message.Length, 10, 300);
    }

    [Fact]
    public void Definitions_that_double_forty_times_stay_small()
    {
        var rules = "record r\n a, b : yes/no\ndefine d0 as a or b\n"
            + string.Concat(Enumerable.Range(1, 40).Select(i => $"define d{i} as (d{i - 1} and a) or (d{i - 1} and b)\n"))
            + "category c when d40\n";
        var compilation = Compilation.Create(SyntaxTree.Parse(rules));
        Assert.False(compilation.HasErrors);
        Assert.InRange(compilation.Ir.Logic.Length, 40, 200);
    }

    private static T OnSmallStack<T>(Func<T> run)
    {
        T? result = default;
        var thread = new Thread(() => result = run(), 512 * 1024);
        thread.Start();
        thread.Join();
        return result ?? throw new InvalidOperationException();
    }
}
