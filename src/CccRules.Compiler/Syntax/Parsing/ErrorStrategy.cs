using System.Collections.Frozen;
using System.Collections.Immutable;
using Antlr4.Runtime;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Syntax.Parsing.Generated;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Syntax.Parsing;

/// <summary>
/// Says what was expected in the reader's words. Recovery is ANTLR's own but for the words that begin declarations: drop or
/// conjure one token, else skip to what can follow; so an error rarely leaves its declaration.
/// </summary>
internal sealed class ErrorStrategy(SourceText text, TokenScan scan, ParseLimits limits, DiagnosticBag bag) : DefaultErrorStrategy
{
    /// <summary>What a rule looks for, where listing its tokens would say less.</summary>
    private static readonly FrozenDictionary<int, string> Phrases = new Dictionary<int, string>
    {
        [CccParser.RULE_compilationUnit] = "another clause or a declaration",
        [CccParser.RULE_declaration] = "a declaration",
        [CccParser.RULE_type] = "a type",
        [CccParser.RULE_typeName] = "a type",
        [CccParser.RULE_orExpression] = "a value or a condition",
        [CccParser.RULE_andExpression] = "a value or a condition",
        [CccParser.RULE_expression] = "a value or a condition",
        [CccParser.RULE_notExpression] = "a value or a condition",
        [CccParser.RULE_additiveExpression] = "a value",
        [CccParser.RULE_multiplicativeExpression] = "a value",
        [CccParser.RULE_unaryExpression] = "a value",
        [CccParser.RULE_atExpression] = "a value",
        [CccParser.RULE_primaryExpression] = "a value",
        [CccParser.RULE_givenValue] = "a value",
        [CccParser.RULE_name] = "a name",
        [CccParser.RULE_qualifiedName] = "a name",
        [CccParser.RULE_outcome] = "an outcome",
        [CccParser.RULE_hsCode] = "an HS code",
        [CccParser.RULE_hsRange] = "an HS code",
        [CccParser.RULE_hsSet] = "an HS code or codes in parentheses",
        [CccParser.RULE_durationUnit] = "days, weeks, months, or years",
        [CccParser.RULE_lengthUnit] = "days, weeks, months, or years",
    }.ToFrozenDictionary();

    private int _errors;

    /// <summary>Parentheses that were conjured: what closes them is not missed.</summary>
    private int _conjured;

    protected override void ReportNoViableAlternative(Parser recognizer, NoViableAltException e) => Report(recognizer, e.OffendingToken);

    protected override void ReportInputMismatch(Parser recognizer, InputMismatchException e) => Report(recognizer, e.OffendingToken);

    protected override void ReportFailedPredicate(Parser recognizer, FailedPredicateException e) => Report(recognizer, e.OffendingToken);

    protected override void ReportMissingToken(Parser recognizer)
    {
        if (!InErrorRecoveryMode(recognizer))
        {
            BeginErrorCondition(recognizer);
            _conjured += recognizer.GetExpectedTokens() is { Count: 1 } expected && expected.Contains(CccLexer.LPAREN) ? 1 : 0;
            Report(recognizer, recognizer.CurrentToken);
        }
    }

    protected override void ReportUnwantedToken(Parser recognizer)
    {
        if (!InErrorRecoveryMode(recognizer))
        {
            BeginErrorCondition(recognizer);
            if (IsClosedAlready(recognizer))
            {
                return;
            }

            var token = recognizer.CurrentToken;
            var expected = Expected(recognizer);
            if (expected.IsName && IsReserved(token))
            {
                Add(SyntaxDiagnostics.ReservedName(LocationOf(token), token.Text));
            }
            else
            {
                Add(SyntaxDiagnostics.Unexpected(LocationOf(token), Found(token), expected.Text, WaysOut(recognizer, token)));
            }
        }
    }

    /// <summary>A declaration that begins on its own line is never dropped for what the one before it lacks.</summary>
    protected override IToken? SingleTokenDeletion(Parser recognizer) =>
        BeginsDeclaration(recognizer.CurrentToken) || IsSecondComparison(recognizer) ? null : base.SingleTokenDeletion(recognizer);

    /// <summary><c>n > 1 and &lt; 5</c> lacks a name; <c>n == 3</c> has a sign too many.</summary>
    private static bool IsSecondComparison(Parser recognizer) =>
        IsComparison(recognizer.CurrentToken) && !IsComparison(recognizer.TokenStream.LT(-1));

    private static bool IsComparison(IToken? token) => token?.Type is CccLexer.EQ or CccLexer.NE or CccLexer.LT or CccLexer.LE or CccLexer.GT or CccLexer.GE;

    private bool BeginsDeclaration(IToken token)
    {
        if (token.TokenIndex < 0 || token.TokenIndex >= scan.Spans.Length || SyntaxFacts.FixedKind(token.Text) is not { } kind || !SyntaxFacts.BeginsDeclaration(kind))
        {
            return false;
        }

        var before = text.Content.AsSpan(0, scan.Spans[token.TokenIndex].Start).TrimEnd(" \t");
        return before.IsEmpty || before[^1] is '\n' or '\r';
    }

    private static bool IsReserved(IToken token) => SyntaxFacts.FixedKind(token.Text) is { } kind && SyntaxFacts.IsReserved(kind);

    private static string Found(IToken token)
    {
        if (token.Type == TokenConstants.EOF)
        {
            return SyntaxDiagnostics.EndOfFile;
        }

        return token.Text.Length <= 40 ? $"`{token.Text}`" : $"`{token.Text.AsSpan(0, 40)}…`";
    }

    private void Report(Parser recognizer, IToken token)
    {
        if (IsClosedAlready(recognizer))
        {
            return;
        }

        var expected = Expected(recognizer);
        if (expected.IsName && IsReserved(token))
        {
            Add(SyntaxDiagnostics.ReservedName(LocationOf(token), token.Text));
        }
        else
        {
            Add(SyntaxDiagnostics.Expected(LocationOf(token), expected.Text, Found(token), WaysOut(recognizer, token)));
        }
    }

    /// <summary>A parenthesis is expected that would close one which is not there either: that was reported.</summary>
    private bool IsClosedAlready(Parser recognizer)
    {
        var isClosed = _conjured > 0 && recognizer.GetExpectedTokens().Contains(CccLexer.RPAREN);
        _conjured -= isClosed ? 1 : 0;
        return isClosed;
    }

    /// <summary>What is most likely meant by the token that does not fit.</summary>
    private ImmutableArray<Fix> WaysOut(Parser recognizer, IToken token)
    {
        var at = LocationOf(token);
        var before = recognizer.TokenStream.LT(-1);
        var expected = recognizer.GetExpectedTokens();
        if (ForeignWords.Find(token.Text) is { } word)
        {
            return [Fixes.Replace(at, word, $"the language says `{word}`")];
        }

        return token.Type switch
        {
            CccLexer.COMMA when before?.Type == CccLexer.INTEGER && recognizer.TokenStream.LT(2).Type == CccLexer.INTEGER =>
                [Fixes.Replace(at, ".", $"decimals come after a point: `{before.Text}.{recognizer.TokenStream.LT(2).Text}`")],
            CccLexer.INTEGER when before?.Type == CccLexer.INTEGER => [Fixes.Advice($"digits are grouped with `_`: `{before.Text}_{token.Text}`")],
            CccLexer.IN when before?.Type == CccLexer.NOT => [Fixes.Advice("write `not in (…)` without `is`")],
            CccLexer.EQ when before?.Type == CccLexer.EQ => [Fixes.Replace(at, "", "one `=` compares")],
            CccLexer.BAR when before is not null && before.Line == token.Line && before.Type != CccLexer.BAR => [Fixes.Replace(at, "or", "write `or`")],
            CccLexer.STRING when expected.Contains(CccLexer.HS_CODE) => [Fixes.Advice("HS codes are written without quotes: `8507.60`")],
            _ when IsComparison(token) => [Fixes.Advice("say again what is compared, as in `n > 1 and n < 5`, or write `n between 1 and 5`")],
            _ when expected.Count == 1 && expected.Contains(CccLexer.LPAREN) => [Fixes.Advice("a list stands in parentheses: `(a, b)`")],
            _ => [],
        };
    }

    private static (string Text, bool IsName) Expected(Parser recognizer)
    {
        var tokens = recognizer.GetExpectedTokens();
        if (tokens.Contains(CccLexer.IDENTIFIER) && tokens.Contains(CccLexer.QUOTED_IDENTIFIER) && !tokens.Contains(CccLexer.LPAREN))
        {
            return ("a name", true);
        }

        if (tokens.Contains(CccLexer.EARLIEST) && tokens.Contains(CccLexer.LPAREN))
        {
            return (tokens.Contains(CccLexer.NOT) ? "a value or a condition" : "a value", false);
        }

        var list = tokens.ToList();
        if (list.Count > 4 || tokens.Contains(CccLexer.HS_CODE))
        {
            return (Phrases.GetValueOrDefault(recognizer.RuleContext.RuleIndex, "another clause or a declaration"), false);
        }

        var words = list.Select(Describe).Distinct().ToList();
        return (words.Count switch
        {
            0 => "something else",
            1 => words[0],
            2 => $"{words[0]} or {words[1]}",
            _ => $"{string.Join(", ", words.SkipLast(1))}, or {words[^1]}",
        }, false);
    }

    private static string Describe(int type) => type switch
    {
        TokenConstants.EOF => "the end of the file",
        CccLexer.IDENTIFIER or CccLexer.QUOTED_IDENTIFIER => "a name",
        CccLexer.INTEGER => "a whole number",
        CccLexer.DECIMAL => "a number",
        CccLexer.HS_CODE => "an HS code",
        CccLexer.DATE => "a date such as 2026-03-01",
        CccLexer.STRING => "a text in quotes",
        _ => CccLexer.DefaultVocabulary.GetLiteralName(type) is { } literal ? $"`{literal.Trim('\'')}`" : "something else",
    };

    private TextLocation LocationOf(IToken token) => token.TokenIndex >= 0 && token.TokenIndex < scan.Spans.Length
        ? text.GetLocation(scan.Spans[token.TokenIndex])
        : text.GetLocation(new TextSpan(text.Length, 0));

    private void Add(Diagnostic diagnostic)
    {
        if (_errors++ < limits.Errors)
        {
            bag.Add(diagnostic);
        }
    }
}
