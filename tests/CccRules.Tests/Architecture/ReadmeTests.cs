using System.Text.RegularExpressions;

namespace CccRules.Tests.Architecture;

/// <summary>What the READMEs name is there, and the rules they show compile.</summary>
public sealed partial class ReadmeTests
{
    // Endings that make a word in backticks a file.
    private static readonly string[] FileEndings =
    [
        ".ccc", ".cs", ".csproj", ".csv", ".g4", ".json", ".jsonl", ".md", ".props", ".sh", ".sha256", ".sln", ".targets", ".txt",
    ];

    private static readonly string[] ReadmesWithRules = ["README.md", "grammar/README.md"];

    private static IEnumerable<string> Readmes => Repository.Files.Where(file => file.Split('/')[^1] == "README.md");

    [Fact]
    public void Every_path_that_a_README_names_exists()
    {
        Assert.NotEmpty(Readmes);
        Findings.AssertNone(
            from readme in Readmes
            from path in PathsIn(Repository.Read(readme))
            where !Exists(readme, path)
            select $"{readme}: {path}");
    }

    [Fact]
    public void Every_ruleset_that_a_README_shows_compiles()
    {
        var problems = from readme in ReadmesWithRules
                       where Repository.Files.Contains(readme)
                       from fence in Markdown.Fences(Repository.Read(readme), "ccc")
                       from problem in SnippetCompiler.FindProblems($"{readme}, line {fence.Line}", fence.Text, fence.Info)
                       select problem;
        Findings.AssertNone(problems);
    }

    [Fact]
    public void A_ruleset_that_does_not_compile_is_found()
    {
        Assert.NotEmpty(SnippetCompiler.FindProblems("sample", "ruleset a.b.c\nobligation obligation"));
        Assert.NotEmpty(SnippetCompiler.FindProblems("sample", "ruleset a.b.c", "ccc fails CCC1101"));
        Assert.NotEmpty(SnippetCompiler.FindProblems("sample", "category c when x", "ccc fails CCC1101"));
        Assert.NotEmpty(SnippetCompiler.FindProblems("sample", "record r a : yes/no\ncategory c when a\nscenario \"s\" given a yes expect c no"));
        Assert.NotEmpty(SnippetCompiler.FindProblems("sample", "// file a.ccc\nruleset a\n// file b.ccc\nruleset b\nuse c\n"));
    }

    [Fact]
    public void Rules_may_be_shown_with_their_error_and_in_several_files()
    {
        Assert.Empty(SnippetCompiler.FindProblems("sample", "category c when x", "ccc fails CCC2001"));
        Assert.Empty(SnippetCompiler.FindProblems("sample", "// file a.ccc\nruleset a\n// file b.ccc\nruleset b\nuse a\n"));
    }

    [Theory]
    [InlineData("See `src/Nowhere.cs`.", "src/Nowhere.cs")]
    [InlineData("See `nowhere/`.", "nowhere/")]
    [InlineData("See [it](nowhere.md#part).", "nowhere.md")]
    [InlineData("See `grammar/CccLexer.g4`, `.ci/run` and [them](tests/).", "grammar/CccLexer.g4", ".ci/run", "tests/")]
    [InlineData("`a and/or b`, `<file>.ccc`, `*.ccc`, `x/y`, `none`, [net](https://example.org/a.md), `classified.csv`", "classified.csv")]
    [InlineData("```sh\ncat `src/Nowhere.cs`\n```")]
    public void A_path_is_known_by_its_form(string markdown, params string[] expected) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), PathsIn(markdown).Order(StringComparer.Ordinal));

    [Fact]
    public void A_path_that_is_not_there_is_found()
    {
        Assert.False(Exists("README.md", "src/Nowhere.cs"));
        Assert.False(Exists("README.md", "nowhere/"));
        Assert.True(Exists("README.md", "src/"));
        Assert.True(Exists("tests/suites/README.md", "dates.csv"));
        Assert.True(Exists("README.md", "classified.csv"));
    }

    private static IEnumerable<string> PathsIn(string markdown) =>
        Markdown.CodeWords(markdown).Where(LooksLikePath)
            .Concat(Markdown.LinkTargets(markdown).Where(target => target.Length > 0 && !target.Contains(':')))
            .Distinct();

    // `x/y` alone may be anything, so it counts only with an ending, a closing slash or a folder that exists.
    private static bool LooksLikePath(string word) =>
        PathForm().IsMatch(word)
        && (word.EndsWith('/')
            || FileEndings.Contains(Path.GetExtension(word))
            || (word.Contains('/') && Directory.Exists(Repository.FullPath(word.Split('/')[0]))));

    /// <summary>Whether a path leads somewhere from the README or from the root, or is what a run leaves behind.</summary>
    private static bool Exists(string readme, string path)
    {
        var beside = Path.Combine(Path.GetDirectoryName(Repository.FullPath(readme))!, path);
        return Path.Exists(beside) || Path.Exists(Repository.FullPath(path)) || Repository.IsIgnored(path);
    }

    [GeneratedRegex(@"^[A-Za-z0-9._\-/]+$")]
    private static partial Regex PathForm();
}
