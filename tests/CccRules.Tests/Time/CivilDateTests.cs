using CccRules.Runtime.Time;

namespace CccRules.Tests.Time;

/// <summary>Day numbers, the calendar and its agreement with <see cref="DateOnly"/>.</summary>
public sealed class CivilDateTests
{
    private const long DaysPerCycle = 146_097;

    [Fact]
    public void Every_day_of_the_years_1_to_9999_agrees_with_DateOnly()
    {
        Assert.Equal(CivilDate.MinDay, DateOnly.MinValue.DayNumber);
        Assert.Equal(CivilDate.MaxDay, DateOnly.MaxValue.DayNumber);
        for (int day = 0; day <= CivilDate.MaxDay; day++)
        {
            DateOnly expected = DateOnly.FromDayNumber(day);
            (long year, int month, int dayOfMonth) = CivilDate.ToYearMonthDay(day);
            if (year != expected.Year || month != expected.Month || dayOfMonth != expected.Day
                || CivilDate.YearOf(day) != year
                || CivilDate.FromYearMonthDay(expected.Year, expected.Month, expected.Day) != day)
            {
                Assert.Fail($"{expected:O}: got {year}-{month}-{dayOfMonth}");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-400)]
    [InlineData(10_000)]
    [InlineData(-100_000)]
    [InlineData(1_000_000)]
    [InlineData(-12_000_000_000_000)]
    [InlineData(12_000_000_000_000)]
    public void Every_day_of_a_400_year_cycle_is_the_day_after_the_one_before(long firstYear)
    {
        long start = CivilDate.FromYearMonthDay(firstYear, 1, 1);
        (long Year, int Month, int Day) expected = (firstYear, 1, 1);
        for (long day = start; day < start + DaysPerCycle; day++)
        {
            if (CivilDate.ToYearMonthDay(day) != expected
                || CivilDate.YearOf(day) != expected.Year
                || CivilDate.FromYearMonthDay(expected.Year, expected.Month, expected.Day) != day)
            {
                Assert.Fail($"day {day}: expected {expected}, got {CivilDate.ToYearMonthDay(day)}");
            }

            expected = DayAfter(expected);
        }

        Assert.Equal((firstYear + 400, 1, 1), CivilDate.ToYearMonthDay(start + DaysPerCycle));
    }

    [Theory]
    [InlineData(2026, 13, 1, 2027, 1, 1)]
    [InlineData(2026, 0, 31, 2025, 12, 31)]
    [InlineData(2026, -11, 1, 2025, 1, 1)]
    [InlineData(2026, 2, 30, 2026, 3, 2)]
    [InlineData(2024, 2, 30, 2024, 3, 1)]
    [InlineData(2026, 1, 0, 2025, 12, 31)]
    public void A_month_or_day_outside_its_range_carries_over(int year, int month, int day, int toYear, int toMonth, int toDay) =>
        Assert.Equal((toYear, toMonth, toDay), CivilDate.ToYearMonthDay(CivilDate.FromYearMonthDay(year, month, day)));

    [Fact]
    public void Absurd_arguments_stay_at_the_limit_and_keep_their_order()
    {
        long[] absurd = [long.MinValue, long.MinValue + 1, -CivilDate.DayLimit - 1, -CivilDate.DayLimit, -1, 0, 1, CivilDate.DayLimit, CivilDate.DayLimit + 1, long.MaxValue];
        foreach (MonthRounding rounding in Enum.GetValues<MonthRounding>())
        {
            foreach (long months in absurd)
            {
                foreach (long days in absurd)
                {
                    long last = long.MinValue;
                    foreach (long day in absurd)
                    {
                        long sum = CivilDate.AddPeriod(day, months, days, rounding);
                        Assert.InRange(sum, -CivilDate.DayLimit, CivilDate.DayLimit);
                        Assert.True(sum >= last, $"{day} + {months} months + {days} days");
                        last = sum;
                    }
                }

                Assert.Equal(CivilDate.DayLimit, CivilDate.AddPeriod(CivilDate.DayLimit, Math.Max(months, 0), 0, rounding));
                Assert.Equal(-CivilDate.DayLimit, CivilDate.AddPeriod(-CivilDate.DayLimit, Math.Min(months, 0), 0, rounding));
            }

            Assert.Equal(CivilDate.DayLimit, CivilDate.AddPeriod(-CivilDate.DayLimit, long.MaxValue, 0, rounding));
            Assert.Equal(-CivilDate.DayLimit, CivilDate.AddPeriod(CivilDate.DayLimit, long.MinValue, 0, rounding));
            Assert.True(CivilDate.MonthsBetween(long.MinValue, long.MaxValue, rounding) > 0);
            Assert.True(CivilDate.MonthsBetween(long.MaxValue, long.MinValue, rounding) < 0);
        }

        Assert.Equal(CivilDate.DayLimit, CivilDate.FromYearMonthDay(long.MaxValue, int.MaxValue, int.MaxValue));
        Assert.Equal(-CivilDate.DayLimit, CivilDate.FromYearMonthDay(long.MinValue, int.MinValue, int.MinValue));
        Assert.Equal(CivilDate.ToYearMonthDay(CivilDate.DayLimit), CivilDate.ToYearMonthDay(long.MaxValue));
        Assert.Equal(CivilDate.YearOf(-CivilDate.DayLimit), CivilDate.YearOf(long.MinValue));
    }

    [Fact]
    public void A_period_of_100_000_years_there_and_back_ends_on_the_same_day()
    {
        for (long day = 0; day < CivilDate.MaxDay; day += 365)
        {
            long far = CivilDate.AddPeriod(day, 1_200_000, 0, MonthRounding.Down);
            Assert.Equal(day + (250 * DaysPerCycle), far);
            Assert.Equal(day, CivilDate.AddPeriod(far, -1_200_000, 0, MonthRounding.Up));
        }
    }

    private static (long Year, int Month, int Day) DayAfter((long Year, int Month, int Day) date) => date switch
    {
        (_, _, var day) when day < LengthOfMonth(date.Year, date.Month) => date with { Day = day + 1 },
        (_, 12, _) => (date.Year + 1, 1, 1),
        _ => (date.Year, date.Month + 1, 1),
    };

    private static int LengthOfMonth(long year, int month) => month switch
    {
        4 or 6 or 9 or 11 => 30,
        2 => year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28,
        _ => 31,
    };
}
