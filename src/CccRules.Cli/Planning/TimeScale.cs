using System.Collections.Immutable;
using System.Globalization;
using CccRules.Runtime.Time;

namespace CccRules.Cli.Planning;

/// <summary>A day that a chart names.</summary>
/// <param name="Label">Such as <c>Jun</c> or <c>06-15</c>.</param>
/// <param name="Year">The year, where it is the first tick of a year; else null.</param>
internal readonly record struct TimeTick(long Day, string Label, string? Year);

/// <summary>The days of a chart on a line, and the days that have a label: as many as find room.</summary>
internal sealed class TimeScale
{
    /// <summary>What ticks can stand apart: a number of days, of months, and the columns that a label takes.</summary>
    private static readonly ImmutableArray<(int Days, int Months, int Label)> Steps =
    [
        (1, 0, 5), (2, 0, 5), (7, 0, 5), (14, 0, 5), (0, 1, 3), (0, 3, 3), (0, 6, 3), (0, 12, 4), (0, 24, 4), (0, 60, 4), (0, 120, 4), (0, 240, 4),
        (0, 600, 4), (0, 1200, 4), (0, 2400, 4), (0, 6000, 4), (0, 12000, 4),
    ];

    private static readonly string[] MonthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private readonly double _width;

    /// <param name="first">The day at the left end.</param>
    /// <param name="last">The day at the right end; later than the first.</param>
    /// <param name="width">The length of the line.</param>
    /// <param name="columnWidth">How much of it a column of a label takes.</param>
    public TimeScale(long first, long last, double width, double columnWidth)
    {
        First = first;
        Last = Math.Max(last, first + 1);
        _width = width;
        Ticks = TicksFor(width / columnWidth);
    }

    public long First { get; }

    public long Last { get; }

    public ImmutableArray<TimeTick> Ticks { get; }

    /// <summary>Where a day begins, from 0 to the width.</summary>
    public double At(long day) => Math.Clamp((day - First) * _width / (Last - First), 0, _width);

    private ImmutableArray<TimeTick> TicksFor(double columns)
    {
        var columnsADay = columns / (Last - First);
        // Four months and more are read by months.
        var fitting = Steps.Where(step => (step.Months > 0 || Last - First < 120) && ((step.Months * 30) + step.Days) * columnsADay >= step.Label + 1).ToList();
        var (days, months, _) = fitting.Count > 0 ? fitting[0] : Steps[^1];
        var ticks = ImmutableArray.CreateBuilder<TimeTick>();
        var year = long.MinValue;
        for (var day = FirstTick(days, months); day <= Last; day = Next(day, days, months))
        {
            if (day < First)
            {
                continue;
            }

            var (tickYear, month, dayOfMonth) = CivilDate.ToYearMonthDay(day);
            var yearText = tickYear.ToString("0000", CultureInfo.InvariantCulture);
            var label = months >= 12 ? yearText
                : months > 0 ? MonthNames[month - 1]
                : string.Create(CultureInfo.InvariantCulture, $"{month:00}-{dayOfMonth:00}");
            ticks.Add(new TimeTick(day, label, months < 12 && tickYear != year ? yearText : null));
            year = tickYear;
        }

        return ticks.ToImmutable();
    }

    /// <summary>Weeks are counted from Mondays (day 0 is one), months from January, years from round ones.</summary>
    private long FirstTick(int days, int months)
    {
        if (months == 0)
        {
            return First - (First % days);
        }

        var (year, month, _) = CivilDate.ToYearMonthDay(First);
        var count = (year * 12) + month - 1;
        count -= count % months;
        return CivilDate.FromYearMonthDay(count / 12, (int)(count % 12) + 1, 1);
    }

    private static long Next(long day, int days, int months) =>
        months == 0 ? day + days : CivilDate.AddPeriod(day, months, 0, MonthRounding.Down);
}
