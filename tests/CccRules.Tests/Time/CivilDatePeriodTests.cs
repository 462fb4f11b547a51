using CccRules.Runtime.Time;

namespace CccRules.Tests.Time;

/// <summary>Laws of adding months and of counting them.</summary>
public sealed class CivilDatePeriodTests
{
    private const int DaysPerCycle = 146_097;

    private static readonly long CycleStart = CivilDate.FromYearMonthDay(1999, 12, 31);
    private static readonly long[] MonthCounts = [-1_201, -60, -13, -12, -11, -2, -1, 0, 1, 2, 3, 6, 11, 12, 13, 14, 36, 60, 120, 1_201];

    [Theory]
    [InlineData("2026-01-31", 1, 0, "2026-02-28", "2026-03-01")]
    [InlineData("2024-02-29", 12, 0, "2025-02-28", "2025-03-01")]
    [InlineData("2024-02-29", 13, 0, "2025-03-29", "2025-03-29")]
    [InlineData("2026-03-31", -1, 0, "2026-02-28", "2026-03-01")]
    [InlineData("2026-12-31", 2, 1, "2027-03-01", "2027-03-02")]
    [InlineData("2026-12-31", 12, 0, "2027-12-31", "2027-12-31")]
    [InlineData("9999-12-31", 0, 1, "after 9999-12-31", "after 9999-12-31")]
    [InlineData("0001-01-01", 0, -1, "before 0001-01-01", "before 0001-01-01")]
    [InlineData("9999-12-31", 1, -31, "9999-12-31", "9999-12-31")]
    public void A_period_is_months_rounded_once_and_then_days(string date, int months, int days, string down, string up)
    {
        Assert.True(CivilDate.TryParse(date, out long day));
        Assert.Equal(down, CivilDate.Format(CivilDate.AddPeriod(day, months, days, MonthRounding.Down)));
        Assert.Equal(up, CivilDate.Format(CivilDate.AddPeriod(day, months, days, MonthRounding.Up)));
    }

    [Theory]
    [InlineData(MonthRounding.Down)]
    [InlineData(MonthRounding.Up)]
    public void A_later_date_never_gives_an_earlier_sum(MonthRounding rounding) => ForEachDayOfACycle((day, months) =>
        CivilDate.AddPeriod(day, months, 0, rounding) <= CivilDate.AddPeriod(day + 1, months, 0, rounding));

    [Theory]
    [InlineData(MonthRounding.Down)]
    [InlineData(MonthRounding.Up)]
    public void One_more_month_always_gives_a_later_date(MonthRounding rounding) => ForEachDayOfACycle((day, months) =>
        CivilDate.AddPeriod(day, months, 0, rounding) < CivilDate.AddPeriod(day, months + 1, 0, rounding));

    [Fact]
    public void Rounding_up_is_the_same_day_or_the_day_after_rounding_down() => ForEachDayOfACycle((day, months) =>
        CivilDate.AddPeriod(day, months, 0, MonthRounding.Up) - CivilDate.AddPeriod(day, months, 0, MonthRounding.Down) is 0 or 1);

    [Fact]
    public void The_same_day_of_the_target_month_is_reached_wherever_it_exists() => ForEachDayOfACycle((day, months) =>
    {
        DateOnly expected = DateOnly.FromDayNumber((int)day).AddMonths((int)months);
        return CivilDate.AddPeriod(day, months, 0, MonthRounding.Down) == expected.DayNumber;
    });

    [Fact]
    public void Twelve_months_are_a_year() => ForEachDayOfACycle((day, count) =>
    {
        (long year, int month, int dayOfMonth) = CivilDate.ToYearMonthDay(day);
        long sameDay = CivilDate.FromYearMonthDay(year + count, month, dayOfMonth);
        bool leapDayLost = CivilDate.ToYearMonthDay(sameDay).Day != dayOfMonth;
        return CivilDate.AddPeriod(day, 12 * count, 0, MonthRounding.Up) == sameDay
            && CivilDate.AddPeriod(day, 12 * count, 0, MonthRounding.Down) == sameDay - (leapDayLost ? 1 : 0);
    });

    [Fact]
    public void A_sum_is_ambiguous_exactly_when_the_day_exceeds_the_target_month() => ForEachDayOfACycle((day, months) =>
    {
        (long year, int month, int dayOfMonth) = CivilDate.ToYearMonthDay(day);
        long target = (year * 12) + month - 1 + months;
        bool lacksTheDay = dayOfMonth > DateTime.DaysInMonth((int)(target / 12), (int)(target % 12) + 1);
        PeriodResult result = CivilDate.TryAddPeriod(day, months, 0, null, out long sum);
        return lacksTheDay
            ? result == PeriodResult.Ambiguous && sum == 0
            : result == PeriodResult.Ok && sum == CivilDate.AddPeriod(day, months, 0, MonthRounding.Down);
    });

    [Fact]
    public void The_checked_sum_refuses_what_leaves_the_years_1_to_9999()
    {
        MonthRounding?[] roundings = [null, MonthRounding.Down, MonthRounding.Up];
        foreach (MonthRounding? rounding in roundings)
        {
            Assert.Equal(PeriodResult.Ok, CivilDate.TryAddPeriod(CivilDate.MaxDay - 1, 0, 1, rounding, out long last));
            Assert.Equal(CivilDate.MaxDay, last);
            Assert.Equal(PeriodResult.OutOfRange, CivilDate.TryAddPeriod(CivilDate.MaxDay, 0, 1, rounding, out last));
            Assert.Equal(0, last);
            Assert.Equal(PeriodResult.OutOfRange, CivilDate.TryAddPeriod(CivilDate.MinDay, -1, 0, rounding, out _));
            Assert.Equal(PeriodResult.OutOfRange, CivilDate.TryAddPeriod(CivilDate.MaxDay + 1, 0, -1, rounding, out _));
            Assert.Equal(PeriodResult.OutOfRange, CivilDate.TryAddPeriod(0, long.MaxValue, long.MaxValue, rounding, out _));
        }
    }

    [Theory]
    [InlineData(MonthRounding.Down)]
    [InlineData(MonthRounding.Up)]
    public void Months_between_is_the_largest_count_that_does_not_pass_the_later_date(MonthRounding rounding)
    {
        Random random = new(20_260_301);
        for (int i = 0; i < 20_000; i++)
        {
            long from = CycleStart + random.Next(DaysPerCycle);
            long to = from + random.Next(i % 2 == 0 ? 100 : 2_000);
            long expected = BruteMonthsBetween(from, to, rounding);
            Assert.Equal(expected, CivilDate.MonthsBetween(from, to, rounding));
            Assert.Equal(-expected, CivilDate.MonthsBetween(to, from, rounding));
        }
    }

    [Theory]
    [InlineData("2026-01-31", "2026-02-28", 1, 0)]
    [InlineData("2026-01-31", "2026-03-01", 1, 1)]
    [InlineData("2026-01-15", "2026-02-14", 0, 0)]
    [InlineData("2026-01-15", "2026-02-15", 1, 1)]
    [InlineData("2024-02-29", "2025-02-28", 12, 11)]
    [InlineData("2026-02-28", "2026-01-31", -1, 0)]
    [InlineData("2026-02-28", "2026-02-28", 0, 0)]
    public void Months_between_follows_the_rounding(string from, string to, int down, int up)
    {
        Assert.True(CivilDate.TryParse(from, out long first));
        Assert.True(CivilDate.TryParse(to, out long last));
        Assert.Equal(down, CivilDate.MonthsBetween(first, last, MonthRounding.Down));
        Assert.Equal(up, CivilDate.MonthsBetween(first, last, MonthRounding.Up));
    }

    private static long BruteMonthsBetween(long from, long to, MonthRounding rounding)
    {
        long months = 0;
        while (CivilDate.AddPeriod(from, months + 1, 0, rounding) <= to)
        {
            months++;
        }

        return months;
    }

    private static void ForEachDayOfACycle(Func<long, long, bool> holds)
    {
        for (long day = CycleStart; day < CycleStart + DaysPerCycle; day++)
        {
            foreach (long months in MonthCounts)
            {
                if (!holds(day, months))
                {
                    Assert.Fail($"{CivilDate.Format(day)} and {months} months");
                }
            }
        }
    }
}
