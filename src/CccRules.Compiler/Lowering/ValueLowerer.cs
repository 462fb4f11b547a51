using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Lowering;

/// <summary>
/// Bound values to IR values. Every number gets a denominator of its own, found by adding up those of its parts:
/// <code>
/// rated_energy / 3 + 1 Wh     →     linear (1 * rated_energy + 3000000) over 3000000
/// </code>
/// </summary>
internal sealed class ValueLowerer(IrBuilder builder, ImmutableDictionary<Symbol, int> facts, int evaluationDate)
{
    private readonly Dictionary<DefineSymbol, int> _defines = [];
    private readonly HashSet<int> _canBeNone = [];
    private readonly HashSet<int> _columns = [];
    private TableLowerer? _tables;

    /// <summary>Lowers conditions that stand where a value is expected; set by the owner of both.</summary>
    public required Func<BoundExpression, int> Condition { get; init; }

    public required ImmutableDictionary<CalendarSymbol, int> Calendars { get; init; }

    public int MostRowsAsConditions { get; init; } = TableLowerer.MostRowsAsConditions;

    public TableLowerer Tables => _tables ??= new TableLowerer(builder, this, MostRowsAsConditions);

    public int EvaluationDate => builder.Add(new IrFact(IrType.Of(IrKind.Date), evaluationDate));

    public void Define(BoundDefine define)
    {
        var values = define.Values.Select(entry => entry.Value).ToImmutableArray();
        var type = TypeOf(define.Type, values);
        var result = Lower(values[^1], type);
        for (var i = values.Length - 2; i >= 0; i--)
        {
            // as A when g, as B otherwise  →  select g A B
            var guard = Condition(define.Values[i].Guard ?? throw new UnreachableException());
            result = builder.Add(new IrSelect(type, guard, Lower(values[i], type), result));
        }

        _defines[define.Define] = result;
    }

    /// <summary>Whether an expression whose type allows none was lowered to the value.</summary>
    public bool CanBeNone(int value) => _canBeNone.Contains(value);

    /// <summary>Whether the value is what a table gives: rows as conditions and rows as data mean the same, so no one looks into either.</summary>
    public bool IsColumn(int value) => _columns.Contains(value);

    /// <summary>A value in its natural type.</summary>
    public int Lower(BoundExpression expression)
    {
        var value = LowerNatural(expression);
        if (expression.Type.AllowsNone)
        {
            _canBeNone.Add(value);
        }

        if (expression is BoundColumn)
        {
            _columns.Add(value);
        }

        return value;
    }

    private int LowerNatural(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundConstant constant:
                return Constant(constant, NaturalType(constant));
            case BoundField field:
                return builder.Add(new IrFact(FactType(field.Type), facts[field.Field]));
            case BoundQuestion question:
                return builder.Add(new IrFact(IrType.Of(IrKind.YesNo), facts[question.Question]));
            case BoundDefineReference reference when _defines.TryGetValue(reference.Define, out var value):
                return value;
            case BoundColumn column:
                return Tables[column.Column];
            case BoundParameter parameter:
                return Parameter(parameter);
            case BoundMovedDate moved:
                return MovedDate(moved);
            case BoundSum sum:
                return Sum(sum);
            case BoundListCall call:
                return builder.Add(new IrFact(call.Word == ListWord.Count ? IrType.Number(1) : IrType.Of(IrKind.YesNo), facts[call.Fact]));
            case BoundWorkingDate moved:
                var beyond = builder.Add(new IrFact(IrType.Of(IrKind.YesNo), facts[moved.Calendar]));
                return builder.Add(new IrAddWorkingDays(Lower(moved.Date), moved.Count, Calendars[moved.Calendar], beyond));
            case BoundRecurringDate series:
                return Recurring(series);
            case BoundExtreme extreme:
                return Extreme(extreme);
            case BoundYearOf year:
                return builder.Add(new IrYearOf(Lower(year.Date)));
            case BoundSpan { IsMonths: true } span:
                return builder.Add(new IrMonthsBetween(Lower(span.From), Lower(span.To), span.Rounding));
            case BoundSpan span:
                return builder.Add(new IrDaysBetween(Lower(span.From), Lower(span.To)));
            case { Type.Kind: TypeKind.YesNo }:
                // A condition where a value is expected: open gives missing.
                return builder.Add(new IrSelect(IrType.Of(IrKind.YesNo), Condition(expression), YesNo(true), YesNo(false)));
            default:
                throw new UnreachableException(expression.GetType().Name);
        }
    }

    /// <summary>A value in a given type; a number is scaled to its denominator.</summary>
    public int Lower(BoundExpression expression, IrType type)
    {
        if (expression is BoundConstant constant)
        {
            return Constant(constant, type);
        }

        var value = Lower(expression);
        var own = builder.ValueAt(value).Type;
        if (type.Kind != IrKind.Number || own.Denominator == type.Denominator)
        {
            return value;
        }

        return builder.Add(new IrLinear(type with { IsWide = true }, new IrList<IrTerm>([new IrTerm(value, type.Denominator / own.Denominator)]), BigInteger.Zero));
    }

    /// <summary>A number as a sum over values that are no sums themselves, and the sum's constant.</summary>
    public LinearForm Linear(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundConstant { Value: NumberConstant number }:
                return new LinearForm([], number.Value);
            case BoundSum sum:
                return sum.Terms.Aggregate(LinearForm.Zero, (total, term) => total.Add(Linear(term.Operand), term.Factor));
            default:
                var value = Lower(expression);
                return new LinearForm([(value, new Rational(BigInteger.One, builder.ValueAt(value).Type.Denominator))], Rational.Zero);
        }
    }

    public int Constant(BoundConstant constant, IrType type) => constant.Value switch
    {
        NoneConstant => builder.Add(new IrConstant(type, BigInteger.Zero, IsNone: true)),
        NumberConstant number => builder.Add(new IrConstant(type, (number.Value * new Rational(type.Denominator)).Numerator)),
        TextConstant text => builder.Add(new IrTextConstant(text.Value)),
        var other => builder.Add(new IrConstant(type, FactEncoding.Encode(other, constant.Type))),
    };

    public static IrType FactType(TypeSymbol type) => type.Kind switch
    {
        TypeKind.YesNo => IrType.Of(IrKind.YesNo),
        TypeKind.Number => IrType.Number(type.IsInteger ? 1 : Fact.DecimalScale),
        TypeKind.Text => IrType.Of(IrKind.Text),
        TypeKind.Date => IrType.Of(IrKind.Date),
        TypeKind.Duration => IrType.Of(type.Basis == DurationBasis.Months ? IrKind.Months : IrKind.Days),
        TypeKind.Member => IrType.Of(IrKind.Member),
        TypeKind.MemberSet => IrType.Of(IrKind.Members),
        TypeKind.Country => IrType.Of(IrKind.Country),
        TypeKind.Hs => IrType.Of(IrKind.HsCode),
        _ => throw new UnreachableException(type.Kind.ToString()),
    };

    private int YesNo(bool value) => builder.Add(new IrConstant(IrType.Of(IrKind.YesNo), value ? 1 : 0));

    private static IrType NaturalType(BoundConstant constant) => constant.Value is NumberConstant number
        ? IrType.Number(number.Value.Denominator, isWide: true)
        : FactType(constant.Type);

    /// <summary>One type for values that must agree: for numbers the least common denominator.</summary>
    private IrType TypeOf(TypeSymbol type, ImmutableArray<BoundExpression> values)
    {
        if (type.Kind != TypeKind.Number)
        {
            return FactType(type);
        }

        var types = values.Select(value => value is BoundConstant { Value: NumberConstant number }
            ? IrType.Number(number.Value.Denominator, !Fits(number.Value))
            : value is BoundConstant ? IrType.Number(1) : builder.ValueAt(Lower(value)).Type).ToList();
        var denominator = types.Aggregate(BigInteger.One, (common, one) => NumberRange.LeastCommonMultiple(common, one.Denominator));
        return IrType.Number(denominator, types.Any(one => one.IsWide || one.Denominator != denominator));
    }

    private static bool Fits(Rational number) => BigInteger.Abs(number.Numerator) < long.MaxValue;

    private int Parameter(BoundParameter parameter)
    {
        var day = parameter.At is { } at ? Lower(at) : EvaluationDate;
        var type = FactType(parameter.Parameter.Type);
        if (type.Kind == IrKind.Text)
        {
            return TextParameter(parameter, day);
        }

        var entries = parameter.Entries.Select(entry =>
            new IrStepEntry(entry.FromDay ?? Fact.None + 1, (long)FactEncoding.Encode(entry.Value, parameter.Parameter.Type)));
        return builder.Add(new IrStep(type, builder.Add(new IrStepTable([.. entries])), day));
    }

    /// <summary>Texts are not numbers: a chain of guards over the days, latest first. A day that is none gives none.</summary>
    private int TextParameter(BoundParameter parameter, int day)
    {
        var type = IrType.Of(IrKind.Text);
        var result = builder.Add(new IrConstant(type, BigInteger.Zero, IsNone: true));
        foreach (var entry in parameter.Entries)
        {
            var value = entry.Value is TextConstant text
                ? builder.Add(new IrTextConstant(text.Value))
                : builder.Add(new IrConstant(type, BigInteger.Zero, IsNone: true));
            result = builder.Add(new IrSelect(type, builder.InRange(day, entry.FromDay, null), value, result));
        }

        return result;
    }

    private int MovedDate(BoundMovedDate moved)
    {
        var months = Duration(moved, DurationBasis.Months);
        var days = Duration(moved, DurationBasis.Days);
        return builder.Add(new IrAddPeriod(Lower(moved.Date), months, days, moved.Rounding));
    }

    /// <summary>
    /// <code>
    /// every 12 months after A until B, last done C    →    next = latest (A, C) + 12 months; if next &lt;= B then next else none
    /// every 12 months after A                         →    the first of A + 12 months, A + 24 months, … that is not before the evaluation date
    /// </code>
    /// </summary>
    private int Recurring(BoundRecurringDate series)
    {
        var date = IrType.Of(IrKind.Date);
        var start = Lower(series.Start);
        var next = series.LastDone is { } done
            ? builder.Add(new IrAddPeriod(
                builder.Add(new IrExtreme(date, IsLargest: true, new IrList<int>([start, Lower(done)]))),
                builder.Add(new IrConstant(IrType.Of(IrKind.Months), series.Period.Months)),
                builder.Add(new IrConstant(IrType.Of(IrKind.Days), series.Period.Days)),
                series.Rounding))
            : builder.Add(new IrNextOccurrence(start, EvaluationDate, (int)series.Period.Months, (int)series.Period.Days, series.Rounding));
        if (series.Until is not { } until)
        {
            return next;
        }

        var end = Lower(until);
        var isInside = builder.Add(new IrCompare(IrComparison.LessOrEqual, next, end, 1, 1));
        var isEndless = until.Type.AllowsNone ? builder.InSet(end, [], includesNone: true) : builder.False;
        return builder.Select(date, builder.Or(isEndless, isInside), next, builder.Add(new IrConstant(date, BigInteger.Zero, IsNone: true)));
    }

    /// <summary>All moves of one basis added up: constants, and facts with their signs.</summary>
    private int Duration(BoundMovedDate moved, DurationBasis basis)
    {
        var type = IrType.Of(basis == DurationBasis.Months ? IrKind.Months : IrKind.Days);
        var constant = BigInteger.Zero;
        var terms = ImmutableArray.CreateBuilder<IrTerm>();
        foreach (var move in moved.Moves)
        {
            var sign = move.IsBackwards ? -1 : 1;
            if (move.Duration is BoundConstant { Value: DurationConstant duration })
            {
                constant += sign * (basis == DurationBasis.Months ? duration.Months : duration.Days);
            }
            else if (move.Duration.Type.Basis == basis)
            {
                terms.Add(new IrTerm(Lower(move.Duration), sign));
            }
        }

        return terms switch
        {
            [] => builder.Add(new IrConstant(type, constant)),
            [{ Factor.IsOne: true } only] when constant.IsZero => only.Operand,
            _ => builder.Add(new IrLinear(type with { IsWide = true }, new IrList<IrTerm>(terms.ToImmutable()), constant)),
        };
    }

    private int Sum(BoundSum sum)
    {
        var form = Linear(sum);
        var denominator = form.Terms.Aggregate(form.Constant.Denominator, (common, term) => NumberRange.LeastCommonMultiple(common, term.Factor.Denominator));
        var scale = new Rational(denominator);
        return builder.Add(new IrLinear(
            IrType.Number(denominator, isWide: true),
            new IrList<IrTerm>([.. form.Terms.Select(term => new IrTerm(term.Value, (term.Factor * scale).Numerator))]),
            (form.Constant * scale).Numerator));
    }

    private int Extreme(BoundExtreme extreme)
    {
        var type = TypeOf(extreme.Type, extreme.Operands);
        return builder.Add(new IrExtreme(type, extreme.IsLargest, new IrList<int>([.. extreme.Operands.Select(operand => Lower(operand, type))])));
    }
}

/// <summary>A sum: factors times the numerators of values, plus a constant. Values may repeat; a factor may be zero.</summary>
internal sealed record LinearForm(ImmutableArray<(int Value, Rational Factor)> Terms, Rational Constant)
{
    public static LinearForm Zero { get; } = new([], Rational.Zero);

    /// <summary>Adds a multiple of another sum. Terms of one value are added up, and stay where they cancel: an unknown less itself is unknown.</summary>
    public LinearForm Add(LinearForm other, Rational factor)
    {
        var terms = Terms.ToList();
        foreach (var (value, own) in other.Terms)
        {
            var at = terms.FindIndex(term => term.Value == value);
            if (at < 0)
            {
                terms.Add((value, own * factor));
            }
            else
            {
                terms[at] = (value, terms[at].Factor + (own * factor));
            }
        }

        return new LinearForm([.. terms], Constant + (other.Constant * factor));
    }
}
