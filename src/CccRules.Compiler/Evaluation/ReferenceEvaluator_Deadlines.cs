using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;

namespace CccRules.Compiler.Evaluation;

internal sealed partial class ReferenceEvaluator
{
    private const Outcome ToBeFulfilled = Outcome.Fulfilled | Outcome.Breached | Outcome.Required;

    /// <summary>
    /// Not applicable where nothing is due; else met, or after the date due overdue, or before it soon (from the day of reminding on) or upcoming.
    /// </summary>
    private ReferenceOutcome OutcomeOf(BoundDeadline deadline)
    {
        var due = Value(deadline.Due);
        var applies = ReferenceCondition.And(
        [
            WhenUnless(deadline.When, deadline.Unless),
            deadline.For is { } owner ? Among(_outcomes[owner], ToBeFulfilled) : ReferenceCondition.Yes,
            due.IsMissing ? deadline.Due.Type.AllowsNone ? ReferenceCondition.Open(due.HangsOn) : ReferenceCondition.Yes : ReferenceCondition.Of(!due.IsNone),
            IsWithin(DayOrNull(deadline.Norm.Module?.FromDay), DayOrNull(deadline.Norm.Module?.UntilDay), EvaluationDate),
        ]);
        var met = deadline.Met is null ? ReferenceCondition.No : Condition(deadline.Met);
        var overdue = Compare(ComparisonKind.Less, due, EvaluationDate);
        var soon = deadline.Remind is { } remind ? Compare(ComparisonKind.LessOrEqual, Earlier(due, remind, deadline), EvaluationDate) : ReferenceCondition.No;

        var statuses = Outcome.Nothing;
        void AddIf(bool isPossible, Outcome status) => statuses |= isPossible ? status : Outcome.Nothing;

        var isOpen = applies.CanBeTrue && met.CanBeFalse;
        AddIf(applies.CanBeFalse, Outcome.NotApplicable);
        AddIf(applies.CanBeTrue && met.CanBeTrue, Outcome.Fulfilled);
        AddIf(isOpen && overdue.CanBeTrue, Outcome.Breached);
        AddIf(isOpen && overdue.CanBeFalse && soon.CanBeTrue, Outcome.Soon);
        AddIf(isOpen && overdue.CanBeFalse && soon.CanBeFalse, Outcome.Required);

        var missing = applies.Missing;
        missing = applies.CanBeTrue ? missing.Union(met.Missing) : missing;
        missing = isOpen ? missing.Union(overdue.Missing) : missing;
        missing = isOpen && overdue.CanBeFalse ? missing.Union(soon.Missing) : missing;
        return new ReferenceOutcome
        {
            Norm = deadline.Norm,
            Statuses = statuses,
            Missing = missing,
            AppliesFrom = null,
            Applies = applies,
            Exempted = ReferenceCondition.No,
            InForce = ReferenceCondition.Yes,
            Fulfilled = deadline.Met is null ? null : met,
            Exemptions = [],
        };
    }

    private static ReferenceValue Earlier(ReferenceValue due, DurationConstant remind, BoundDeadline deadline) =>
        FromValues([due], constants => new DateConstant(ReferenceCalendar.Move(((DateConstant)constants[0]).Day, -remind.Months, -remind.Days, deadline.Rounding)));

    /// <summary>Day by day from the date, counting those that are worked. Beyond what the calendar knows nobody can say.</summary>
    private ReferenceValue WorkingDate(BoundWorkingDate moved)
    {
        var date = Value(moved.Date);
        return date.Constant is DateConstant { Day: var from } ? Moved(from, moved) : date;
    }

    private ReferenceValue Moved(long from, BoundWorkingDate moved)
    {
        var calendar = _ruleset.Calendars.First(calendar => calendar.Calendar == moved.Calendar);
        var step = Math.Sign(moved.Count);
        var day = from;
        for (var left = Math.Abs(moved.Count); left > 0;)
        {
            if (day < calendar.FirstDay || day > calendar.LastDay || day + step < calendar.FirstDay || day + step > calendar.LastDay)
            {
                return ReferenceValue.OfFact(null, new MissingFact(moved.Calendar));
            }

            day += step;
            var isWeekend = DateOnly.FromDayNumber((int)day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            left -= (isWeekend ? calendar.WorkingWeekends.Contains(day) : !calendar.DaysOff.Contains(day)) ? 1 : 0;
        }

        return ReferenceValue.Of(new DateConstant(day));
    }

    private ReferenceValue Recurring(BoundRecurringDate series)
    {
        var start = Value(series.Start);
        var next = series.LastDone is { } done ? AfterLast(series, start, Value(done)) : FirstFrom(series, start, EvaluationDate);
        if (series.Until is null)
        {
            return next;
        }

        var until = Value(series.Until);
        var isInside = ReferenceCondition.Or(
        [
            until.IsMissing ? series.Until.Type.AllowsNone ? ReferenceCondition.Open(until.HangsOn) : ReferenceCondition.No : ReferenceCondition.Of(until.IsNone),
            Compare(ComparisonKind.LessOrEqual, next, until),
        ]);
        return ReferenceValue.Choose(isInside, next, ReferenceValue.None);
    }

    /// <summary>A period after the later of the start and what was last done; none where neither is there.</summary>
    private static ReferenceValue AfterLast(BoundRecurringDate series, ReferenceValue start, ReferenceValue done)
    {
        if (start.IsMissing || done.IsMissing)
        {
            return ReferenceValue.MissingBecause([start, done]);
        }

        var days = new[] { start, done }.Select(value => value.Constant).OfType<DateConstant>().Select(date => date.Day).ToList();
        return days.Count == 0 ? ReferenceValue.None : ReferenceValue.Of(new DateConstant(ReferenceCalendar.Move(days.Max(), series.Period.Months, series.Period.Days, series.Rounding)));
    }

    private static ReferenceValue FirstFrom(BoundRecurringDate series, ReferenceValue start, ReferenceValue today) => FromValues([start, today], constants =>
    {
        var (from, day) = (((DateConstant)constants[0]).Day, ((DateConstant)constants[1]).Day);
        for (BigInteger times = 1; ;)
        {
            var next = ReferenceCalendar.Move(from, times * series.Period.Months, times * series.Period.Days, series.Rounding);
            if (next >= day)
            {
                return new DateConstant(next);
            }

            // No period is longer than its months at 31 days and its days: as many as fit into the rest do not pass the day.
            times += BigInteger.Max(1, (day - next) / ((series.Period.Months * 31) + series.Period.Days));
        }
    });

    /// <summary>The earliest and the latest that a date can be, as <see cref="Fact"/> says; missing where nothing bounds it.</summary>
    private (long Earliest, long Latest) DueOf(BoundExpression date) => date switch
    {
        BoundDefineReference reference when _guarded.TryGetValue(reference.Define, out var define) => Chosen(define.Values),
        BoundExtreme extreme => Extremes(extreme),
        BoundMovedDate moved when moved.Moves.All(move => move.Duration is BoundConstant) && DueOf(moved.Date) is var dates =>
            (Shift(dates.Earliest, day => MovedDate(moved, day)), Shift(dates.Latest, day => MovedDate(moved, day))),
        BoundWorkingDate moved when DueOf(moved.Date) is var dates =>
            (Shift(dates.Earliest, day => Moved(day, moved)), Shift(dates.Latest, day => Moved(day, moved))),
        BoundRecurringDate series => Chosen(series),
        _ => Known(Value(date).Constant),
    };

    private (long Earliest, long Latest) Chosen(ImmutableArray<BoundGuardedValue> values)
    {
        var result = DueOf(values[^1].Value);
        foreach (var (value, guard) in values[..^1].Reverse())
        {
            result = Hull(GuardOf(guard), DueOf(value), result);
        }

        return result;
    }

    private (long Earliest, long Latest) Chosen(BoundRecurringDate series)
    {
        var next = series.LastDone is null
            ? Known(FirstFrom(series, Value(series.Start), EvaluationDate).Constant)
            : Extremes(isLargest: true, [OperandOf(series.Start), OperandOf(series.LastDone)]) is var last
                ? (Shift(last.Earliest, day => Next(series, day)), Shift(last.Latest, day => Next(series, day)))
                : throw new UnreachableException();
        if (series.Until is null)
        {
            return next;
        }

        var until = Value(series.Until);
        var isInside = ReferenceCondition.Or(
        [
            until.IsMissing ? series.Until.Type.AllowsNone ? ReferenceCondition.Open(until.HangsOn) : ReferenceCondition.No : ReferenceCondition.Of(until.IsNone),
            Compare(ComparisonKind.LessOrEqual, series.LastDone is { } done ? AfterLast(series, Value(series.Start), Value(done)) : FirstFrom(series, Value(series.Start), EvaluationDate), until),
        ]);
        return Hull(isInside, next, (Fact.None, Fact.None));
    }

    private static ReferenceValue Next(BoundRecurringDate series, long day) =>
        ReferenceValue.Of(new DateConstant(ReferenceCalendar.Move(day, series.Period.Months, series.Period.Days, series.Rounding)));

    private (long Earliest, long Latest) Extremes(BoundExtreme extreme) => Extremes(extreme.IsLargest, [.. extreme.Operands.Select(OperandOf)]);

    /// <summary>Beside an operand that can be none the others may count alone: while it is open, it bounds nothing.</summary>
    private (long Earliest, long Latest) OperandOf(BoundExpression date) => date.Type.AllowsNone ? Known(Value(date).Constant) : DueOf(date);

    private static (long Earliest, long Latest) Extremes(bool isLargest, ImmutableArray<(long Earliest, long Latest)> operands) => isLargest
        ? (OfKnown(operands.Select(operand => operand.Earliest), true), All(operands.Select(operand => operand.Latest), true))
        : (All(operands.Select(operand => operand.Earliest), false), OfKnown(operands.Select(operand => operand.Latest), false));

    /// <summary>Of those that are known; none beside what is missing bounds nothing.</summary>
    private static long OfKnown(IEnumerable<long> days, bool isLargest) =>
        days.Contains(Fact.Missing) ? Best(days.Where(day => day is not (Fact.Missing or Fact.None)), isLargest) : Best(days, isLargest);

    private static long All(IEnumerable<long> days, bool isLargest) => days.Contains(Fact.Missing) ? Fact.Missing : Best(days, isLargest);

    /// <summary>None is skipped; missing where there is nothing to choose from.</summary>
    private static long Best(IEnumerable<long> days, bool isLargest)
    {
        var there = days.Where(day => day != Fact.None).ToList();
        return there.Count == 0 ? days.Any() ? Fact.None : Fact.Missing : isLargest ? there.Max() : there.Min();
    }

    private static (long Earliest, long Latest) Hull(ReferenceCondition guard, (long Earliest, long Latest) then, (long Earliest, long Latest) otherwise) =>
        !guard.IsOpen ? guard.CanBeTrue ? then : otherwise : (All([then.Earliest, otherwise.Earliest], false), All([then.Latest, otherwise.Latest], true));

    private static long Shift(long day, Func<long, ReferenceValue> move) => day is Fact.Missing or Fact.None ? day : Known(move(day).Constant).Earliest;

    private ReferenceValue MovedDate(BoundMovedDate moved, long day) =>
        Value(moved with { Date = new BoundConstant(moved.Date.Syntax, TypeSymbol.Date, new DateConstant(day)) });

    private static (long Earliest, long Latest) Known(ConstantValue? constant) => constant switch
    {
        DateConstant date => (date.Day, date.Day),
        null => (Fact.Missing, Fact.Missing),
        _ => (Fact.None, Fact.None),
    };
}
