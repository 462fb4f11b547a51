namespace CccRules.Batch.Counting;

/// <summary>The month that a day lies in. Days of usual years are looked up: converting a day takes longer than the rest of counting it.</summary>
internal static class MonthOfDay
{
    private const int FirstYear = 1950;
    private const int Years = 150;

    private static readonly int FirstDay = new DateOnly(FirstYear, 1, 1).DayNumber;

    private static readonly ushort[] Months =
        [.. Enumerable.Range(0, new DateOnly(FirstYear + Years, 1, 1).DayNumber - FirstDay).Select(day => (ushort)Convert(FirstDay + day))];

    /// <summary>Months since the year 1, 0 being January.</summary>
    /// <param name="day">A day as <see cref="DateOnly.DayNumber"/> counts.</param>
    public static int Of(int day) => (uint)(day - FirstDay) < (uint)Months.Length ? Months[day - FirstDay] : Convert(day);

    private static int Convert(int day)
    {
        var (year, month, _) = DateOnly.FromDayNumber(day);
        return ((year - 1) * 12) + month - 1;
    }
}
