using System.Numerics;
using System.Text.RegularExpressions;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Tests.Engine;

/// <summary>
/// Runs IR as slowly and plainly as it can be said: big integers, DateOnly, lists of possible statuses. Shares no code with
/// the emitter and the operations that emitted code calls.
/// </summary>
internal sealed class NaiveInterpreter
{
    private readonly IrModule _module;
    private readonly IReadOnlyList<NaiveValue> _facts;
    private readonly Dictionary<int, NaiveValue> _values = [];
    private readonly Dictionary<int, NaiveTruth> _logic = [];
    private readonly Dictionary<int, List<Outcome>> _outcomes = [];

    public NaiveInterpreter(IrModule module, IReadOnlyList<NaiveValue> facts)
    {
        _module = module;
        _facts = facts;
    }

    public NaiveTruth Logic(int node)
    {
        if (!_logic.TryGetValue(node, out var truth))
        {
            truth = Compute(_module.Logic[node]);
            _logic[node] = truth;
        }

        return truth;
    }

    public NaiveValue Value(int value)
    {
        if (!_values.TryGetValue(value, out var result))
        {
            result = Compute(_module.Values[value]);
            _values[value] = result;
        }

        return result;
    }

    public Outcome OutcomeOf(int norm) => Outcomes(norm).Aggregate(Outcome.Nothing, (set, status) => set | status);

    private List<Outcome> Outcomes(int norm)
    {
        if (_outcomes.TryGetValue(norm, out var known))
        {
            return known;
        }

        var schema = _module.Norms[norm];
        if (schema.Deadline is { } deadline)
        {
            return _outcomes[norm] = Outcomes(schema, deadline);
        }

        var (a, e, f) = (Logic(schema.Applies), Logic(schema.Exempted), Logic(schema.InForce));
        var s = schema.Fulfilled < 0 ? new NaiveTruth(true, true) : Logic(schema.Fulfilled);
        var possible = new List<Outcome>();
        void Add(bool condition, Outcome status)
        {
            if (condition)
            {
                possible.Add(status);
            }
        }

        Add(a.CanBeFalse, Outcome.NotApplicable);
        Add(a.CanBeTrue && e.CanBeTrue, Outcome.Exempt);
        Add(a.CanBeTrue && e.CanBeFalse && f.CanBeFalse, Outcome.NotInForce);
        var isDue = a.CanBeTrue && f.CanBeTrue && e.CanBeFalse;
        Add(isDue && schema.Fulfilled < 0, Outcome.Required);
        Add(isDue && schema.Fulfilled >= 0 && s.CanBeTrue, Outcome.Fulfilled);
        Add(isDue && schema.Fulfilled >= 0 && s.CanBeFalse, schema.Kind == NormKind.Option ? Outcome.Required : Outcome.Breached);
        _outcomes[norm] = possible;
        return possible;
    }

    private List<Outcome> Outcomes(NormSchema schema, DeadlineSchema deadline)
    {
        // Every way in which the four truths can come out.
        var truths = new[] { Logic(schema.Applies), schema.Fulfilled < 0 ? new NaiveTruth(false, true) : Logic(schema.Fulfilled), Logic(deadline.Overdue), Logic(deadline.Soon) };
        return [.. Enumerable.Range(0, 16)
            .Select(way => truths.Select((truth, i) => (Holds: (way >> i & 1) != 0, truth)).ToArray())
            .Where(way => way.All(entry => entry.Holds ? entry.truth.CanBeTrue : entry.truth.CanBeFalse))
            .Select(way => !way[0].Holds ? Outcome.NotApplicable : way[1].Holds ? Outcome.Fulfilled : way[2].Holds ? Outcome.Breached : way[3].Holds ? Outcome.Soon : Outcome.Required)
            .Distinct()];
    }

    private NaiveTruth Compute(IrLogic node)
    {
        switch (node)
        {
            case IrTruth truth:
                return NaiveTruth.Of(truth.IsTrue);
            case IrAtomNode atom:
                return Compute(_module.Atoms[atom.Atom]);
            case IrAnd and:
                return new NaiveTruth(and.Operands.Items.All(x => Logic(x).CanBeTrue), and.Operands.Items.Any(x => Logic(x).CanBeFalse));
            case IrOr or:
                return new NaiveTruth(or.Operands.Items.Any(x => Logic(x).CanBeTrue), or.Operands.Items.All(x => Logic(x).CanBeFalse));
            case IrNot not:
                return new NaiveTruth(Logic(not.Operand).CanBeFalse, Logic(not.Operand).CanBeTrue);
            case IrIfThenElse c:
                var reachable = new List<NaiveTruth>();
                if (Logic(c.Guard).CanBeTrue)
                {
                    reachable.Add(Logic(c.Then));
                }

                if (Logic(c.Guard).CanBeFalse)
                {
                    reachable.Add(Logic(c.Else));
                }

                return new NaiveTruth(reachable.Any(x => x.CanBeTrue), reachable.Any(x => x.CanBeFalse));
            case IrAtLeast atLeast:
                var most = atLeast.Operands.Items.Count(x => Logic(x).CanBeTrue);
                var fewest = atLeast.Operands.Items.Count(x => !Logic(x).CanBeFalse);
                return new NaiveTruth(most >= atLeast.Count, fewest < atLeast.Count);
            case IrStatus status:
                var outcomes = Outcomes(status.Norm);
                return new NaiveTruth(
                    outcomes.Any(outcome => status.Statuses.HasFlag(outcome)),
                    outcomes.Any(outcome => !status.Statuses.HasFlag(outcome)));
            default:
                throw new InvalidOperationException();
        }
    }

    private NaiveTruth Compute(IrAtom atom)
    {
        switch (atom)
        {
            case IrInSet test:
                return Test(test.Value, test.IncludesNone, value => InSet(value.Number, test.Bounds.Items));
            case IrHasAny test:
                return Test(test.Value, test.IncludesNone, value => (value.Number & test.Mask) != 0);
            case IrTextInSet test:
                return Test(test.Value, test.IncludesNone, value => test.Texts.Items.Contains(value.Text));
            case IrMatches test:
                return Test(test.Value, false, value => Regex.IsMatch(value.Text, test.Pattern, RegexOptions.CultureInvariant));
            case IrHsInSet test:
                return HsInSet(Value(test.Value), test);
            case IrCompare compare:
                return Compare(compare);
            default:
                throw new InvalidOperationException();
        }
    }

    private NaiveTruth Test(int operand, bool includesNone, Func<NaiveValue, bool> test)
    {
        var value = Value(operand);
        return value.IsMissing ? NaiveTruth.Open : NaiveTruth.Of(value.IsNone ? includesNone : test(value));
    }

    private static bool InSet(BigInteger number, IReadOnlyList<BigInteger> bounds) =>
        bounds.Chunk(2).Any(interval => interval[0] <= number && number <= interval[1]);

    private static NaiveTruth HsInSet(NaiveValue value, IrHsInSet test)
    {
        if (!value.IsKnown)
        {
            return value.IsMissing ? NaiveTruth.Open : NaiveTruth.Of(test.IncludesNone);
        }

        var first = long.Parse(value.Text.PadRight(13, '0'));
        var last = long.Parse(value.Text.PadRight(13, '9'));
        var intervals = test.Bounds.Items.Chunk(2).ToList();
        var isInside = intervals.Exists(interval => interval[0] <= first && last <= interval[1]);
        var meets = intervals.Exists(interval => interval[0] <= last && first <= interval[1]);
        return new NaiveTruth(meets, !isInside);
    }

    private NaiveTruth Compare(IrCompare compare)
    {
        var (left, right) = (Value(compare.Left), Value(compare.Right));
        if (left.IsMissing || right.IsMissing)
        {
            return NaiveTruth.Open;
        }

        if (left.IsNone || right.IsNone)
        {
            return NaiveTruth.Of(compare.Comparison switch
            {
                IrComparison.Equal => left.IsNone && right.IsNone,
                IrComparison.NotEqual => left.IsNone != right.IsNone,
                _ => false,
            });
        }

        var order = left.Kind == IrKind.Text
            ? string.CompareOrdinal(left.Text, right.Text)
            : (left.Number * compare.LeftFactor).CompareTo(right.Number * compare.RightFactor);
        return NaiveTruth.Of(compare.Comparison switch
        {
            IrComparison.Equal => order == 0,
            IrComparison.NotEqual => order != 0,
            IrComparison.Less => order < 0,
            _ => order <= 0,
        });
    }

    private NaiveValue Compute(IrValue value)
    {
        switch (value)
        {
            case IrFact fact:
                return _facts[fact.Fact];
            case IrConstant constant:
                return constant.IsNone ? NaiveValue.None(constant.Type.Kind) : NaiveValue.Of(constant.Type.Kind, constant.Value);
            case IrTextConstant text:
                return NaiveValue.Of(text.Text);
            case IrExtreme extreme:
                return Extreme(extreme);
            case IrSelect select:
                return Select(select);
            case IrLinear linear:
                return Arithmetic(
                    linear.Type.Kind,
                    [.. linear.Terms.Items.Select(term => term.Operand)],
                    x => linear.Constant + x.Select((number, i) => number * linear.Terms.Items[i].Factor).Aggregate(BigInteger.Zero, BigInteger.Add));
            case IrAddPeriod add:
                return Arithmetic(
                    IrKind.Date, [add.Date, add.Months, add.Days], x => AddMonths(Date(x[0]), (int)x[1], add.Rounding).DayNumber + x[2]);
            case IrYearOf year:
                return Arithmetic(IrKind.Number, [year.Date], x => Date(x[0]).Year);
            case IrDaysBetween days:
                return Arithmetic(IrKind.Number, [days.From, days.To], x => x[1] - x[0]);
            case IrMonthsBetween months:
                return Arithmetic(
                    IrKind.Number,
                    [months.From, months.To],
                    x => x[0] <= x[1] ? MonthsBetween(Date(x[0]), Date(x[1]), months.Rounding) : -MonthsBetween(Date(x[1]), Date(x[0]), months.Rounding));
            case IrStep step:
                return Step(step);
            case IrLookup lookup:
                return Lookup(lookup);
            case IrAddWorkingDays add:
                return Value(add.Date) is { IsKnown: true } date ? AddWorkingDays((long)date.Number, add.Count, _module.Calendars[add.Calendar]) : Value(add.Date);
            case IrNextOccurrence next:
                return Arithmetic(IrKind.Date, [next.Start, next.Day], x => Next(Date(x[0]), Date(x[1]), next));
            default:
                throw new InvalidOperationException();
        }
    }

    private NaiveValue Extreme(IrExtreme extreme)
    {
        var operands = extreme.Operands.Items.Select(Value).ToList();
        if (operands.Exists(operand => operand.IsMissing))
        {
            return NaiveValue.Missing(extreme.Type.Kind);
        }

        var numbers = operands.Where(operand => operand.IsKnown).Select(operand => operand.Number).Order().ToList();
        return numbers.Count == 0
            ? NaiveValue.None(extreme.Type.Kind)
            : NaiveValue.Of(extreme.Type.Kind, extreme.IsLargest ? numbers[^1] : numbers[0]);
    }

    private NaiveValue Select(IrSelect select)
    {
        var (guard, then, otherwise) = (Logic(select.Guard), Value(select.Then), Value(select.Else));
        if (guard.CanBeTrue && guard.CanBeFalse)
        {
            var isFinal = select.Type.Kind != IrKind.HsCode || then.IsNone || then.Text.Length == 13;
            return !then.IsMissing && then == otherwise && isFinal ? then : NaiveValue.Missing(select.Type.Kind);
        }

        return guard.CanBeTrue ? then : otherwise;
    }

    private NaiveValue Step(IrStep step)
    {
        var day = Value(step.Day);
        if (!day.IsKnown)
        {
            return day with { Kind = step.Type.Kind };
        }

        var entry = _module.StepTables[step.Table].Entries.LastOrDefault(entry => entry.FromDay <= day.Number);
        return entry is null ? NaiveValue.None(step.Type.Kind) : NaiveValue.Of(step.Type.Kind, entry.Value);
    }

    /// <summary>Row by row: what can be given until a row must hold.</summary>
    private NaiveValue Lookup(IrLookup lookup)
    {
        var inputs = lookup.Inputs.Items.Select(Value).ToList();
        var possible = new HashSet<IrGiven>();
        var isOver = false;
        foreach (var row in _module.Tables[lookup.Table].Rows.TakeWhile(_ => !isOver))
        {
            var cells = row.Cells.Select((cell, i) => cell is null ? NaiveTruth.Of(true) : Cell(cell, inputs[i])).ToList();
            if (cells.All(cell => cell.CanBeTrue))
            {
                possible.Add(row.Given[lookup.Output]);
                isOver = !cells.Exists(cell => cell.CanBeFalse);
            }
        }

        possible.UnionWith(isOver ? [] : [default(IrGiven)]);
        return possible.Count > 1 ? NaiveValue.Missing(lookup.Type.Kind)
            : possible.Single() is { Text: { } text } ? NaiveValue.Of(text)
            : possible.Single() is { Number: { } number } ? NaiveValue.Of(lookup.Type.Kind, number)
            : NaiveValue.None(lookup.Type.Kind);
    }

    private static NaiveTruth Cell(IrCell cell, NaiveValue value)
    {
        if (!value.IsKnown)
        {
            return value.IsMissing ? NaiveTruth.Open : NaiveTruth.Of(cell.IncludesNone);
        }

        return cell switch
        {
            IrMaskCell mask => NaiveTruth.Of((((long)value.Number & mask.Mask) != 0) != mask.IsNegated),
            IrTextCell texts => NaiveTruth.Of(texts.Texts.Contains(value.Text) != texts.IsNegated),
            IrIntervalCell codes when value.Kind == IrKind.HsCode => HsInSet(value, new IrHsInSet(0, new IrList<long>(codes.Bounds), cell.IncludesNone)),
            IrIntervalCell range => NaiveTruth.Of(InSet(value.Number, [.. range.Bounds.Select(bound => (BigInteger)bound)])),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>Day by day.</summary>
    private static NaiveValue AddWorkingDays(long day, int count, CalendarSchema calendar)
    {
        for (var left = Math.Abs(count); left > 0;)
        {
            if (day < calendar.FirstDay || day > calendar.LastDay)
            {
                return NaiveValue.Missing(IrKind.Date);
            }

            day += Math.Sign(count);
            var isWeekend = DateOnly.FromDayNumber((int)day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            left -= calendar.WorkingWeekends.Contains(day) || (!isWeekend && !calendar.DaysOff.Contains(day)) ? 1 : 0;
        }

        return count != 0 && (day < calendar.FirstDay || day > calendar.LastDay) ? NaiveValue.Missing(IrKind.Date) : NaiveValue.Of(IrKind.Date, day);
    }

    private static BigInteger Next(DateOnly start, DateOnly day, IrNextOccurrence series)
    {
        for (var times = 1; ; times++)
        {
            var date = AddMonths(start, times * series.Months, series.Rounding).AddDays(times * series.Days);
            if (date >= day)
            {
                return date.DayNumber;
            }
        }
    }

    private NaiveValue Arithmetic(IrKind kind, IReadOnlyList<int> operands, Func<List<BigInteger>, BigInteger> compute)
    {
        var values = operands.Select(Value).ToList();
        return values.Exists(value => value.IsMissing)
            ? NaiveValue.Missing(kind)
            : values.Exists(value => value.IsNone)
                ? NaiveValue.None(kind)
                : NaiveValue.Of(kind, compute(values.ConvertAll(value => value.Number)));
    }

    private static DateOnly Date(BigInteger day) => DateOnly.FromDayNumber((int)day);

    private static DateOnly AddMonths(DateOnly date, int months, MonthRounding rounding)
    {
        // AddMonths of the platform rounds down.
        var moved = date.AddMonths(months);
        return moved.Day == date.Day || rounding == MonthRounding.Down ? moved : moved.AddDays(1);
    }

    private static int MonthsBetween(DateOnly from, DateOnly to, MonthRounding rounding)
    {
        var months = 0;
        while (AddMonths(from, months + 1, rounding) <= to)
        {
            months++;
        }

        return months;
    }
}

/// <summary>A truth as what it can be.</summary>
internal readonly record struct NaiveTruth(bool CanBeTrue, bool CanBeFalse)
{
    public static NaiveTruth Open => new(true, true);

    public static NaiveTruth Of(bool isTrue) => new(isTrue, !isTrue);
}

/// <summary>A value: missing, none, or a number or text.</summary>
internal sealed record NaiveValue(IrKind Kind, bool IsMissing, bool IsNone, BigInteger Number, string Text)
{
    public bool IsKnown => !IsMissing && !IsNone;

    public static NaiveValue Missing(IrKind kind) => new(kind, true, false, 0, "");

    public static NaiveValue None(IrKind kind) => new(kind, false, true, 0, "");

    public static NaiveValue Of(IrKind kind, BigInteger number) =>
        kind == IrKind.HsCode ? Hs((number / 16).ToString("D13")[..(int)(number % 16)]) : new(kind, false, false, number, "");

    public static NaiveValue Of(string text) => new(IrKind.Text, false, false, 0, text);

    /// <summary>An HS code of some digits, without dots; the number is only there for comparisons.</summary>
    public static NaiveValue Hs(string digits) => new(IrKind.HsCode, false, false, (BigInteger.Parse(digits.PadRight(13, '0')) * 16) + digits.Length, digits);
}
