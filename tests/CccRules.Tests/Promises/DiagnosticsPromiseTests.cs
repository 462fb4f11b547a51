using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Tests.Promises;

/// <summary>Diagnostics are in order, each once, inside their file, and the same whenever the text is.</summary>
public sealed class DiagnosticsPromiseTests
{
    public static TheoryData<string> Origins => PromisedRules.Origins;

    [Theory]
    [MemberData(nameof(Origins))]
    public void Diagnostics_are_sorted_unique_and_inside_their_file(string origin) =>
        Assert.All(PromisedRules.Of(origin), rules => Assert.Null(FirstFault(rules.Compilation)));

    [Theory]
    [MemberData(nameof(Origins))]
    public void A_fresh_compilation_finds_the_same(string origin) =>
        Assert.All(PromisedRules.Of(origin), rules =>
            Assert.Equal(rules.Compilation.Diagnostics.AsEnumerable(), rules.CompileAfresh().Diagnostics));

    [Theory]
    [MemberData(nameof(Origins))]
    public void The_order_of_the_files_does_not_matter(string origin) =>
        Assert.All(PromisedRules.Of(origin).Where(rules => rules.Files.Length > 1), rules =>
            Assert.Equal(
                DiagnosticRenderer.Render(rules.Compilation.Diagnostics),
                DiagnosticRenderer.Render(Compilation.Create(rules.Compilation.SyntaxTrees.Reverse(), rules.Compilation.Options).Diagnostics)));

    [Theory]
    [MemberData(nameof(Origins))]
    public void Each_renders_without_a_character_that_steers_a_terminal(string origin) =>
        Assert.All(PromisedRules.Of(origin), rules =>
            Assert.DoesNotContain(DiagnosticRenderer.Render(rules.Compilation.Diagnostics), character => char.IsControl(character) && character != '\n'));

    /// <summary>What is wrong with the diagnostics of a compilation as a list; null: nothing.</summary>
    internal static string? FirstFault(Compilation compilation)
    {
        var diagnostics = compilation.Diagnostics;
        for (var i = 0; i < diagnostics.Length; i++)
        {
            var at = diagnostics[i].Location;
            if ((compilation.SyntaxTrees.All(tree => tree.Text != at.Text) && compilation.Options.Files.All(file => file.Path != at.Path)) || at.Span.End > at.Text.Length)
            {
                return $"outside the files: {diagnostics[i]}";
            }

            if (i > 0 && Diagnostic.Order.Compare(diagnostics[i - 1], diagnostics[i]) > 0)
            {
                return $"out of order: {diagnostics[i - 1]} and {diagnostics[i]}";
            }

            if (i > 0 && (diagnostics[i - 1].Id, diagnostics[i - 1].Location, diagnostics[i - 1].Message) == (diagnostics[i].Id, at, diagnostics[i].Message))
            {
                return $"twice: {diagnostics[i]}";
            }
        }

        return null;
    }
}
