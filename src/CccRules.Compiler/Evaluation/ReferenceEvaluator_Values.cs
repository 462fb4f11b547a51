using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Evaluation;

internal sealed partial class ReferenceEvaluator
{
    private ReferenceValue EvaluationDate => ReferenceValue.OfFact(
        _record.EvaluationDay is { } day ? new DateConstant(day) : null, MissingFact.EvaluationDate);

    private ReferenceValue Value(BoundExpression expression) => expression switch
    {
        BoundConstant constant => ReferenceValue.Of(constant.Value),
        BoundField field => ReferenceValue.OfFact(_record.Fields.GetValueOrDefault(field.Field), new MissingFact(field.Field)),
        BoundQuestion question => Answer(question.Question),
        BoundParameter parameter => Parameter(parameter),
        BoundColumn column => Look(column.Column),
        BoundDefineReference reference when !IsCondition(reference.Type) => _values[reference.Define],
        BoundSum sum => Sum(sum),
        BoundMovedDate moved => MovedDate(moved),
        BoundListCall call => ListValue(call),
        BoundWorkingDate moved => WorkingDate(moved),
        BoundRecurringDate series => Recurring(series),
        BoundExtreme extreme => Extreme(extreme),
        BoundYearOf year => FromDates([Value(year.Date)], days => ReferenceCalendar.YearOf(days[0])),
        BoundSpan span => FromDates([Value(span.From), Value(span.To)], days => Span(span, days[0], days[1])),
        { Type.Kind: TypeKind.YesNo } => ReferenceValue.Of(Condition(expression)),
        _ => throw new UnreachableException(),
    };

    private ReferenceValue Answer(QuestionSymbol question) => ReferenceValue.OfFact(
        _record.Answers.TryGetValue(question, out var answer) ? new YesNoConstant(answer) : null, new MissingFact(question));

    /// <summary>The entry of the last day that is not after the date; none before the first, and on a date that is none.</summary>
    private ReferenceValue Parameter(BoundParameter parameter)
    {
        var date = parameter.At is null ? EvaluationDate : Value(parameter.At);
        if (date.Constant is not DateConstant { Day: var day })
        {
            return date;
        }

        var entry = parameter.Entries
            .Where(entry => entry.FromDay is not { } from || from <= day)
            .MaxBy(entry => entry.FromDay ?? long.MinValue);
        return entry is null ? ReferenceValue.None : ReferenceValue.Of(entry.Value);
    }

    private ReferenceValue Sum(BoundSum sum) =>
        FromValues([.. sum.Terms.Select(term => Value(term.Operand))], constants => new NumberConstant(constants
            .Select((constant, i) => ((NumberConstant)constant).Value * sum.Terms[i].Factor)
            .Aggregate(Rational.Zero, (total, term) => total + term)));

    private ReferenceValue MovedDate(BoundMovedDate moved)
    {
        var operands = moved.Moves.Select(move => Value(move.Duration)).Prepend(Value(moved.Date)).ToImmutableArray();
        return FromValues(operands, constants =>
        {
            var (months, days) = (BigInteger.Zero, BigInteger.Zero);
            foreach (var (move, constant) in moved.Moves.Zip(constants.Skip(1)))
            {
                var duration = (DurationConstant)constant;
                months += move.IsBackwards ? -duration.Months : duration.Months;
                days += move.IsBackwards ? -duration.Days : duration.Days;
            }

            var day = ((DateConstant)constants[0]).Day;
            return new DateConstant(ReferenceCalendar.Move(day, months, days, moved.Rounding));
        });
    }

    /// <summary>None is skipped; where all are none, none. Missing where any is missing.</summary>
    private ReferenceValue Extreme(BoundExtreme extreme)
    {
        var operands = extreme.Operands.Select(Value).ToImmutableArray();
        if (operands.Any(operand => operand.IsMissing))
        {
            return ReferenceValue.MissingBecause(operands);
        }

        var there = operands.Where(operand => !operand.IsNone).Select(operand => operand.Constant ?? throw new UnreachableException());
        var comparer = Comparer<ConstantValue>.Create(Order);
        var best = extreme.IsLargest ? there.Max(comparer) : there.Min(comparer);
        return best is null ? ReferenceValue.None : ReferenceValue.Of(best);
    }

    private static BigInteger Span(BoundSpan span, long from, long to) =>
        span.IsMonths ? ReferenceCalendar.MonthsBetween(from, to, span.Rounding) : to - (BigInteger)from;

    private static ReferenceValue FromDates(ImmutableArray<ReferenceValue> dates, Func<ImmutableArray<long>, BigInteger> count) =>
        FromValues(dates, constants => new NumberConstant(
            new Rational(count([.. constants.Select(constant => ((DateConstant)constant).Day)]))));

    /// <summary>Computed from values: missing where one is missing, else none where one is none.</summary>
    private static ReferenceValue FromValues(
        ImmutableArray<ReferenceValue> operands, Func<ImmutableArray<ConstantValue>, ConstantValue> compute)
    {
        if (operands.Any(operand => operand.IsMissing))
        {
            return ReferenceValue.MissingBecause(operands);
        }

        return operands.Any(operand => operand.IsNone)
            ? ReferenceValue.None
            : ReferenceValue.Of(compute([.. operands.Select(operand => operand.Constant ?? throw new UnreachableException())]));
    }
}
