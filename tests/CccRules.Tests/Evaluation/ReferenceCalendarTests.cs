using CccRules.Compiler.Evaluation;
using CccRules.Runtime.Time;

namespace CccRules.Tests.Evaluation;

public sealed class ReferenceCalendarTests
{
    [Theory]
    [InlineData("2026-01-31", 1, 0, "2026-02-28", "2026-03-01")]
    [InlineData("2024-01-31", 1, 0, "2024-02-29", "2024-03-01")]
    [InlineData("2024-02-29", 12, 0, "2025-02-28", "2025-03-01")]
    [InlineData("2024-02-29", 13, 0, "2025-03-29", "2025-03-29")]
    [InlineData("2026-03-31", -1, 0, "2026-02-28", "2026-03-01")]
    [InlineData("2026-08-31", 1, 1, "2026-10-01", "2026-10-02")]
    [InlineData("2026-12-31", 2, 0, "2027-02-28", "2027-03-01")]
    [InlineData("1900-01-31", 1, 0, "1900-02-28", "1900-03-01")]
    [InlineData("2000-01-31", 1, 0, "2000-02-29", "2000-03-01")]
    [InlineData("2026-06-15", 0, 30, "2026-07-15", "2026-07-15")]
    public void Months_are_added_at_once_and_rounded_once(string date, int months, int days, string down, string up)
    {
        var day = BoundTrees.DayOf(date);
        Assert.Equal(down, CivilDate.Format(ReferenceCalendar.Move(day, months, days, MonthRounding.Down)));
        Assert.Equal(up, CivilDate.Format(ReferenceCalendar.Move(day, months, days, MonthRounding.Up)));
    }

    [Theory]
    [InlineData("2026-01-31", "2026-02-28", 1, 0)]
    [InlineData("2026-01-31", "2026-03-01", 1, 1)]
    [InlineData("2026-01-15", "2026-02-14", 0, 0)]
    [InlineData("2026-01-15", "2026-02-15", 1, 1)]
    [InlineData("2026-02-15", "2026-01-15", -1, -1)]
    [InlineData("2026-02-28", "2026-01-31", -1, 0)]
    [InlineData("2024-02-29", "2025-02-28", 12, 11)]
    [InlineData("2026-05-05", "2026-05-05", 0, 0)]
    public void Whole_months_between_two_dates(string from, string to, int down, int up)
    {
        Assert.Equal(down, ReferenceCalendar.MonthsBetween(BoundTrees.DayOf(from), BoundTrees.DayOf(to), MonthRounding.Down));
        Assert.Equal(up, ReferenceCalendar.MonthsBetween(BoundTrees.DayOf(from), BoundTrees.DayOf(to), MonthRounding.Up));
    }

    [Fact]
    public void Two_independent_calendars_agree_far_outside_the_years_of_data()
    {
        var random = new Random(1582);
        for (var i = 0; i < 4_000; i++)
        {
            var reach = 1L << random.Next(10, 50);
            var (day, other) = (random.NextInt64(-reach, reach), random.NextInt64(-reach, reach));
            var (months, days) = (random.NextInt64(-reach, reach), random.NextInt64(-reach, reach));
            var rounding = random.Next(2) == 0 ? MonthRounding.Down : MonthRounding.Up;
            Assert.Equal(CivilDate.AddPeriod(day, months, days, rounding), ReferenceCalendar.Move(day, months, days, rounding));
            Assert.Equal(CivilDate.MonthsBetween(day, other, rounding), ReferenceCalendar.MonthsBetween(day, other, rounding));
            Assert.Equal(CivilDate.YearOf(day), ReferenceCalendar.YearOf(day));
        }
    }
}
