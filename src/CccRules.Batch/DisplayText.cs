using System.Globalization;
using System.Text;

namespace CccRules.Batch;

/// <summary>Foreign text as it may stand in a message: short, and without anything that moves a cursor or hides text.</summary>
internal static class DisplayText
{
    private const int MostCharacters = 120;

    /// <summary>At most 120 characters; controls, line and direction marks as <c>\u001b</c>; bytes that are no UTF-8 as U+FFFD.</summary>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var shown = new StringBuilder();
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var length);
            utf8 = utf8[length..];
            var isVisible = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            var piece = isVisible ? rune.ToString() : Escaped(rune);
            if (shown.Length + piece.Length > MostCharacters - 1 && !(utf8.IsEmpty && shown.Length + piece.Length <= MostCharacters))
            {
                return shown.Append('…').ToString();
            }

            shown.Append(piece);
        }

        return shown.ToString();
    }

    private static string Escaped(Rune rune) => rune.IsBmp
        ? string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}")
        : string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
}
