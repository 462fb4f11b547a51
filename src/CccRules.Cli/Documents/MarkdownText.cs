using System.Text;

namespace CccRules.Cli.Documents;

/// <summary>Foreign text in Markdown: nothing in it is markup.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>()#+!|~&";

    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var letter in Screen.Escape(text))
        {
            if (Special.Contains(letter, StringComparison.Ordinal))
            {
                result.Append('\\');
            }

            result.Append(letter);
        }

        return result.ToString();
    }

    /// <summary>A table row.</summary>
    public static string Row(params IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";
}
