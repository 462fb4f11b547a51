using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Binding;

/// <summary>Sums, products, moved dates, and the functions that give a value.</summary>
internal sealed partial class ExpressionBinder
{
    private BoundExpression BindSum(AdditiveExpressionSyntax syntax)
    {
        var operands = syntax.Operands.Select(operand => Bind(operand)).ToImmutableArray();
        var isMinus = syntax.Operators.Select(sign => sign.Kind == SyntaxKind.MinusToken).ToImmutableArray();
        if (operands.Length != isMinus.Length + 1 || operands.Any(operand => operand.Type.IsError))
        {
            return new BoundError(syntax);
        }

        return operands[0].Type.Kind switch
        {
            TypeKind.Date => BindMovedDate(syntax, operands, isMinus),
            TypeKind.Duration => FoldDurations(syntax, operands, isMinus),
            _ => BindNumberSum(syntax, operands, isMinus),
        };
    }

    private BoundExpression BindMovedDate(SyntaxElement syntax, ImmutableArray<BoundExpression> operands, ImmutableArray<bool> isMinus)
    {
        if (operands.FirstOrDefault(operand => operand is BoundWorkingDays) is BoundWorkingDays days)
        {
            return operands is [var date, BoundWorkingDays]
                ? new BoundWorkingDate(syntax, date, days.Calendar, isMinus[0] ? -days.Count : days.Count)
                : Fail(syntax, DeadlineDiagnostics.WorkingDaysAlone(At(days.Syntax)));
        }

        var moves = ImmutableArray.CreateBuilder<BoundMove>();
        for (var i = 1; i < operands.Length; i++)
        {
            if (operands[i].Type.Kind != TypeKind.Duration)
            {
                return Fail(operands[i].Syntax, TypeDiagnostics.NotADuration(At(operands[i].Syntax), operands[i].Type, $"{At(operands[i].Syntax).SpanText} and {At(operands[0].Syntax).SpanText}"));
            }

            moves.Add(new BoundMove(operands[i], isMinus[i - 1]));
        }

        var movesMonths = moves.Any(move => move.Duration.Type.Basis != DurationBasis.Days);
        return new BoundMovedDate(syntax, operands[0], moves.ToImmutable(), RoundingFor(syntax, movesMonths));
    }

    private BoundExpression BindWorkingDays(WorkingDaysLiteralSyntax syntax)
    {
        var calendar = syntax.Calendar is { } name ? scope.Resolve<CalendarSymbol>(name, "calendar", bag, info) : OnlyCalendar(syntax);
        if (calendar is null || syntax.Number is not { } number || !definitions.Require(calendar, At(syntax)))
        {
            return new BoundError(syntax);
        }

        var count = Rational.Parse(number.Text);
        return count <= new Rational(MostWorkingDays)
            ? new BoundWorkingDays(syntax, calendar, (int)count.Numerator)
            : Fail(syntax, TypeDiagnostics.TooLarge(At(number)));
    }

    private const int MostWorkingDays = 1_000_000;

    /// <summary>The calendar that can be seen, where it is the only one.</summary>
    private CalendarSymbol? OnlyCalendar(SyntaxElement syntax)
    {
        var calendars = scope.Visible.OfType<CalendarSymbol>().ToList();
        if (calendars is [var only])
        {
            info.Use(only);
            return only;
        }

        bag.Add(DeadlineDiagnostics.WhichCalendar(At(syntax), calendars.Select(calendar => calendar.Name)));
        return null;
    }

    /// <summary>How the ruleset rounds months; a message where it does not say and has to.</summary>
    public MonthRounding RoundingFor(SyntaxElement syntax, bool isNeeded)
    {
        if (isNeeded && scope.Module.Rounding is null)
        {
            bag.Add(NormDiagnostics.RoundingNotStated(At(syntax)));
        }

        return scope.Module.Rounding ?? MonthRounding.Down;
    }

    private BoundExpression FoldDurations(SyntaxElement syntax, ImmutableArray<BoundExpression> operands, ImmutableArray<bool> isMinus)
    {
        var months = BigInteger.Zero;
        var days = BigInteger.Zero;
        for (var i = 0; i < operands.Length; i++)
        {
            if (operands[i] is not BoundConstant { Value: DurationConstant part })
            {
                return Fail(operands[i].Syntax, operands[i].Type.Kind == TypeKind.Duration
                    ? TypeDiagnostics.DurationInArithmetic(At(operands[i].Syntax), operands[i].Type)
                    : TypeDiagnostics.WrongType(At(operands[i].Syntax), operands[0].Type, operands[i].Type));
            }

            var sign = i > 0 && isMinus[i - 1] ? -1 : 1;
            months += sign * part.Months;
            days += sign * part.Days;
        }

        return Duration(syntax, new DurationConstant(months, days), operands.Any(o => o.Type.Basis != DurationBasis.Days), operands.Any(o => o.Type.Basis != DurationBasis.Months));
    }

    private BoundExpression BindNumberSum(SyntaxElement syntax, ImmutableArray<BoundExpression> operands, ImmutableArray<bool> isMinus)
    {
        var type = operands[0].Type;
        var terms = ImmutableArray.CreateBuilder<BoundTerm>();
        for (var i = 0; i < operands.Length; i++)
        {
            if (operands[i].Type.Kind != TypeKind.Number)
            {
                return Fail(operands[i].Syntax, TypeDiagnostics.NotANumber(At(operands[i].Syntax), operands[i].Type));
            }

            var converted = ConvertNumber(operands[i], type);
            if (converted.Type.IsError)
            {
                return converted;
            }

            terms.Add(new BoundTerm(converted, i > 0 && isMinus[i - 1] ? -Rational.One : Rational.One));
        }

        if (terms.All(term => term.Operand is BoundConstant { Value: NumberConstant }))
        {
            var total = terms.Aggregate(Rational.Zero, (sum, term) => sum + (((NumberConstant)((BoundConstant)term.Operand).Value).Value * term.Factor));
            return new BoundConstant(syntax, type, new NumberConstant(total));
        }

        return new BoundSum(syntax, type with
        {
            IsInteger = terms.All(term => term.Operand.Type.IsInteger),
            AllowsNone = terms.Any(term => term.Operand.Type.AllowsNone),
        }, terms.ToImmutable());
    }

    private BoundExpression BindProduct(MultiplicativeExpressionSyntax syntax)
    {
        var operands = syntax.Operands.Select(operand => Bind(operand)).ToImmutableArray();
        var operators = syntax.Operators.ToImmutableArray();
        if (operands.Length != operators.Length + 1 || operands.Any(operand => operand.Type.IsError))
        {
            return new BoundError(syntax);
        }

        if (operands.FirstOrDefault(operand => operand.Type.Kind != TypeKind.Number) is { } wrong)
        {
            return Fail(wrong.Syntax, wrong.Type.Kind == TypeKind.Duration
                ? TypeDiagnostics.DurationInArithmetic(At(wrong.Syntax), wrong.Type)
                : TypeDiagnostics.NotANumber(At(wrong.Syntax), wrong.Type));
        }

        var product = operands[0];
        for (var i = 1; i < operands.Length; i++)
        {
            product = operators[i - 1].Kind == SyntaxKind.StarToken ? Multiply(syntax, product, operands[i]) : Divide(syntax, product, operands[i]);
            if (product.Type.IsError)
            {
                return product;
            }
        }

        return product with { Syntax = syntax };
    }

    private BoundExpression Multiply(SyntaxElement syntax, BoundExpression left, BoundExpression right)
    {
        if (Factor(right) is { } factor)
        {
            return Scale(left, factor, left.Type with { IsInteger = left.Type.IsInteger && factor.IsWhole });
        }

        return Factor(left) is { } other
            ? Scale(right, other, right.Type with { IsInteger = right.Type.IsInteger && other.IsWhole })
            : Fail(syntax, TypeDiagnostics.NotLinear(At(syntax)));
    }

    private BoundExpression Divide(SyntaxElement syntax, BoundExpression left, BoundExpression right)
    {
        if (Factor(right) is not { } divisor)
        {
            return Fail(syntax, TypeDiagnostics.NotLinear(At(syntax)));
        }

        return divisor == Rational.Zero
            ? Fail(syntax, TypeDiagnostics.DivisionByZero(At(right.Syntax)))
            : Scale(left, Rational.One / divisor, left.Type with { IsInteger = false });
    }

    /// <summary>The number that scales the other side: a constant without a unit.</summary>
    private static Rational? Factor(BoundExpression expression) =>
        expression is BoundConstant { Type.Unit: null, Value: NumberConstant number } ? number.Value : null;

    private BoundExpression BindNegation(UnaryExpressionSyntax syntax)
    {
        var operand = Bind(syntax.Operand);
        return operand.Type.IsError ? operand
            : operand.Type.Kind == TypeKind.Number ? Scale(operand, -Rational.One, operand.Type) with { Syntax = syntax }
            : Fail(syntax, TypeDiagnostics.NotANumber(At(operand.Syntax), operand.Type));
    }

    private BoundExpression BindExtreme(ExtremeCallSyntax syntax)
    {
        var isDates = syntax.Function.Kind is SyntaxKind.EarliestKeyword or SyntaxKind.LatestKeyword;
        var operands = syntax.Arguments.Select(argument => Bind(argument)).ToImmutableArray();
        if (operands.IsEmpty || operands.Any(operand => operand.Type.IsError))
        {
            return new BoundError(syntax);
        }

        if (operands.FirstOrDefault(IsMixed) is { } mixed)
        {
            return Fail(mixed.Syntax, TypeDiagnostics.MixedDuration(At(mixed.Syntax)));
        }

        var first = operands[0].Type with { AllowsNone = true };
        if (isDates ? first.Kind != TypeKind.Date : first.Kind is not (TypeKind.Number or TypeKind.Duration))
        {
            return Fail(operands[0].Syntax, isDates
                ? TypeDiagnostics.WrongType(At(operands[0].Syntax), TypeSymbol.Date, operands[0].Type)
                : TypeDiagnostics.NotANumber(At(operands[0].Syntax), operands[0].Type));
        }

        var converted = operands.Select(operand => Convert(operand, first)).ToImmutableArray();
        return converted.Any(operand => operand.Type.IsError) ? new BoundError(syntax) : new BoundExtreme(
            syntax,
            first with { AllowsNone = operands.All(operand => operand.Type.AllowsNone), IsInteger = operands.All(operand => operand.Type.IsInteger) },
            syntax.Function.Kind is SyntaxKind.LatestKeyword or SyntaxKind.MaxKeyword,
            converted);
    }

    /// <summary>Months and days together: good to move a date, and neither larger nor smaller than anything.</summary>
    public static bool IsMixed(BoundExpression value) => value.Type is { Kind: TypeKind.Duration, Basis: DurationBasis.Mixed };

    private BoundExpression BindSpan(SpanCallSyntax syntax)
    {
        var dates = syntax.Arguments.Select(argument => BindValue(argument, TypeSymbol.Date with { AllowsNone = true })).ToImmutableArray();
        return dates.Length != 2 || dates.Any(date => date.Type.IsError)
            ? new BoundError(syntax)
            : new BoundSpan(syntax, syntax.IsMonths, dates[0], dates[1], RoundingFor(syntax, syntax.IsMonths));
    }

    private BoundExpression BindYear(YearCallSyntax syntax)
    {
        var date = BindValue(syntax.Date, TypeSymbol.Date with { AllowsNone = true });
        return date.Type.IsError ? date : new BoundYearOf(syntax, date);
    }
}
