using System.Collections.Immutable;
using System.Text;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Cli.Documents;

/// <summary>Text in columns of a terminal, where a character takes one column, two, or none.</summary>
internal static class CellText
{
    public static int Width(string text)
    {
        var width = 0;
        for (var index = 0; index < text.Length;)
        {
            _ = DisplayText.Next(text.AsSpan(index), out var consumed, out var columns, out _);
            width += columns;
            index += consumed;
        }

        return width;
    }

    /// <summary>The text with spaces after it up to a width.</summary>
    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Width(text)));

    /// <summary>The text in lines that are no wider than a width: broken at spaces, and within a word where that alone is wider.</summary>
    /// <returns>At least one line.</returns>
    public static ImmutableArray<string> Wrap(string text, int width)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, width)))
        {
            var needed = Width(word);
            if (used > 0 && used + 1 + needed > width)
            {
                lines.Add(line.ToString());
                line.Clear();
                used = 0;
            }

            if (used > 0)
            {
                line.Append(' ');
                used++;
            }

            line.Append(word);
            used += needed;
        }

        lines.Add(line.ToString());
        return lines.ToImmutable();
    }

    private static IEnumerable<string> Pieces(string word, int width)
    {
        var start = 0;
        var used = 0;
        for (var index = 0; index < word.Length;)
        {
            _ = DisplayText.Next(word.AsSpan(index), out var consumed, out var columns, out _);
            if (used + columns > width && index > start)
            {
                yield return word[start..index];
                start = index;
                used = 0;
            }

            used += columns;
            index += consumed;
        }

        yield return word[start..];
    }
}
