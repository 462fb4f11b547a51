using System.Collections.Immutable;
using System.Globalization;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Syntax;

/// <summary>What the text alone can have wrong with it: CCC1xxx, one method a message.</summary>
internal static class SyntaxDiagnostics
{
    /// <summary>What is found where the text ends.</summary>
    public const string EndOfFile = "the end of the file";

    private static readonly DiagnosticDescriptor UnterminatedStringRule =
        new("CCC1001", "unterminated-text", DiagnosticSeverity.Error, "A text in quotes does not end on its line");

    private static readonly DiagnosticDescriptor UnexpectedCharacterRule =
        new("CCC1002", "unexpected-character", DiagnosticSeverity.Error, "A character that has no place in rules");

    private static readonly DiagnosticDescriptor HiddenCharacterRule =
        new("CCC1003", "hidden-character", DiagnosticSeverity.Error, "A character that hides or reorders text");

    private static readonly DiagnosticDescriptor UnknownEscapeRule =
        new("CCC1004", "unknown-escape", DiagnosticSeverity.Error, "A backslash in a text is followed by something without meaning");

    private static readonly DiagnosticDescriptor NotUtf8Rule =
        new("CCC1005", "not-utf8", DiagnosticSeverity.Error, "A file is not UTF-8 text");

    private static readonly DiagnosticDescriptor UnterminatedCommentRule =
        new("CCC1006", "unterminated-comment", DiagnosticSeverity.Error, "A comment does not end");

    private static readonly DiagnosticDescriptor ExpectedRule =
        new("CCC1101", "expected-token", DiagnosticSeverity.Error, "Something is missing from the text");

    private static readonly DiagnosticDescriptor UnexpectedRule =
        new("CCC1102", "unexpected-token", DiagnosticSeverity.Error, "Something stands where it cannot");

    private static readonly DiagnosticDescriptor MixedAndOrRule =
        new("CCC1103", "mixed-and-or", DiagnosticSeverity.Error, "`and` and `or` stand side by side without parentheses");

    private static readonly DiagnosticDescriptor ChainedComparisonRule =
        new("CCC1104", "chained-comparison", DiagnosticSeverity.Error, "A comparison is compared again");

    private static readonly DiagnosticDescriptor NestingRule =
        new("CCC1201", "nesting-too-deep", DiagnosticSeverity.Error, "Parentheses or negations are nested too deeply");

    private static readonly DiagnosticDescriptor FileTooLargeRule =
        new("CCC1202", "file-too-large", DiagnosticSeverity.Error, "A file has too many characters");

    private static readonly DiagnosticDescriptor TooLongRule =
        new("CCC1203", "token-too-long", DiagnosticSeverity.Error, "A name, a number or a text is too long");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        UnterminatedStringRule, UnexpectedCharacterRule, HiddenCharacterRule, UnknownEscapeRule, NotUtf8Rule, UnterminatedCommentRule,
        ExpectedRule, UnexpectedRule, MixedAndOrRule, ChainedComparisonRule, NestingRule, FileTooLargeRule, TooLongRule,
    ];

    public static Diagnostic UnterminatedString(TextLocation at) =>
        new(UnterminatedStringRule, at, "expected `\"` before the end of the line")
        {
            Label = "this text does not end",
            Fixes = [Fixes.Insert(at.Text.GetLocation(new TextSpan(at.Span.End, 0)), "\"", "end the text with `\"`")],
        };

    public static Diagnostic UnexpectedCharacter(TextLocation at, string character) =>
        new(UnexpectedCharacterRule, at, $"unexpected character `{character}`")
        {
            Fixes = character switch
            {
                "“" or "”" or "„" or "「" or "」" or "＂" => [Fixes.Replace(at, "\"", "texts stand in straight quotes: `\"`")],
                "，" => [Fixes.Replace(at, ",", "write a plain comma: `,`")],
                "（" => [Fixes.Replace(at, "(", "write a plain parenthesis: `(`")],
                "）" => [Fixes.Replace(at, ")", "write a plain parenthesis: `)`")],
                "：" => [Fixes.Replace(at, ":", "write a plain colon: `:`")],
                "≤" => [Fixes.Replace(at, "<=", "write `<=`")],
                "≥" => [Fixes.Replace(at, ">=", "write `>=`")],
                "≠" or "!=" => [Fixes.Replace(at, "<>", "write `<>`")],
                "!" => [Fixes.Replace(at, "not ", "write `not`")],
                "&" or "&&" => [Fixes.Replace(at, " and ", "write `and`")],
                "|" or "||" => [Fixes.Replace(at, " or ", "write `or`")],
                ";" => [Fixes.Replace(at, "", "a clause ends where the next begins: leave it out")],
                "`" => [Fixes.Advice("a name in backticks ends with a backtick on the same line")],
                _ => [],
            },
        };

    public static Diagnostic HiddenCharacter(TextLocation at, int codePoint)
    {
        var hex = codePoint.ToString("X4", CultureInfo.InvariantCulture);
        return new Diagnostic(HiddenCharacterRule, at, $"hidden character U+{hex}")
        {
            Notes = ["a reader cannot see this character, so the text could mean something else than it shows"],
            Fixes = [Fixes.Replace(at, "", $"remove it, or write `\\u{{{hex}}}` inside a text in quotes")],
        };
    }

    public static Diagnostic UnknownEscape(TextLocation at) =>
        new(UnknownEscapeRule, at, $"unknown escape `{at.SpanText}`")
        {
            Fixes = [Fixes.Advice("known are `\\\"`, `\\\\`, `\\n`, `\\t`, and `\\u{…}` with a code point in hexadecimal")],
        };

    public static Diagnostic NotUtf8(TextLocation at, int byteOffset) =>
        new(NotUtf8Rule, at, $"the file is not UTF-8: the byte at offset {byteOffset.ToString(CultureInfo.InvariantCulture)} fits no character")
        {
            Fixes = [Fixes.Advice("save the file as UTF-8")],
        };

    public static Diagnostic UnterminatedComment(TextLocation at) =>
        new(UnterminatedCommentRule, at, "expected `*/` before the end of the file") { Label = "this comment does not end" };

    public static Diagnostic Expected(TextLocation at, string expected, string found, ImmutableArray<Fix> fixes = default) =>
        new(ExpectedRule, at, $"expected {expected} before {found}") { Fixes = fixes };

    public static Diagnostic Unexpected(TextLocation at, string found, string expected, ImmutableArray<Fix> fixes = default) =>
        found == EndOfFile ? Expected(at, expected, found, fixes) : new(UnexpectedRule, at, $"unexpected {found}, expected {expected}") { Fixes = fixes };

    public static Diagnostic ReservedName(TextLocation at, string word) =>
        new(UnexpectedRule, at, $"unexpected word `{word}`, expected a name")
        {
            Notes = [$"`{word}` is a word of the language"],
            Fixes = [Fixes.Replace(at, $"`{word}`", "a name that is a word of the language stands in backticks")],
        };

    public static Diagnostic MixedAndOr(TextLocation at, TextSpan inner) =>
        new(MixedAndOrRule, at, "`and` beside `or` needs parentheses")
        {
            Label = "which belongs together?",
            Fixes = [Fixes.Surround(at.Text, inner, "(", ")", "put parentheses around what belongs together")],
        };

    public static Diagnostic ChainedComparison(TextLocation at) =>
        new(ChainedComparisonRule, at, "comparisons do not chain")
        {
            Fixes = [Fixes.Advice("join two comparisons with `and`, or write `between A and B`")],
        };

    public static Diagnostic NestingTooDeep(TextLocation at, int limit) =>
        new(NestingRule, at, $"nesting deeper than {limit.ToString(CultureInfo.InvariantCulture)} levels")
        {
            Notes = ["nothing in this file was read"],
            Fixes = [Fixes.Advice("give the inner condition a name with `define`")],
        };

    public static Diagnostic FileTooLarge(TextLocation at, int limit) =>
        new(FileTooLargeRule, at, $"the file has more than {limit.ToString(CultureInfo.InvariantCulture)} characters")
        {
            Fixes = [Fixes.Advice("split it into modules and join them with `use`")],
        };

    public static Diagnostic TooLong(TextLocation at, string what, int limit, string counted) =>
        new(TooLongRule, at, $"{what} has more than {limit.ToString(CultureInfo.InvariantCulture)} {counted}");
}
