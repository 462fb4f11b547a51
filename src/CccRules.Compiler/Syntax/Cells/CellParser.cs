using System.Collections.Immutable;
using CccRules.Compiler.Text;
using Sprache;

namespace CccRules.Compiler.Syntax.Cells;

/// <summary>
/// The cells' grammar (the unary tests of decision tables): <c>8507.60; 8711.60</c>, <c>8501.10..8501.64</c>, <c>&lt;= 500 W</c>,
/// <c>[100..240) V</c>, <c>not(sale; personal)</c>, <c>yes</c>, <c>-</c>.
/// </summary>
internal static class CellParser
{
    /// <summary>Longer cells are refused: nobody can check them against a notice.</summary>
    public const int MostLength = 10_000;

    private static readonly Parser<CellValue> Number = Value(
        CellValueKind.Number,
        from sign in Parse.Char('-').Optional()
        from digits in Parse.Regex(@"[0-9][0-9_]*(\.[0-9]+)*", "a number")
        select (sign.IsDefined ? "-" : "") + digits);

    private static readonly Parser<CellValue> Date = Value(CellValueKind.Date, Parse.Regex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])", "a date"));

    private static readonly Parser<CellValue> Text = Value(
        CellValueKind.Text,
        from open in Parse.Char('"')
        from content in Parse.Char('\\').Then(_ => Parse.AnyChar).Or(Parse.CharExcept("\"\\")).Many().Text()
        from close in Parse.Char('"').Named("a closing quote")
        select content);

    private static readonly Parser<CellValue> Word = Value(CellValueKind.Word, Parse.Regex(@"[\p{L}_][\p{L}\p{Nd}\p{Mn}\p{Mc}_]*", "a word"))
        .Or(Value(CellValueKind.Word, Parse.CharExcept('`').AtLeastOnce().Text().Contained(Parse.Char('`'), Parse.Char('`'))));

    /// <summary>A unit of measure or a currency behind a number, with or without a space.</summary>
    private static readonly Parser<string> Unit =
        from space in Parse.WhiteSpace.Many()
        from symbol in Parse.Regex(@"[\p{L}%°][\p{L}\p{Nd}%°/]*", "a unit")
        select symbol;

    private static readonly Parser<CellValue> Measured =
        from number in Number
        from unit in Unit.Optional()
        select number with { Unit = unit.GetOrElse("") };

    private static readonly Parser<CellValue> Any = Text.Or(Date).Or(Measured).Or(Word).Named("a value");

    private static readonly Parser<CellAlternative> Comparison = Spanned<CellAlternative>(
        from sign in Parse.String("<=").Or(Parse.String(">=")).Or(Parse.String("<>")).Or(Parse.String("<")).Or(Parse.String(">")).Or(Parse.String("=")).Text()
        from value in Any.Token()
        select (Func<TextSpan, CellAlternative>)(span => new CellComparison(span, sign, value)));

    private static readonly Parser<CellAlternative> Interval = Spanned<CellAlternative>(
        from open in Parse.Chars('[', '(')
        from low in Any.Token()
        from dots in Parse.String("..")
        from high in Any.Token()
        from close in Parse.Chars(']', ')').Named("`]` or `)`")
        from unit in Unit.Optional()
        select (Func<TextSpan, CellAlternative>)(span => new CellRange(span, WithUnit(low, unit), open == '[', WithUnit(high, unit), close == ']')));

    private static readonly Parser<CellAlternative> ValueOrRange = Spanned<CellAlternative>(
        from low in Any
        from high in Parse.String("..").Token().Then(_ => Any).Optional()
        select (Func<TextSpan, CellAlternative>)(span => high.IsDefined
            ? new CellRange(span, low.Unit.Length == 0 ? low with { Unit = high.Get().Unit } : low, true, high.Get(), true)
            : new CellComparison(span, "=", low)));

    private static readonly Parser<ImmutableArray<CellAlternative>> Alternatives =
        Comparison.Or(Interval).Or(ValueOrRange).Token().DelimitedBy(Parse.Char(';')).Select(items => items.ToImmutableArray());

    private static readonly Parser<CellSyntax> Negation =
        from word in Parse.String("not").Token()
        from items in Alternatives.Contained(Parse.Char('('), Parse.Char(')').Named("`)`"))
        select new CellSyntax(false, true, items);

    private static readonly Parser<CellSyntax> Cell =
        Parse.Char('-').Token().End().Select(_ => new CellSyntax(true, false, []))
            .Or(Negation.Token().End())
            .Or(Alternatives.End().Select(items => new CellSyntax(false, false, items)));

    /// <summary>Reads a cell; one of the two is null.</summary>
    public static (CellSyntax? Cell, CellFault? Fault) Read(string text)
    {
        if (text.Length > MostLength)
        {
            return (null, new CellFault(MostLength, $"at most {MostLength} characters"));
        }

        var result = Cell.TryParse(text);
        return result.WasSuccessful ? (result.Value, null) : (null, new CellFault(Math.Min(result.Remainder.Position, text.Length), Expected(result.Expectations)));
    }

    private static string Expected(IEnumerable<string> expectations)
    {
        var known = expectations.Select(Describe).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return known.Count is 0 or > 3 ? "a value, a range such as `1..5`, `not(…)`, or `-`" : string.Join(" or ", known);
    }

    private static string Describe(string expectation) => expectation switch
    {
        "end of input" => "the end of the cell",
        { Length: 1 } => $"`{expectation}`",
        _ => expectation,
    };

    private static CellValue WithUnit(CellValue value, IOption<string> unit) => value.Unit.Length == 0 ? value with { Unit = unit.GetOrElse("") } : value;

    private static Parser<CellValue> Value(CellValueKind kind, Parser<string> parser) =>
        Spanned<CellValue>(parser.Select(text => (Func<TextSpan, CellValue>)(span => new CellValue(span, kind, text, ""))));

    /// <summary>Gives a parser's result the place that it was read from.</summary>
    private static Parser<T> Spanned<T>(Parser<Func<TextSpan, T>> parser) => input =>
    {
        var result = parser(input);
        return result.WasSuccessful
            ? Result.Success(result.Value(TextSpan.FromBounds(input.Position, result.Remainder.Position)), result.Remainder)
            : Result.Failure<T>(result.Remainder, result.Message, result.Expectations);
    };
}
