using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Syntax.Parsing;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Syntax;

/// <summary>What the grammar lets through so that its message can be better: mixed and chained operators, escapes, lengths, hidden characters.</summary>
internal static class SyntaxChecks
{
    public static void Check(SourceText text, CompilationUnitSyntax root, ParseLimits limits, DiagnosticBag bag)
    {
        CheckCharacters(text, bag);
        foreach (var token in root.DescendantTokens())
        {
            CheckToken(text, token, limits, bag);
        }

        foreach (var node in root.DescendantNodes())
        {
            switch (node)
            {
                case OrExpressionSyntax either when either.Node<AndExpressionSyntax>() is { } inner:
                    bag.Add(SyntaxDiagnostics.MixedAndOr(text.GetLocation(inner.Span), inner.Span));
                    break;
                case ComparisonExpressionSyntax comparison when comparison.Tails.Skip(1).FirstOrDefault() is { } second:
                    bag.Add(SyntaxDiagnostics.ChainedComparison(text.GetLocation(second.Span)));
                    break;
            }
        }
    }

    /// <summary>
    /// Controls that reorder text on a screen (Trojan Source, CVE-2021-42574), that cannot be seen, that are half a
    /// character, or that no text should hold.
    /// </summary>
    public static bool IsHidden(int codePoint) => codePoint switch
    {
        '\t' or '\n' or '\r' => false,
        < 0x20 or 0x7F => true,
        >= 0x80 and <= 0x9F => true,
        0xAD or 0x61C or 0x180E => true,
        >= 0x200B and <= 0x200F => true,
        >= 0x2028 and <= 0x202E => true,
        >= 0x2060 and <= 0x206F => true,
        >= 0xD800 and <= 0xDFFF => true,
        0xFEFF or 0xFFFE or 0xFFFF => true,
        >= 0xFFF9 and <= 0xFFFB => true,
        >= 0xE0000 and <= 0xE007F => true,
        _ => false,
    };

    private static void CheckCharacters(SourceText text, DiagnosticBag bag)
    {
        var content = text.Content;
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] is >= ' ' and < '\u007F')
            {
                continue;
            }

            var pair = char.IsHighSurrogate(content[i]) && i + 1 < content.Length && char.IsLowSurrogate(content[i + 1]);
            var codePoint = pair ? char.ConvertToUtf32(content[i], content[i + 1]) : content[i];
            if (IsHidden(codePoint))
            {
                bag.Add(SyntaxDiagnostics.HiddenCharacter(text.GetLocation(new TextSpan(i, pair ? 2 : 1)), codePoint));
            }

            i += pair ? 1 : 0;
        }
    }

    private static void CheckToken(SourceText text, SyntaxToken token, ParseLimits limits, DiagnosticBag bag)
    {
        var (what, limit) = token.Kind switch
        {
            SyntaxKind.IdentifierToken or SyntaxKind.QuotedIdentifierToken => ("a name", limits.NameLength),
            SyntaxKind.StringToken => ("a text", limits.TextLength),
            SyntaxKind.IntegerToken or SyntaxKind.DecimalToken or SyntaxKind.HsCodeToken => ("a number", limits.Digits),
            _ => ("", int.MaxValue),
        };
        if (token.Text.Length > limit && (what != "a number" || token.Text.Count(char.IsAsciiDigit) > limit))
        {
            bag.Add(SyntaxDiagnostics.TooLong(text.GetLocation(token.Span), what, limit, what == "a number" ? "digits" : "characters"));
        }
        else if (token.Kind == SyntaxKind.StringToken && token.UnknownEscape() is >= 0 and var escape)
        {
            var length = Math.Min(char.IsHighSurrogate(token.Text[escape + 1]) ? 3 : 2, token.Text.Length - escape);
            bag.Add(SyntaxDiagnostics.UnknownEscape(text.GetLocation(new TextSpan(token.Span.Start + escape, length))));
        }
    }
}
