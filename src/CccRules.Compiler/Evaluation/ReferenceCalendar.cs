using System.Numerics;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Evaluation;

/// <summary>
/// Calendar arithmetic by way of <see cref="DateOnly"/>. The calendar repeats every 400 years, so a date of any year is
/// a date of the years 1 to 400 and a number of such cycles.
/// </summary>
internal static class ReferenceCalendar
{
    private const long DaysOfCycle = 146_097;
    private const int YearsOfCycle = 400;

    /// <summary>Dates end here, some 12 million million years away on either side: what lies beyond counts as this day.</summary>
    private static readonly BigInteger LastDay = BigInteger.One << 52;

    /// <summary>Months at once, rounded where the target month lacks the day; then days.</summary>
    public static long Move(long day, BigInteger months, BigInteger days, MonthRounding rounding) =>
        Limit(Limit(AddMonths(day, months, rounding)) + Limit(days));

    public static BigInteger YearOf(long day) => Split(day).Year;

    /// <summary>The largest n for which the earlier date and n months are not after the later; negative where the first is the later.</summary>
    public static BigInteger MonthsBetween(long from, long to, MonthRounding rounding)
    {
        if (from > to)
        {
            return -MonthsBetween(to, from, rounding);
        }

        var (fromYear, fromMonth, _) = Split(from);
        var (toYear, toMonth, _) = Split(to);
        var months = ((toYear - fromYear) * 12) + toMonth - fromMonth + 1;
        while (AddMonths(from, months, rounding) > to)
        {
            months--;
        }

        return months;
    }

    private static BigInteger AddMonths(BigInteger day, BigInteger months, MonthRounding rounding)
    {
        if (months.IsZero)
        {
            return day;
        }

        var (year, month, dayOfMonth) = Split(day);
        var target = (year * 12) + (month - 1) + months;
        var targetYear = FloorDivide(target, 12);
        var targetMonth = (int)(target - (targetYear * 12)) + 1;

        // Year 1 begins the cycle of the years 1 to 400.
        var cycle = FloorDivide(targetYear - 1, YearsOfCycle);
        var yearOfCycle = (int)(targetYear - (cycle * YearsOfCycle));
        var length = DateTime.DaysInMonth(yearOfCycle, targetMonth);
        var moved = new DateOnly(yearOfCycle, targetMonth, Math.Min(dayOfMonth, length));
        if (dayOfMonth > length && rounding == MonthRounding.Up)
        {
            moved = moved.AddDays(1);
        }

        return moved.DayNumber + (cycle * DaysOfCycle);
    }

    private static (BigInteger Year, int Month, int Day) Split(BigInteger day)
    {
        var cycle = FloorDivide(day, DaysOfCycle);
        var date = DateOnly.FromDayNumber((int)(day - (cycle * DaysOfCycle)));
        return (date.Year + (cycle * YearsOfCycle), date.Month, date.Day);
    }

    private static BigInteger FloorDivide(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    private static long Limit(BigInteger day) => (long)BigInteger.Max(-LastDay, BigInteger.Min(LastDay, day));
}
