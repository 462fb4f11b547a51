using System.Text.RegularExpressions;

namespace CccRules.Tests.Architecture;

/// <summary>The parts of a Markdown file that can be checked: fences, words in backticks, links.</summary>
internal static partial class Markdown
{
    /// <summary>The fences that start with a word such as <c>ccc</c>: what stands after the backticks, the line of the first line inside, and the text.</summary>
    public static IEnumerable<(string Info, int Line, string Text)> Fences(string markdown, string word) =>
        from text in new[] { markdown.ReplaceLineEndings("\n") }
        from Match fence in Fence().Matches(text)
        where fence.Groups["info"].Value.Split(' ')[0] == word
        let inside = fence.Groups["text"]
        select (fence.Groups["info"].Value, LineAt(text, inside.Index), inside.Value);

    /// <summary>What stands in single backticks outside fences.</summary>
    public static IEnumerable<string> CodeWords(string markdown) =>
        from Match match in CodeWord().Matches(WithoutFences(markdown))
        select match.Groups["text"].Value;

    /// <summary>Where links outside fences lead, without the part after <c>#</c>.</summary>
    public static IEnumerable<string> LinkTargets(string markdown) =>
        from Match match in Link().Matches(WithoutFences(markdown))
        select match.Groups["target"].Value.Split('#')[0];

    private static string WithoutFences(string markdown) => Fence().Replace(markdown.ReplaceLineEndings("\n"), string.Empty);

    private static int LineAt(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex(@"^```(?<info>[^\n`]*)\n(?<text>.*?)^```[ \t]*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("(?<!`)`(?<text>[^`\n]+)`(?!`)")]
    private static partial Regex CodeWord();

    [GeneratedRegex(@"\]\((?<target>[^)\s]*)\)")]
    private static partial Regex Link();
}
