using System.Collections.Immutable;
using Antlr4.Runtime;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Syntax.Parsing.Generated;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Syntax.Parsing;

/// <summary>The tokens of a text with their places in it, before any parsing.</summary>
/// <param name="Tokens">All tokens, trivia included, the end of the file last.</param>
/// <param name="Spans">Where each token stands, in UTF-16 units (ANTLR counts code points).</param>
/// <param name="Depth">How deep the parser would go; -1 where the text must not reach it.</param>
internal sealed record TokenScan(List<IToken> Tokens, ImmutableArray<TextSpan> Spans, int Depth)
{
    /// <summary>Tokens that the parser does not see: spaces, comments, and what was already reported.</summary>
    public const int TriviaChannel = CccLexer.TRIVIA;

    public static TokenScan Scan(SourceText text, ParseLimits limits, DiagnosticBag bag)
    {
        if (text.Length > limits.Characters)
        {
            bag.Add(SyntaxDiagnostics.FileTooLarge(text.GetLocation(new TextSpan(limits.Characters, 0)), limits.Characters));
            return new TokenScan([], [], -1);
        }

        var lexer = new CccLexer(CharStreams.fromString(WithoutHalfCharacters(text.Content)));
        lexer.RemoveErrorListeners();
        var tokens = lexer.GetAllTokens().ToList();
        var spans = ImmutableArray.CreateBuilder<TextSpan>(tokens.Count);
        var position = 0;
        foreach (var token in tokens)
        {
            var length = Utf16Length(text.Content, position, token.StopIndex - token.StartIndex + 1);
            spans.Add(new TextSpan(position, length));
            position += length;
        }

        ReportUnreadable(text, tokens, spans, bag);
        return new TokenScan(tokens, spans.ToImmutable(), DepthOf(text, tokens, spans, limits, bag));
    }

    /// <summary>Half a surrogate pair would stop the lexer; it is reported elsewhere and read as U+FFFD, which is as long.</summary>
    private static string WithoutHalfCharacters(string content)
    {
        char[]? mended = null;
        for (var i = 0; i < content.Length; i++)
        {
            if (char.IsHighSurrogate(content[i]) && i + 1 < content.Length && char.IsLowSurrogate(content[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(content[i]))
            {
                mended ??= content.ToCharArray();
                mended[i] = '\uFFFD';
            }
        }

        return mended is null ? content : new string(mended);
    }

    private static int Utf16Length(string content, int start, int codePoints)
    {
        var i = start;
        for (; codePoints > 0; codePoints--)
        {
            i += char.IsHighSurrogate(content[i]) && i + 1 < content.Length && char.IsLowSurrogate(content[i + 1]) ? 2 : 1;
        }

        return i - start;
    }

    /// <summary>Reports what fits no token, and hides it from the parser so that it is reported once.</summary>
    private static void ReportUnreadable(SourceText text, List<IToken> tokens, ImmutableArray<TextSpan>.Builder spans, DiagnosticBag bag)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = (CommonToken)tokens[i];
            var at = text.GetLocation(spans[i]);
            if (token.Type == CccLexer.UNEXPECTED)
            {
                var character = at.SpanText;
                if (IsDoubled(tokens, i, character))
                {
                    // `&&` is one thing as written; `!=` is its first character, and the second stays what it is.
                    ((CommonToken)tokens[i + 1]).Channel = TriviaChannel;
                    at = text.GetLocation(TextSpan.FromBounds(at.Span.Start, spans[++i].End));
                    character = at.SpanText;
                }

                if (MeantAs(character) is { } meant)
                {
                    // Reported, and read as what it looks like, so that nothing else is wrong.
                    token.Type = meant;
                }
                else
                {
                    token.Channel = TriviaChannel;
                }

                if (!SyntaxChecks.IsHidden(character.Length == 2 && char.IsSurrogate(character[0]) ? char.ConvertToUtf32(character[0], character[1]) : character[0]))
                {
                    bag.Add(SyntaxDiagnostics.UnexpectedCharacter(at, character));
                }
            }
            else if (token.Type == CccLexer.UNTERMINATED_STRING)
            {
                token.Type = CccLexer.STRING;
                bag.Add(SyntaxDiagnostics.UnterminatedString(at));
            }
            else if (token.Type == CccLexer.SLASH && i + 1 < tokens.Count && tokens[i + 1].Type == CccLexer.STAR)
            {
                // No rule has `/` before `*`: this is a comment that does not end, and so is the rest.
                bag.Add(SyntaxDiagnostics.UnterminatedComment(text.GetLocation(TextSpan.FromBounds(spans[i].Start, spans[i + 1].End))));
                for (; i < tokens.Count; i++)
                {
                    ((CommonToken)tokens[i]).Channel = TriviaChannel;
                }
            }
        }
    }

    private static bool IsDoubled(List<IToken> tokens, int index, string character) =>
        index + 1 < tokens.Count && character switch
        {
            "&" => tokens[index + 1].Type == CccLexer.UNEXPECTED && tokens[index + 1].Text == character,
            "!" => tokens[index + 1].Type == CccLexer.EQ,
            _ => false,
        };

    /// <summary>Punctuation of other keyboards and languages that has its like in ours.</summary>
    private static int? MeantAs(string character) => character switch
    {
        "，" => CccLexer.COMMA,
        "（" => CccLexer.LPAREN,
        "）" => CccLexer.RPAREN,
        "：" => CccLexer.COLON,
        "≤" => CccLexer.LE,
        "≥" => CccLexer.GE,
        "≠" or "!=" => CccLexer.NE,
        "!" => CccLexer.NOT,
        "&" or "&&" => CccLexer.AND,
        "|" or "||" => CccLexer.OR,
        _ => null,
    };

    /// <summary>
    /// Counts how deep the parser would go: open parentheses, and the <c>not</c>s and minus signs that wait for an
    /// operand before each of them.
    /// </summary>
    private static int DepthOf(SourceText text, List<IToken> tokens, ImmutableArray<TextSpan>.Builder spans, ParseLimits limits, DiagnosticBag bag)
    {
        var waiting = new Stack<int>();
        var signs = 0;
        var depth = 0;
        var deepest = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Channel != TokenConstants.DefaultChannel)
            {
                continue;
            }

            switch (tokens[i].Type)
            {
                case CccLexer.LPAREN:
                    waiting.Push(signs);
                    signs = 0;
                    depth++;
                    break;
                case CccLexer.RPAREN:
                    depth -= signs;
                    signs = 0;
                    depth -= waiting.TryPop(out var before) ? before + 1 : 0;
                    break;
                case CccLexer.NOT or CccLexer.MINUS:
                    signs++;
                    depth++;
                    break;
                case >= CccLexer.RULESET and <= CccLexer.CLAIM:
                    waiting.Clear();
                    signs = 0;
                    depth = 0;
                    break;
                default:
                    depth -= signs;
                    signs = 0;
                    break;
            }

            if (depth > limits.Nesting)
            {
                bag.Add(SyntaxDiagnostics.NestingTooDeep(text.GetLocation(spans[i]), limits.Nesting));
                return -1;
            }

            deepest = Math.Max(deepest, depth);
        }

        return deepest;
    }
}
