using System.Runtime.CompilerServices;

namespace CccRules.Runtime.Time;

/// <summary>
/// Calendar arithmetic on day numbers: days since 0001-01-01 (that day is 0) in the proleptic Gregorian calendar,
/// continued without end in both directions (the year before 1 is 0, then -1).
/// </summary>
/// <remarks>
/// Every operation is total: it never throws and never wraps. A result outside <c>±<see cref="DayLimit"/></c>
/// stays at that limit, which is some 12 million million years away, so the order of results is kept.
/// Data and literals are held to <see cref="MinDay"/>..<see cref="MaxDay"/>; derived dates may leave it.
/// </remarks>
public static partial class CivilDate
{
    /// <summary>Day number of 0001-01-01.</summary>
    public const long MinDay = 0;

    /// <summary>Day number of 9999-12-31.</summary>
    public const long MaxDay = 3_652_058;

    /// <summary>The largest absolute day number that an operation returns; larger arguments count as this one.</summary>
    public const long DayLimit = 1L << 52;

    // The arithmetic runs in years that begin on 1 March, so that the leap day is a year's last day, and on numbers
    // shifted by whole 400-year cycles, so that all of them are positive and a division is a multiplication.
    // INVARIANT: DayLimit, and every day of YearLimit years, fits into ShiftDays.
    private const long ShiftCycles = 1L << 36;
    private const long ShiftYears = ShiftCycles * 400;
    private const long DaysPerCycle = 146_097;
    private const long FirstOfMarchYearZeroToDayZero = 306;
    private const long ShiftDays = (ShiftCycles * DaysPerCycle) + FirstOfMarchYearZeroToDayZero;
    private const long YearLimit = 1L << 44;
    private const long MonthLimit = YearLimit * 12;

    /// <summary>True for a day of the years 1 to 9999.</summary>
    public static bool IsInRange(long day) => (ulong)day <= (ulong)MaxDay;

    /// <summary>
    /// The day number of a date. A month outside 1..12 carries into the year, and a day outside the month runs on into
    /// the neighbouring months (month 13 is January of the next year, 30 February is 1 or 2 March).
    /// </summary>
    public static long FromYearMonthDay(long year, int month, int day)
    {
        long months = (Math.Clamp(year, -YearLimit, YearLimit) * 12) + month - 1;
        (long targetYear, int targetMonth) = ToYearMonth(months);
        return Limit(FirstOfMonth(targetYear, targetMonth) + day - 1);
    }

    /// <summary>The date of a day number: year (0 and below before year 1), month 1..12, day of the month 1..31.</summary>
    public static (long Year, int Month, int Day) ToYearMonthDay(long day)
    {
        // Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms" (2022),
        // with a 64-bit century so that the range has no practical end.
        ulong century = CenturyOf(day, out uint dayOfCentury);
        ulong product = 2_939_745UL * ((4 * dayOfCentury) + 3);
        uint yearOfCentury = (uint)(product >> 32);
        uint dayOfYear = (uint)product / 2_939_745 / 4;
        uint monthAndDay = (2_141 * dayOfYear) + 197_913;
        uint afterDecember = dayOfYear >= 306 ? 1u : 0u;
        long year = (long)((100 * century) + yearOfCentury) - ShiftYears + afterDecember;
        int month = (int)((monthAndDay >> 16) - (12 * afterDecember));
        return (year, month, (int)((monthAndDay & 0xFFFF) / 2_141) + 1);
    }

    /// <summary>The year of a day number.</summary>
    public static long YearOf(long day)
    {
        ulong century = CenturyOf(day, out uint dayOfCentury);
        ulong product = 2_939_745UL * ((4 * dayOfCentury) + 3);
        uint dayOfYear = (uint)product / 2_939_745 / 4;
        return (long)((100 * century) + (product >> 32)) - ShiftYears + (dayOfYear >= 306 ? 1 : 0);
    }

    /// <summary>
    /// A date plus a period: the months at once (a year is 12 of them), rounded once, then the days. Both may be negative.
    /// </summary>
    public static long AddPeriod(long day, long months, long days, MonthRounding rounding)
    {
        long moved = months == 0 ? Limit(day) : AddMonths(day, months, rounding);
        return Limit(moved + Limit(days));
    }

    /// <summary>
    /// As <see cref="AddPeriod"/>, for dates that have to be dates of the years 1 to 9999. Without a rounding
    /// (<see langword="null"/>) a target month that lacks the day is <see cref="PeriodResult.Ambiguous"/>, not rounded.
    /// </summary>
    /// <param name="day">The date to start from.</param>
    /// <param name="months">Months to add, years included as 12 months.</param>
    /// <param name="days">Days to add after the months.</param>
    /// <param name="rounding">The rounding, or <see langword="null"/> to refuse to round.</param>
    /// <param name="result">The date; 0 unless the answer is <see cref="PeriodResult.Ok"/>.</param>
    public static PeriodResult TryAddPeriod(long day, long months, long days, MonthRounding? rounding, out long result)
    {
        result = 0;
        long lower = AddPeriod(day, months, days, rounding ?? MonthRounding.Down);
        long upper = AddPeriod(day, months, days, rounding ?? MonthRounding.Up);
        if (!IsInRange(day) || (!IsInRange(lower) && !IsInRange(upper)))
        {
            return PeriodResult.OutOfRange;
        }

        if (lower != upper)
        {
            return PeriodResult.Ambiguous;
        }

        result = lower;
        return PeriodResult.Ok;
    }

    /// <summary>
    /// Whole months from <paramref name="from"/> to <paramref name="to"/>: the largest n for which <paramref name="from"/>
    /// plus n months is not after <paramref name="to"/>. Where <paramref name="to"/> is the earlier date, the negative
    /// of the same question asked the other way round.
    /// </summary>
    public static long MonthsBetween(long from, long to, MonthRounding rounding) =>
        from <= to ? WholeMonths(from, to, rounding) : -WholeMonths(to, from, rounding);

    private static long WholeMonths(long from, long to, MonthRounding rounding)
    {
        (long fromYear, int fromMonth, int fromDay) = ToYearMonthDay(from);
        (long toYear, int toMonth, int toDay) = ToYearMonthDay(to);
        long months = ((toYear - fromYear) * 12) + toMonth - fromMonth;
        int reached = Math.Min(fromDay, DaysInMonth(toYear, toMonth) + Overflow(rounding));
        return reached > toDay ? months - 1 : months;
    }

    private static long AddMonths(long day, long months, MonthRounding rounding)
    {
        (long year, int month, int dayOfMonth) = ToYearMonthDay(day);
        long target = (year * 12) + month - 1 + Math.Clamp(months, -2 * MonthLimit, 2 * MonthLimit);
        (long targetYear, int targetMonth) = ToYearMonth(target);
        int length = DaysInMonth(targetYear, targetMonth);

        // One day past the end of a month is the first of the next: that is all that rounding up is.
        return Limit(FirstOfMonth(targetYear, targetMonth) + Math.Min(dayOfMonth, length + Overflow(rounding)) - 1);
    }

    private static int Overflow(MonthRounding rounding) => rounding == MonthRounding.Down ? 0 : 1;

    /// <summary>The year and month (1..12) of a count of months from January of year 0.</summary>
    private static (long Year, int Month) ToYearMonth(long months)
    {
        ulong shifted = (ulong)(Math.Clamp(months, -MonthLimit, MonthLimit) + (ShiftYears * 12));
        ulong year = shifted / 12;
        return ((long)year - ShiftYears, (int)(shifted - (year * 12)) + 1);
    }

    private static long FirstOfMonth(long year, int month)
    {
        int afterDecember = month <= 2 ? 1 : 0;
        ulong shiftedYear = (ulong)(year + ShiftYears - afterDecember);
        ulong century = shiftedYear / 100;
        ulong daysOfYears = ((1_461 * shiftedYear) / 4) - century + (century / 4);
        uint daysOfMonths = ((979 * (uint)(month + (12 * afterDecember))) - 2_919) / 32;
        return (long)(daysOfYears + daysOfMonths) - ShiftDays;
    }

    private static int DaysInMonth(long year, int month) =>
        month == 2 ? (IsLeap(year) ? 29 : 28) : 30 | (month ^ (month >> 3));

    // A multiple of 100 is a leap year when 16 divides it, as 25 divides it already; any other when 4 does.
    private static bool IsLeap(long year) => (year & (year % 100 == 0 ? 15 : 3)) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong CenturyOf(long day, out uint dayOfCentury)
    {
        ulong quarters = (4 * (ulong)(Limit(day) + ShiftDays)) + 3;
        ulong century = quarters / DaysPerCycle;
        dayOfCentury = (uint)(quarters - (century * DaysPerCycle)) / 4;
        return century;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Limit(long day) => Math.Clamp(day, -DayLimit, DayLimit);
}
