namespace CccRules.Runtime.Facts;

/// <summary>Dates as <c>yyyy-mm-dd</c>, years 0001 to 9999, and nothing else.</summary>
internal static class DateText
{
    /// <summary>Reads a date as the number of days since 0001-01-01.</summary>
    public static FactFault Read(ReadOnlySpan<byte> text, out long day)
    {
        day = 0;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..], out var dayOfMonth))
        {
            return FactFault.NotDate;
        }

        if (year == 0 || month is 0 or > 12 || dayOfMonth == 0 || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            return FactFault.DateDoesNotExist;
        }

        day = new DateOnly(year, month, dayOfMonth).DayNumber;
        return FactFault.None;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = value * 10 + (digit - '0');
        }

        return true;
    }
}
