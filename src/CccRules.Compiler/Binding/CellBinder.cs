using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Reference;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax.Cells;
using CccRules.Compiler.Text;
using CccRules.Runtime.Time;
using CccRules.Runtime.Trade;

namespace CccRules.Compiler.Binding;

/// <summary>Cells of one column: what is written becomes a test of the column's type, in its unit. A cell that is written twice is bound once.</summary>
internal sealed class CellBinder(TypeSymbol type)
{
    private readonly Dictionary<string, (BoundCell? Cell, CellProblem? Problem)> _known = new(StringComparer.Ordinal);

    /// <summary>Binds a cell; null where it takes any value.</summary>
    /// <param name="problem">What is wrong with it, or null.</param>
    public BoundCell? Bind(string text, out CellProblem? problem)
    {
        if (!_known.TryGetValue(text, out var result))
        {
            _known[text] = result = Bind(text);
        }

        problem = result.Problem;
        return result.Cell;
    }

    /// <summary>Binds a cell that gives a value; null where it cannot.</summary>
    public ConstantValue? BindGiven(string text, out CellProblem? problem)
    {
        var (cell, fault) = CellParser.Read(text);
        problem = fault is null ? null : new CellProblem(new TextSpan(fault.Position, 0), fault.Expected, IsSyntax: true);
        if (cell is null)
        {
            return null;
        }

        try
        {
            if (cell is { IsAny: true } && type.AllowsNone)
            {
                return NoneConstant.Instance;
            }

            if (type.Kind == TypeKind.MemberSet)
            {
                return GivenMembers(cell, text);
            }

            return cell is { IsAny: false, IsNegated: false, Alternatives: [CellComparison { Sign: "=", Value: var value }] }
                ? IsNone(value) && type.AllowsNone ? NoneConstant.Instance : Constant(value)
                : throw Wrong(new TextSpan(0, text.Length), "expected one value");
        }
        catch (CellProblemException wrong)
        {
            problem = wrong.Problem;
            return null;
        }
    }

    private MembersConstant GivenMembers(CellSyntax cell, string text)
    {
        var mask = 0L;
        foreach (var alternative in cell.Alternatives)
        {
            mask |= alternative is CellComparison { Sign: "=", Value: var member } ? 1L << Member(member) : throw Wrong(new TextSpan(0, text.Length), "expected members");
        }

        return cell.IsNegated ? throw Wrong(new TextSpan(0, text.Length), "expected members") : new MembersConstant(mask);
    }

    private (BoundCell? Cell, CellProblem? Problem) Bind(string text)
    {
        var (cell, fault) = CellParser.Read(text);
        if (cell is null)
        {
            return (null, new CellProblem(new TextSpan(fault?.Position ?? 0, 0), fault?.Expected ?? "", IsSyntax: true));
        }

        try
        {
            return (cell.IsAny ? null : Bind(cell), null);
        }
        catch (CellProblemException wrong)
        {
            return (null, wrong.Problem);
        }
    }

    private BoundCell Bind(CellSyntax cell)
    {
        var hasNone = false;
        var others = new List<CellAlternative>();
        foreach (var alternative in cell.Alternatives)
        {
            if (alternative is CellComparison { Sign: "=", Value: var value } && IsNone(value))
            {
                hasNone |= type.AllowsNone ? true : throw Wrong(value.Span, $"`{type}` cannot be `none`");
            }
            else
            {
                others.Add(alternative);
            }
        }

        return type.Kind switch
        {
            TypeKind.Number or TypeKind.Date or TypeKind.Duration => new BoundRangeCell(cell.IsNegated, hasNone, [.. others.SelectMany(Ranges)]),
            TypeKind.Hs => new BoundCodeCell(cell.IsNegated, hasNone, [.. others.Select(Codes)]),
            TypeKind.MemberSet => new BoundMembersCell(cell.IsNegated, hasNone, others.Aggregate(0L, (mask, other) => mask | (1L << Member(Single(other))))),
            _ => new BoundValueCell(cell.IsNegated, hasNone, [.. others.Select(other => Constant(Single(other)))]),
        };
    }

    private static bool IsNone(CellValue value) => value is { Kind: CellValueKind.Word, Text: "none" };

    private static CellValue Single(CellAlternative alternative) => alternative is CellComparison { Sign: "=", Value: var value }
        ? value
        : throw Wrong(alternative.Span, "values of this column have no order, expected one of them");

    private IEnumerable<BoundRange> Ranges(CellAlternative alternative)
    {
        if (alternative is CellRange range)
        {
            var (low, high) = (Constant(range.Low), Constant(range.High));
            var order = Order(low, high);
            return order > 0 || (order == 0 && !(range.IncludesLow && range.IncludesHigh))
                ? throw Wrong(range.Span, "the range is empty")
                : [new BoundRange(low, range.IncludesLow, high, range.IncludesHigh)];
        }

        var comparison = (CellComparison)alternative;
        var value = Constant(comparison.Value);
        return comparison.Sign switch
        {
            "=" => [new BoundRange(value, true, value, true)],
            "<" => [new BoundRange(null, false, value, false)],
            "<=" => [new BoundRange(null, false, value, true)],
            ">" => [new BoundRange(value, false, null, false)],
            ">=" => [new BoundRange(value, true, null, false)],
            _ => [new BoundRange(null, false, value, false), new BoundRange(value, false, null, false)],
        };
    }

    private static int Order(ConstantValue left, ConstantValue right) => (left, right) switch
    {
        (NumberConstant a, NumberConstant b) => a.Value.CompareTo(b.Value),
        (DateConstant a, DateConstant b) => a.Day.CompareTo(b.Day),
        (DurationConstant a, DurationConstant b) => (a.Months, a.Days).CompareTo((b.Months, b.Days)),
        _ => 0,
    };

    private HsRange Codes(CellAlternative alternative)
    {
        if (alternative is not CellRange range)
        {
            var code = Code(Single(alternative));
            return new HsRange(code, code);
        }

        var (first, last) = (Code(range.Low), Code(range.High));
        return range is { IncludesLow: true, IncludesHigh: true }
            ? string.CompareOrdinal(first.PadRight(13, '0'), last.PadRight(13, '9')) <= 0 ? new HsRange(first, last) : throw Wrong(range.Span, "the range is empty")
            : throw Wrong(range.Span, "a range of HS codes includes both ends: write `8501.10..8501.64`");
    }

    private static string Code(CellValue value)
    {
        if (value.Kind != CellValueKind.Number || value.Unit.Length > 0 || !HsCode.TryParse(value.Text, out _))
        {
            throw Wrong(value.Span, $"`{value.Text}` is not an HS code");
        }

        var digits = value.Text.Replace(".", "", StringComparison.Ordinal);
        return HsNomenclature.Exists(digits) || HsNomenclature.IsNationalUse(digits) ? digits : throw Wrong(value.Span, $"the HS code `{value.Text}` is not in the nomenclature HS 2022");
    }

    private ConstantValue Constant(CellValue value) => type.Kind switch
    {
        TypeKind.YesNo => value is { Kind: CellValueKind.Word, Text: "yes" or "no" } ? new YesNoConstant(value.Text == "yes") : throw Wrong(value.Span, $"expected `yes` or `no`, found `{value.Text}`"),
        TypeKind.Number => Number(value),
        TypeKind.Date => value.Kind == CellValueKind.Date && CivilDate.TryParse(value.Text, out var day) ? new DateConstant(day) : throw Wrong(value.Span, $"`{value.Text}` is not a date such as `2026-03-01`"),
        TypeKind.Duration => Duration(value),
        TypeKind.Text => value.Kind == CellValueKind.Text ? new TextConstant(value.Text) : throw Wrong(value.Span, $"a text stands in quotes: `\"{value.Text}\"`"),
        TypeKind.Member => new MemberConstant(Member(value)),
        TypeKind.Country => value.Kind == CellValueKind.Word && CountryCodes.Exists(value.Text) ? new CountryConstant(value.Text) : throw Wrong(value.Span, $"unknown country `{value.Text}`"),
        _ => throw Wrong(value.Span, $"a value of type `{type}` cannot stand in a cell"),
    };

    private int Member(CellValue value)
    {
        var members = type.Enumeration?.Members ?? [];
        var ordinal = value.Kind == CellValueKind.Word ? members.IndexOf(value.Text) : -1;
        return ordinal >= 0
            ? ordinal
            : throw Wrong(value.Span, $"`{value.Text}` is not a member of `{type}`", Suggestions.Nearest(value.Text, members));
    }

    private NumberConstant Number(CellValue value)
    {
        if (value.Kind != CellValueKind.Number || value.Text.Count(character => character == '.') > 1)
        {
            throw Wrong(value.Span, $"`{value.Text}` is not a number");
        }

        var number = value.Text.StartsWith('-') ? -Rational.Parse(value.Text[1..]) : Rational.Parse(value.Text);
        if (type.Unit is null)
        {
            return value.Unit.Length == 0 ? new NumberConstant(number) : throw Wrong(value.Span, $"the column has no unit, found `{value.Unit}`");
        }

        if (value.Unit == type.Unit.Symbol)
        {
            return new NumberConstant(number);
        }

        if (type.IsMoney || !UnitTable.TryGet(value.Unit, out var unit))
        {
            throw Wrong(value.Span, value.Unit.Length == 0 ? $"expected a number with a unit, such as `{value.Text} {type.Unit.Symbol}`" : $"expected the unit `{type.Unit.Symbol}`, found `{value.Unit}`");
        }

        return unit.Dimension == type.Unit.Dimension
            ? new NumberConstant(number * new Rational(unit.Numerator, unit.Denominator) / type.Unit.Factor)
            : throw Wrong(value.Span, $"`{value.Unit}` and `{type.Unit.Symbol}` do not convert into each other");
    }

    private DurationConstant Duration(CellValue value)
    {
        var (basis, scale) = value.Unit switch
        {
            "day" or "days" => (DurationBasis.Days, 1),
            "week" or "weeks" => (DurationBasis.Days, 7),
            "month" or "months" => (DurationBasis.Months, 1),
            "year" or "years" => (DurationBasis.Months, 12),
            _ => (DurationBasis.Mixed, 1),
        };
        if (value.Kind != CellValueKind.Number || value.Text.Contains('.', StringComparison.Ordinal) || value.Text.Length > 9 || basis != type.Basis)
        {
            throw Wrong(value.Span, $"expected `{type}`, such as `3 {(type.Basis == DurationBasis.Months ? "months" : "days")}`");
        }

        var count = (value.Text.StartsWith('-') ? -Rational.Parse(value.Text[1..]) : Rational.Parse(value.Text)).Numerator * scale;
        return basis == DurationBasis.Months ? new DurationConstant(count, 0) : new DurationConstant(0, count);
    }

    private static CellProblemException Wrong(TextSpan span, string message, ImmutableArray<string> near = default) =>
        new(new CellProblem(span, message, IsSyntax: false) { Near = near.IsDefault ? [] : near });

    /// <summary>Leaves a cell at the first thing that is wrong with it; never leaves this class.</summary>
    private sealed class CellProblemException(CellProblem problem) : Exception
    {
        public CellProblem Problem { get; } = problem;
    }
}

/// <summary>What is wrong with a cell. The span counts from the cell's beginning.</summary>
/// <param name="Message">The message; for a syntax error what was expected.</param>
internal sealed record CellProblem(TextSpan Span, string Message, bool IsSyntax)
{
    /// <summary>Names that are spelled nearly alike.</summary>
    public ImmutableArray<string> Near { get; init; } = [];
}
