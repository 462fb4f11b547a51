using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Time;

namespace CccRules.Runtime.Operations;

/// <summary>
/// Values computed from values, one record at a time. Where an operand is missing the result is missing; else where one
/// is none it is none, unless a method says otherwise. Called by emitted code.
/// </summary>
public static class ValueOperations
{
    private const int MostHsDigits = 13;

    /// <summary>The smaller; none is skipped.</summary>
    public static long Least(long left, long right)
    {
        if (left > Fact.None && right > Fact.None)
        {
            return Math.Min(left, right);
        }

        return left == Fact.Missing || right == Fact.Missing ? Fact.Missing : Math.Max(left, right);
    }

    /// <summary>The larger; none, the smallest number but one, is skipped by itself.</summary>
    public static long Largest(long left, long right) =>
        left == Fact.Missing || right == Fact.Missing ? Fact.Missing : Math.Max(left, right);

    /// <summary>A date moved by months, once and rounded, and then by days.</summary>
    public static long AddPeriod(long date, long months, long days, MonthRounding rounding)
    {
        if (date > Fact.None && months > Fact.None && days > Fact.None)
        {
            return CivilDate.AddPeriod(date, months, days, rounding);
        }

        return date == Fact.Missing || months == Fact.Missing || days == Fact.Missing ? Fact.Missing : Fact.None;
    }

    /// <summary>
    /// A date moved by working days of a calendar (of <see cref="Schema.ProgramTables.Calendars"/>); missing where that leaves what the calendar knows.
    /// </summary>
    public static long AddWorkingDays(long date, int workingDays, RuleTables tables, int calendar) =>
        date > Fact.None ? tables.Calendars[calendar].Add(date, workingDays) ?? Fact.Missing : date;

    /// <summary>The first date of a series (a start moved by once, twice, … a period of months or of days) that is not before a day.</summary>
    public static long NextOccurrence(long start, long day, long months, long days, MonthRounding rounding)
    {
        if (start <= Fact.None || day <= Fact.None)
        {
            return Unknown(start, day);
        }

        // No period is shorter than its months at 28 days and its days: so many of them reach the day for certain.
        var (low, high) = (1L, Math.Max(1, (Math.Max(0, day - start) / Math.Max(1, (months * 28) + days)) + 1));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (CivilDate.AddPeriod(start, middle * months, middle * days, rounding) >= day)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return CivilDate.AddPeriod(start, low * months, low * days, rounding);
    }

    /// <summary>The earliest (or latest) date that a guarded date can be; missing where a branch that can hold has no such bound.</summary>
    public static long Hull(Truth guard, long then, long otherwise, bool isLatest) => guard switch
    {
        Truth.True => then,
        Truth.False => otherwise,
        _ => isLatest ? Largest(then, otherwise) : Least(then, otherwise),
    };

    /// <summary>The smaller of those that are known: a bound of what the smaller can be. Missing where none is known.</summary>
    public static long LeastKnown(long left, long right) => left == Fact.Missing ? Known(right) : right == Fact.Missing ? Known(left) : Least(left, right);

    /// <summary>The larger of those that are known: a bound of what the larger can be. Missing where none is known.</summary>
    public static long LargestKnown(long left, long right) => left == Fact.Missing ? Known(right) : right == Fact.Missing ? Known(left) : Largest(left, right);

    /// <summary>None beside what is missing bounds nothing.</summary>
    private static long Known(long value) => value == Fact.None ? Fact.Missing : value;

    /// <summary>The branch that the guard chooses; with an open guard missing, unless both are the same.</summary>
    public static long Select(Truth guard, long then, long otherwise) => guard switch
    {
        Truth.True => then,
        Truth.False => otherwise,
        _ => then == otherwise ? then : Fact.Missing,
    };

    /// <summary>
    /// As <see cref="Select"/> for HS codes: two codes that can both turn out to have more digits are not the same, however
    /// alike they look, for each may get other ones.
    /// </summary>
    public static long SelectHs(Truth guard, long then, long otherwise) => guard switch
    {
        Truth.True => then,
        Truth.False => otherwise,
        _ => then == otherwise && (then == Fact.None || (then & 15) == MostHsDigits) ? then : Fact.Missing,
    };

    /// <summary>As <see cref="Select"/> for texts, which are the same where their contents are.</summary>
    public static long SelectText(Truth guard, long then, long otherwise, TextDictionary texts, RuleTables tables) => guard switch
    {
        Truth.True => then,
        Truth.False => otherwise,
        _ => AtomOperations.AreSameText(then, otherwise, texts, tables) ? then : Fact.Missing,
    };

    /// <summary>A dated parameter (a table of <see cref="Schema.ProgramTables.Steps"/>) on a day; none before its first day.</summary>
    public static long Step(long day, RuleTables tables, int table)
    {
        if (day <= Fact.None)
        {
            return day;
        }

        var steps = tables.Steps[table];
        var (low, high) = (0, steps.Length / 2);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (steps[2 * middle] <= day)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? Fact.None : steps[(2 * low) - 1];
    }

    /// <summary>The calendar year of a date.</summary>
    public static long YearOf(long date) => date > Fact.None ? CivilDate.YearOf(date) : date;

    /// <summary>Days from one date to another.</summary>
    public static long DaysBetween(long from, long to) => from > Fact.None && to > Fact.None ? to - from : Unknown(from, to);

    /// <summary>Whole calendar months from one date to another.</summary>
    public static long MonthsBetween(long from, long to, MonthRounding rounding) =>
        from > Fact.None && to > Fact.None ? CivilDate.MonthsBetween(from, to, rounding) : Unknown(from, to);

    private static long Unknown(long left, long right) =>
        left == Fact.Missing || right == Fact.Missing ? Fact.Missing : Fact.None;
}
