using System.Globalization;
using System.Text;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Compiler.Syntax;

/// <summary>
/// Tokens and trees as text, one piece a line: its place, its kind, what is written. The same tree gives the same text.
/// </summary>
internal static class SyntaxPrinter
{
    /// <summary>Every token after the trivia before it, which is marked by <c>~</c>.</summary>
    public static string PrintTokens(SyntaxTree tree)
    {
        var text = new StringBuilder();
        foreach (var token in tree.Tokens)
        {
            foreach (var trivia in token.LeadingTrivia)
            {
                text.Append(CultureInfo.InvariantCulture, $"{tree.Text.GetLinePosition(trivia.Span.Start)} ~ {trivia.Kind}{Written(trivia.Text)}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{tree.Text.GetLinePosition(token.Span.Start)} {token.Kind}{Written(token.Text)}\n");
        }

        return text.ToString();
    }

    /// <summary>Nodes and tokens, each a step further in than what it is a part of.</summary>
    public static string PrintTree(SyntaxTree tree)
    {
        var text = new StringBuilder();
        Print(tree.Root, 0, text);
        return text.ToString();
    }

    private static void Print(SyntaxElement element, int depth, StringBuilder text)
    {
        text.Append(' ', 2 * depth);
        switch (element)
        {
            case SyntaxToken token:
                text.Append(CultureInfo.InvariantCulture, $"{token.Kind}{(token.IsMissing ? " missing" : Written(token.Text))}\n");
                break;
            case SyntaxNode node:
                text.Append(CultureInfo.InvariantCulture, $"{node.Kind} {node.Span}\n");
                foreach (var child in node.Children)
                {
                    Print(child, depth + 1, text);
                }

                break;
        }
    }

    /// <summary>On one line, whatever is written.</summary>
    private static string Written(string text) => text.Length == 0 ? "" : $" `{DisplayText.Escape(text)}`";
}
