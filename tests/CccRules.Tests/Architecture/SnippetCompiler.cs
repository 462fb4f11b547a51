using System.Text;
using System.Text.RegularExpressions;
using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Files;
using CccRules.Compiler.Syntax;

namespace CccRules.Tests.Architecture;

/// <summary>Compiles rules that a document shows. Several files stand one after the other, each after a line <c>// file a/b.ccc</c>, or <c>// data b.csv</c> for one beside them.</summary>
internal static partial class SnippetCompiler
{
    private const string Fails = "fails";

    public static Compilation Compile(string place, string text)
    {
        var headings = FileHeading().Matches(text);
        if (headings.Count == 0)
        {
            return Compilation.Create(SyntaxTree.Parse(text, place));
        }

        var files = headings.Select((heading, index) => (
            IsData: heading.Groups["kind"].Value == "data",
            Path: heading.Groups["path"].Value,
            Text: text[(heading.Index + heading.Length)..(index + 1 < headings.Count ? headings[index + 1].Index : text.Length)])).ToList();

        // Files beside the rules lie where the rules do.
        var folder = $"{place}, ";
        return Compilation.Create(
            files.Where(file => !file.IsData).Select(file => SyntaxTree.Parse(file.Text, folder + file.Path)),
            CompilationOptions.Default with { Files = [.. files.Where(file => file.IsData).Select(file => new DataFile(DataFile.PathOf(folder, file.Path), Encoding.UTF8.GetBytes(file.Text)))] });
    }

    /// <summary>
    /// What is wrong with the rules: errors, warnings, and scenarios that fail; empty when nothing is. A fence marked
    /// <c>ccc fails CCC2040</c> must give that diagnostic instead, and nothing else but remarks.
    /// </summary>
    /// <param name="info">What stands after <c>```</c>.</param>
    public static IEnumerable<string> FindProblems(string place, string text, string info = "ccc")
    {
        var compilation = Compile(place, text);
        var expected = info.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["ccc", Fails, var id] ? id : null;
        if (expected is not null && compilation.Diagnostics.All(diagnostic => diagnostic.Id != expected))
        {
            yield return $"{place}: does not give {expected}";
        }

        foreach (var diagnostic in compilation.Diagnostics)
        {
            if (diagnostic.Severity != DiagnosticSeverity.Info && diagnostic.Id != expected)
            {
                yield return $"{diagnostic.Location}: {diagnostic.Id} {diagnostic.Message}";
            }
        }

        if (compilation.HasErrors)
        {
            yield break;
        }

        foreach (var scenario in new ScenarioRunner(compilation.Bound, new ReferenceScenarioEngine()).RunAll())
        {
            foreach (var failed in scenario.Expectations.Where(expectation => !expectation.IsPassed))
            {
                yield return $"{place}: \"{scenario.Scenario.Scenario.Name}\": {failed}";
            }
        }
    }

    [GeneratedRegex(@"^// (?<kind>file|data) (?<path>\S+)\n", RegexOptions.Multiline)]
    private static partial Regex FileHeading();
}
