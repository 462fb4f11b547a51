using System.Collections.Immutable;
using System.Text;

namespace CccRules.Compiler.Syntax.Nodes;

/// <summary>One name, plain or in backticks. A keyword with a meaning in one place only may be a name elsewhere.</summary>
public sealed class NameSyntax : SyntaxNode
{
    internal NameSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.Name, children)
    {
    }

    public SyntaxToken Identifier => (SyntaxToken)Children[0];

    /// <summary>The name without backticks; empty where it is missing.</summary>
    public string Text => Identifier.Kind == SyntaxKind.QuotedIdentifierToken && Identifier.Text.Length >= 2
        ? Identifier.Text[1..^1]
        : Identifier.Text;
}

/// <summary>A name, after the names of the modules it stands in: <c>cn.ccc.ccc_certificate</c>.</summary>
public sealed class QualifiedNameSyntax : SyntaxNode
{
    internal QualifiedNameSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.QualifiedName, children)
    {
    }

    public IEnumerable<NameSyntax> Parts => Nodes<NameSyntax>();

    /// <summary>The parts with dots between them.</summary>
    public string Text => string.Join('.', Parts.Select(part => part.Text));
}

/// <summary>A title in quotes with its translations: <c>"Power banks" zh "移动电源"</c>.</summary>
public sealed class TitleSyntax : SyntaxNode
{
    internal TitleSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.Title, children)
    {
    }

    public string Text => Children.OfType<SyntaxToken>().First().StringValue();

    public IEnumerable<TranslationSyntax> Translations => Nodes<TranslationSyntax>();
}

/// <summary>A title in another language: its tag and the text.</summary>
public sealed class TranslationSyntax : SyntaxNode
{
    internal TranslationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.Translation, children)
    {
    }

    public string Language => ((SyntaxToken)Children[0]).Text;

    public string Text => ((SyntaxToken)Children[^1]).StringValue();
}

/// <summary>Reads what quoted texts say.</summary>
public static class StringTokens
{
    /// <summary>
    /// The text between the quotes. Escapes: <c>\"</c>, <c>\\</c>, <c>\n</c>, <c>\t</c> and <c>\u{…}</c> with one to six
    /// hexadecimal digits. An unknown escape stands for itself; the parser reports it.
    /// </summary>
    public static string StringValue(this SyntaxToken token)
    {
        var text = token.Text;
        if (text.Length == 0 || text[0] != '"')
        {
            return text;
        }

        var end = token.Kind == SyntaxKind.StringToken ? text.Length - 1 : text.Length;
        var value = new StringBuilder(end);
        for (var i = 1; i < end; i++)
        {
            if (text[i] != '\\' || i + 1 >= end)
            {
                value.Append(text[i]);
                continue;
            }

            i++;
            switch (text[i])
            {
                case 'n':
                    value.Append('\n');
                    break;
                case 't':
                    value.Append('\t');
                    break;
                case 'u' when TryReadCodePoint(text, i + 1, end, out var rune, out var next):
                    value.Append(rune.ToString());
                    i = next - 1;
                    break;
                default:
                    value.Append(text[i]);
                    break;
            }
        }

        return value.ToString();
    }

    /// <summary>Position in the token of the first escape that means nothing; -1 where all are known.</summary>
    public static int UnknownEscape(this SyntaxToken token)
    {
        var text = token.Text;
        for (var i = 1; i + 1 < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                continue;
            }

            if (text[i + 1] == 'u' ? !TryReadCodePoint(text, i + 2, text.Length, out _, out _) : !"\"\\nt".Contains(text[i + 1], StringComparison.Ordinal))
            {
                return i;
            }

            i++;
        }

        return -1;
    }

    private static bool TryReadCodePoint(string text, int start, int end, out Rune rune, out int next)
    {
        rune = default;
        next = start;
        if (start >= end || text[start] != '{')
        {
            return false;
        }

        var close = text.IndexOf('}', start, end - start);
        if (close < 0 || close - start is < 2 or > 7)
        {
            return false;
        }

        next = close + 1;
        return int.TryParse(text.AsSpan(start + 1, close - start - 1), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var point)
            && Rune.TryCreate(point, out rune);
    }
}
