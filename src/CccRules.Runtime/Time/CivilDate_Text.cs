namespace CccRules.Runtime.Time;

public static partial class CivilDate
{
    private const int TextLength = 10;

    /// <summary>
    /// Reads a date written <c>yyyy-MM-dd</c> in ASCII digits: ten characters, years 0001 to 9999, a day that exists.
    /// Anything else, blanks around it included, is refused; <paramref name="day"/> is then 0.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out long day)
    {
        day = 0;
        if (utf8.Length != TextLength || utf8[4] != '-' || utf8[7] != '-')
        {
            return false;
        }

        // A character that is no digit lies below '0', so that its distance from '0' wraps, or above '9', so that 9 minus
        // the distance wraps: either way the top bit of `wrong` is set.
        uint wrong = 0;
        int year = (TwoDigits(utf8[0], utf8[1], ref wrong) * 100) + TwoDigits(utf8[2], utf8[3], ref wrong);
        int month = TwoDigits(utf8[5], utf8[6], ref wrong);
        int dayOfMonth = TwoDigits(utf8[8], utf8[9], ref wrong);
        if ((int)wrong < 0 || year == 0 || (uint)(month - 1) >= 12 || dayOfMonth == 0 || dayOfMonth > DaysInMonth(year, month))
        {
            return false;
        }

        day = FirstOfMonth(year, month) + dayOfMonth - 1;
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out long)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out long day)
    {
        day = 0;
        if (text.Length != TextLength)
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[TextLength];
        for (int i = 0; i < TextLength; i++)
        {
            // Beyond ASCII nothing is part of a date, whatever its low byte looks like.
            utf8[i] = text[i] < 0x80 ? (byte)text[i] : (byte)0;
        }

        return TryParse(utf8, out day);
    }

    /// <summary>
    /// The date as <c>yyyy-MM-dd</c>; outside the years 1 to 9999 the words <c>before 0001-01-01</c> or <c>after 9999-12-31</c>.
    /// </summary>
    public static string Format(long day)
    {
        if (!IsInRange(day))
        {
            return day < MinDay ? "before 0001-01-01" : "after 9999-12-31";
        }

        return string.Create(TextLength, day, static (text, day) =>
        {
            (long year, int month, int dayOfMonth) = ToYearMonthDay(day);
            WriteTwoDigits(text, (int)year / 100);
            WriteTwoDigits(text[2..], (int)year % 100);
            text[4] = '-';
            WriteTwoDigits(text[5..], month);
            text[7] = '-';
            WriteTwoDigits(text[8..], dayOfMonth);
        });
    }

    private static int TwoDigits(byte tens, byte units, ref uint wrong)
    {
        uint high = (uint)tens - '0';
        uint low = (uint)units - '0';
        wrong |= high | (9 - high) | low | (9 - low);
        return (int)((high * 10) + low);
    }

    private static void WriteTwoDigits(Span<char> text, int number)
    {
        text[0] = (char)('0' + (number / 10));
        text[1] = (char)('0' + (number % 10));
    }
}
