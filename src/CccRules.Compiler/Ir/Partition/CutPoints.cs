using System.Collections.Immutable;
using System.Numerics;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Ir.Partition;

/// <summary>
/// The numbers at which something can change: a condition can tell a value below a cut point from one at it or above. Found
/// at the conditions and carried back through what is computed, down to the fact:
/// <code>
/// latest (a, b) >= 2026-03-01          →    a, b: 2026-03-01
/// a + 3 months > 2026-03-01            →    a: the first day whose date in three months is later
/// </code>
/// </summary>
internal sealed class CutPoints
{
    /// <summary>Days, and months, beyond which no date of the years 1 to 9999 leads to another.</summary>
    private const long Farthest = 8_000_000;

    private readonly FactUses _uses;
    private readonly WorkingCalendar[] _calendars;
    private readonly SortedSet<BigInteger>?[] _cuts;
    private readonly SortedSet<BigInteger> _factCuts = [];

    private CutPoints(FactUses uses)
    {
        _uses = uses;
        _cuts = new SortedSet<BigInteger>?[uses.Module.Values.Length];
        _calendars = [.. uses.Module.Calendars.Select(calendar => new WorkingCalendar(calendar))];
    }

    /// <summary>The fact's cut points, ascending. For HS codes they are 13-digit codes.</summary>
    public static ImmutableArray<BigInteger> Of(FactUses uses)
    {
        var points = new CutPoints(uses);
        foreach (var atom in uses.Atoms)
        {
            points.AddAtom(atom);
        }

        foreach (var bound in uses.Cells.OfType<IrIntervalCell>().SelectMany(cell => cell.Bounds.Index()))
        {
            points._factCuts.Add(bound.Index % 2 == 0 ? bound.Item : (BigInteger)bound.Item + 1);
        }

        var result = new SortedSet<BigInteger>(points._factCuts);
        for (var value = points._cuts.Length - 1; value >= 0; value--)
        {
            if (points._cuts[value] is not { } cuts)
            {
                continue;
            }

            if (uses.Module.Values[value] is IrFact)
            {
                result.UnionWith(cuts);
            }
            else
            {
                points.CarryBack(uses.Module.Values[value], cuts);
            }
        }

        return [.. result];
    }

    private void AddAtom(IrAtom atom)
    {
        switch (atom)
        {
            case IrInSet test:
                AddBounds(test.Value, test.Bounds.Items);
                break;
            case IrHsInSet test:
                AddBounds(test.Value, [.. test.Bounds.Items.Select(bound => (BigInteger)bound)]);
                break;
            case IrCompare compare:
                foreach (var right in _uses.Possible(compare.Right))
                {
                    AddAround(compare.Left, right * compare.RightFactor, compare.LeftFactor);
                }

                foreach (var left in _uses.Possible(compare.Left))
                {
                    AddAround(compare.Right, left * compare.LeftFactor, compare.RightFactor);
                }

                break;
        }
    }

    private void AddBounds(int value, ImmutableArray<BigInteger> bounds)
    {
        for (var i = 0; i < bounds.Length; i += 2)
        {
            Add(value, bounds[i]);
            Add(value, bounds[i + 1] + 1);
        }
    }

    /// <summary>Below, at and above a number that may lie between two whole ones.</summary>
    private void AddAround(int value, BigInteger numerator, BigInteger denominator)
    {
        Add(value, Ceiling(numerator, denominator));
        Add(value, Floor(numerator, denominator) + 1);
    }

    private void Add(int value, BigInteger cut)
    {
        if (_uses.Depends(value))
        {
            (_cuts[value] ??= []).Add(cut);
        }
    }

    private void CarryBack(IrValue value, SortedSet<BigInteger> cuts)
    {
        switch (value)
        {
            case IrExtreme extreme:
                AddAll(extreme.Operands.Items, cuts);
                break;
            case IrSelect select:
                AddAll([select.Then, select.Else], cuts);
                break;
            case IrLinear linear:
                CarryBack(linear, cuts);
                break;
            case IrAddWorkingDays add:
                Search(add.Date, cuts, [_calendars[add.Calendar]], (calendar, date) => calendar.Add(date, add.Count) ?? (date < calendar.FirstDay ? -Farthest : Farthest), isRising: true);
                break;
            case IrAddPeriod add:
                CarryBack(add, cuts);
                break;
            case IrStep step:
                AddAll([step.Day], _uses.Module.StepTables[step.Table].Entries.Select(entry => (BigInteger)entry.FromDay));
                break;
            case IrYearOf year:
                AddAll([year.Date], cuts.Where(cut => cut >= 1 && cut <= 9999).Select(cut => (BigInteger)CivilDate.FromYearMonthDay((long)cut, 1, 1)));
                break;
            case IrDaysBetween days:
                AddAll([days.To], _uses.Possible(days.From).SelectMany(from => cuts.Select(cut => from + cut)));
                AddAll([days.From], _uses.Possible(days.To).SelectMany(to => cuts.Select(cut => to - cut + 1)));
                break;
            case IrMonthsBetween months:
                Search(months.To, cuts, _uses.Possible(months.From), (from, to) => CivilDate.MonthsBetween((long)from, to, months.Rounding), isRising: true);
                Search(months.From, cuts, _uses.Possible(months.To), (to, from) => CivilDate.MonthsBetween(from, (long)to, months.Rounding), isRising: false);
                break;
        }
    }

    /// <summary>factor * x + rest reaches the cut at x = (cut - rest) / factor.</summary>
    private void CarryBack(IrLinear linear, SortedSet<BigInteger> cuts)
    {
        for (var i = 0; i < linear.Terms.Items.Length; i++)
        {
            var (operand, factor) = linear.Terms.Items[i];
            if (factor.IsZero || !_uses.Depends(operand))
            {
                continue;
            }

            foreach (var rest in _uses.Sums(linear, except: i))
            {
                AddAll([operand], cuts.Select(cut => factor.Sign > 0 ? Ceiling(cut - rest, factor) : Floor(rest - cut, -factor) + 1));
            }
        }
    }

    private void CarryBack(IrAddPeriod add, SortedSet<BigInteger> cuts)
    {
        var periods = (from months in _uses.Possible(add.Months) from days in _uses.Possible(add.Days) select (Months: (long)months, Days: (long)days)).ToList();
        Search(add.Date, cuts, periods, (period, date) => CivilDate.AddPeriod(date, period.Months, period.Days, add.Rounding), isRising: true);
        var fromDays = (from date in _uses.Possible(add.Date) from days in _uses.Possible(add.Days) select (Date: (long)date, Days: (long)days)).ToList();
        Search(add.Months, cuts, fromDays, (start, months) => CivilDate.AddPeriod(start.Date, months, start.Days, add.Rounding), isRising: true);
        var fromMonths = (from date in _uses.Possible(add.Date) from months in _uses.Possible(add.Months) select (Date: (long)date, Months: (long)months)).ToList();
        Search(add.Days, cuts, fromMonths, (start, days) => CivilDate.AddPeriod(start.Date, start.Months, days, add.Rounding), isRising: true);
    }

    /// <summary>Where a function that only rises, or only falls, reaches a cut, for each of the other values it is given.</summary>
    private void Search<T>(int operand, SortedSet<BigInteger> cuts, IReadOnlyCollection<T> others, Func<T, long, long> function, bool isRising)
    {
        if (!_uses.Depends(operand))
        {
            return;
        }

        foreach (var other in others)
        {
            foreach (var cut in cuts)
            {
                Add(operand, FirstReaching(x => (function(other, x) >= cut) == isRising));
            }
        }
    }

    /// <summary>The first number from which a condition holds for good.</summary>
    private static long FirstReaching(Func<long, bool> holds)
    {
        var (low, high) = (-Farthest, Farthest);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (holds(middle))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private void AddAll(ImmutableArray<int> values, IEnumerable<BigInteger> cuts)
    {
        var all = cuts.ToList();
        foreach (var value in values)
        {
            foreach (var cut in all)
            {
                Add(value, cut);
            }
        }
    }

    /// <param name="denominator">Above zero.</param>
    private static BigInteger Floor(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    private static BigInteger Ceiling(BigInteger numerator, BigInteger denominator) => -Floor(-numerator, denominator);
}
