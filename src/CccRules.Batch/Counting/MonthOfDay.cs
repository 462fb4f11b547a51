namespace CccRules.Batch.Counting;

/// <summary>The month that a day lies in. Days of usual years are looked up: converting a day takes longer than the rest of counting it.</summary>
internal static class MonthOfDay
{
    private const int FirstYear = 1950;
    private const int Years = 150;

    /// <summary>The months of usual years.</summary>
    public const int UsualMonths = Years * 12;

    /// <summary>The first of them, as <see cref="Of"/> counts.</summary>
    public const int FirstMonth = (FirstYear - 1) * 12;

    /// <summary>The first day of the usual years, as <see cref="DateOnly.DayNumber"/> counts.</summary>
    public static readonly int FirstDay = new DateOnly(FirstYear, 1, 1).DayNumber;

    private static readonly ushort[] Months =
        [.. Enumerable.Range(0, new DateOnly(FirstYear + Years, 1, 1).DayNumber - FirstDay).Select(day => (ushort)(Of(FirstDay + day) - FirstMonth))];

    /// <summary>By day from <see cref="FirstDay"/> on the months since <see cref="FirstMonth"/>.</summary>
    public static ReadOnlySpan<ushort> OfUsualDays => Months;

    /// <summary>Months since the year 1, 0 being January.</summary>
    /// <param name="day">A day as <see cref="DateOnly.DayNumber"/> counts.</param>
    public static int Of(int day)
    {
        var (year, month, _) = DateOnly.FromDayNumber(day);
        return ((year - 1) * 12) + month - 1;
    }
}
