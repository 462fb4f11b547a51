using System.Buffers;
using System.Globalization;
using System.Text;

namespace CccRules.Compiler.Diagnostics;

/// <summary>
/// How characters look on a terminal. Characters that steer one, hide, or turn the direction of writing are shown by
/// their number, so that what is read is what the text holds.
/// </summary>
internal static class DisplayText
{
    /// <summary>Longest message part that is shown whole, in UTF-16 units.</summary>
    private const int MaximumLength = 2000;

    /// <summary>First and last characters that take two columns, approximately.</summary>
    private static readonly (int First, int Last)[] WideRanges =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3),
        (0xF900, 0xFAFF), (0xFE10, 0xFE19), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x1B2FF),
        (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    /// <summary>One line that is safe to print; cut where it is very long.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        var index = 0;
        while (index < text.Length && index < MaximumLength)
        {
            result.Append(Next(text.AsSpan(index), out var consumed, out _, out _));
            index += consumed;
        }

        return index < text.Length ? result.Append("...").ToString() : result.ToString();
    }

    /// <summary>The first character of <paramref name="text"/> as it is shown.</summary>
    /// <param name="text">Not empty.</param>
    /// <param name="consumed">UTF-16 units that it has in the text.</param>
    /// <param name="width">Columns that it takes: 0 for a mark on the character before it.</param>
    /// <param name="isEscaped">Whether it is shown by its number.</param>
    public static string Next(ReadOnlySpan<char> text, out int consumed, out int width, out bool isEscaped)
    {
        var status = Rune.DecodeFromUtf16(text, out var rune, out consumed);
        isEscaped = status != OperationStatus.Done || MustEscape(rune);
        if (!isEscaped)
        {
            width = GetWidth(rune);
            return rune.ToString();
        }

        // Half of a surrogate pair is no character, but has a number.
        var number = status == OperationStatus.Done ? rune.Value : text[0];
        consumed = status == OperationStatus.Done ? consumed : 1;
        var shown = number <= 0xFFFF
            ? string.Create(CultureInfo.InvariantCulture, $"\\u{number:X4}")
            : string.Create(CultureInfo.InvariantCulture, $"\\u{{{number:X}}}");
        width = shown.Length;
        return shown;
    }

    /// <summary>Whether the character could fool a reader: a control, or one that has no look of its own.</summary>
    public static bool MustEscape(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or
        UnicodeCategory.Format or
        UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator;

    private static int GetWidth(Rune rune)
    {
        if (rune.IsAscii)
        {
            return 1;
        }

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            || rune.Value is >= 0x1160 and <= 0x11FF)
        {
            return 0;
        }

        return Array.Exists(WideRanges, range => rune.Value >= range.First && rune.Value <= range.Last) ? 2 : 1;
    }
}
