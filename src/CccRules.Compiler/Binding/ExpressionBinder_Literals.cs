using System.Numerics;
using CccRules.Compiler.Reference;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Binding;

/// <summary>Literals, and the conversion of a value to the type that a place expects.</summary>
internal sealed partial class ExpressionBinder
{
    private BoundExpression BindNumber(NumberLiteralSyntax syntax)
    {
        if (syntax.Number.IsMissing || syntax.Number.Text.Length == 0 || !char.IsAsciiDigit(syntax.Number.Text[0]))
        {
            return new BoundError(syntax);
        }

        var type = syntax.Number.Kind == Syntax.SyntaxKind.IntegerToken ? TypeSymbol.Integer : TypeSymbol.Decimal;
        if (syntax.Unit is { HasMissing: false } unit)
        {
            if (CurrencyCodes.Exists(unit.Symbol))
            {
                type = TypeSymbol.Decimal with { IsMoney = true, Unit = TypeBinder.Currency(unit.Symbol) };
            }
            else if (_types.BindUnit(scope.Text, unit) is { } known)
            {
                type = type with { Unit = known };
            }
            else
            {
                return new BoundError(syntax);
            }
        }

        return new BoundConstant(syntax, type, new NumberConstant(Rational.Parse(syntax.Number.Text)));
    }

    private BoundExpression BindDate(DateLiteralSyntax syntax) =>
        CivilDate.TryParse(syntax.Date.Text, out var day)
            ? new BoundConstant(syntax, TypeSymbol.Date, new DateConstant(day))
            : Fail(syntax, TypeDiagnostics.NotADate(At(syntax)));

    private BoundExpression BindDuration(DurationLiteralSyntax syntax)
    {
        var months = BigInteger.Zero;
        var days = BigInteger.Zero;
        var hasMonths = false;
        var hasDays = false;
        foreach (var part in syntax.Parts)
        {
            if (part.Unit is not { HasMissing: false } unit || part.Number.IsMissing)
            {
                return new BoundError(syntax);
            }

            var (basis, scale) = TypeBinder.BasisOf(unit.UnitKind);
            var number = Rational.Parse(part.Number.Text).Numerator * scale;
            if (number > MostDuration)
            {
                return Fail(syntax, TypeDiagnostics.TooLarge(At(part)));
            }

            hasMonths |= basis == DurationBasis.Months;
            hasDays |= basis == DurationBasis.Days;
            months += basis == DurationBasis.Months ? number : 0;
            days += basis == DurationBasis.Days ? number : 0;
        }

        return Duration(syntax, new DurationConstant(months, days), hasMonths, hasDays);
    }

    /// <summary>More than the calendar has in either count; keeps every derived date within exact range.</summary>
    private static readonly BigInteger MostDuration = 4_000_000;

    private static BoundConstant Duration(Syntax.SyntaxElement syntax, DurationConstant value, bool hasMonths, bool hasDays)
    {
        var basis = hasMonths && hasDays ? DurationBasis.Mixed : hasMonths ? DurationBasis.Months : DurationBasis.Days;
        return new BoundConstant(syntax, new TypeSymbol(TypeKind.Duration) { Basis = basis }, value);
    }

    /// <summary>Brings a value to a type: units are converted, <c>none</c> adopts it, anything else is reported.</summary>
    private BoundExpression Convert(BoundExpression value, TypeSymbol target)
    {
        if (value.Type.IsError || target.IsError)
        {
            return value.Type.IsError ? value : new BoundError(value.Syntax);
        }

        if (value.Type.AllowsNone && !target.AllowsNone)
        {
            return Fail(value.Syntax, value.Type.Kind == TypeKind.None
                ? TypeDiagnostics.NoneNotAllowed(At(value.Syntax), target)
                : TypeDiagnostics.WrongType(At(value.Syntax), target, value.Type));
        }

        if (value.Type.Kind == TypeKind.None)
        {
            return value is BoundConstant constant ? constant with { Type = target } : value;
        }

        if (value.Type.Kind != target.Kind)
        {
            return Fail(value.Syntax, TypeDiagnostics.WrongType(At(value.Syntax), target, value.Type));
        }

        return target.Kind switch
        {
            TypeKind.Number => ConvertNumber(value, target),
            TypeKind.Duration when value.Type.Basis != target.Basis => Fail(value.Syntax, TypeDiagnostics.DifferentDurations(At(value.Syntax), target, value.Type)),
            TypeKind.Member or TypeKind.MemberSet when !Equals(value.Type.Enumeration, target.Enumeration) =>
                Fail(value.Syntax, TypeDiagnostics.WrongType(At(value.Syntax), target, value.Type)),
            _ => value,
        };
    }

    private BoundExpression ConvertNumber(BoundExpression value, TypeSymbol target)
    {
        var (from, to) = (value.Type.Unit, target.Unit);
        if (from is null && to is null)
        {
            return value;
        }

        if (from is null || to is null)
        {
            return Fail(value.Syntax, from is null && to is not null
                ? TypeDiagnostics.UnitNeeded(At(value.Syntax), to.Symbol)
                : TypeDiagnostics.WrongType(At(value.Syntax), target, value.Type));
        }

        if (from.Dimension != to.Dimension)
        {
            return Fail(value.Syntax, TypeDiagnostics.DifferentUnits(At(value.Syntax), from, to, value.Type.IsMoney && target.IsMoney));
        }

        return Scale(value, from.Factor / to.Factor, value.Type with { Unit = to, IsInteger = value.Type.IsInteger && target.IsInteger });
    }

    /// <summary>A multiple of a number, folded where it is constant.</summary>
    private static BoundExpression Scale(BoundExpression value, Rational factor, TypeSymbol type) => value switch
    {
        _ when factor == Rational.One && value.Type == type => value,
        BoundConstant { Value: NumberConstant number } constant => constant with { Type = type, Value = new NumberConstant(number.Value * factor) },
        BoundSum sum => new BoundSum(value.Syntax, type, [.. sum.Terms.Select(term => term with { Factor = term.Factor * factor })]),
        _ => new BoundSum(value.Syntax, type, [new BoundTerm(value, factor)]),
    };
}
