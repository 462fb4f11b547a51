using System.Collections.Frozen;
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
        [CccParser.RULE_compilationUnit] = "a declaration",
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

    protected override void ReportNoViableAlternative(Parser recognizer, NoViableAltException e) => Report(recognizer, e.OffendingToken);

    protected override void ReportInputMismatch(Parser recognizer, InputMismatchException e) => Report(recognizer, e.OffendingToken);

    protected override void ReportFailedPredicate(Parser recognizer, FailedPredicateException e) => Report(recognizer, e.OffendingToken);

    protected override void ReportMissingToken(Parser recognizer)
    {
        if (!InErrorRecoveryMode(recognizer))
        {
            BeginErrorCondition(recognizer);
            Report(recognizer, recognizer.CurrentToken);
        }
    }

    protected override void ReportUnwantedToken(Parser recognizer)
    {
        if (!InErrorRecoveryMode(recognizer))
        {
            BeginErrorCondition(recognizer);
            var token = recognizer.CurrentToken;
            var expected = Expected(recognizer);
            if (expected.IsName && IsReserved(token))
            {
                Add(SyntaxDiagnostics.ReservedName(LocationOf(token), token.Text));
            }
            else
            {
                Add(SyntaxDiagnostics.Unexpected(LocationOf(token), Found(token), expected.Text));
            }
        }
    }

    /// <summary>A declaration that begins on its own line is never dropped for what the one before it lacks.</summary>
    protected override IToken? SingleTokenDeletion(Parser recognizer) =>
        BeginsDeclaration(recognizer.CurrentToken) ? null : base.SingleTokenDeletion(recognizer);

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
        var expected = Expected(recognizer);
        if (expected.IsName && IsReserved(token))
        {
            Add(SyntaxDiagnostics.ReservedName(LocationOf(token), token.Text));
        }
        else
        {
            Add(SyntaxDiagnostics.Expected(LocationOf(token), expected.Text, Found(token)));
        }
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
        if (list.Count > 4)
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
