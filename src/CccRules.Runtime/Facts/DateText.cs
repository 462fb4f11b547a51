using CccRules.Runtime.Time;

namespace CccRules.Runtime.Facts;

/// <summary>Dates as <c>yyyy-mm-dd</c>, and which of two things is wrong with the others.</summary>
internal static class DateText
{
    /// <summary>Reads a date as the number of days since 0001-01-01.</summary>
    public static FactFault Read(ReadOnlySpan<byte> text, out long day) =>
        CivilDate.TryParse(text, out day) ? FactFault.None
        : HasForm(text) ? FactFault.DateDoesNotExist
        : FactFault.NotDate;

    private static bool HasForm(ReadOnlySpan<byte> text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-'
        && AreDigits(text[..4]) && AreDigits(text[5..7]) && AreDigits(text[8..]);

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
