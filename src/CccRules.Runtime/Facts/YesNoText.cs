using System.Text;

namespace CccRules.Runtime.Facts;

/// <summary>
/// The words for yes and no. ASCII letters in any case: <c>yes</c>, <c>y</c>, <c>true</c>, <c>1</c>, <c>是</c>;
/// <c>no</c>, <c>n</c>, <c>false</c>, <c>0</c>, <c>否</c>.
/// </summary>
internal static class YesNoText
{
    /// <summary>Reads a yes as 1 and a no as 0.</summary>
    public static FactFault Read(ReadOnlySpan<byte> text, out long value)
    {
        if (Is(text, "yes"u8) || Is(text, "y"u8) || Is(text, "true"u8) || Is(text, "1"u8) || Is(text, "是"u8))
        {
            value = 1;
            return FactFault.None;
        }

        value = 0;
        return Is(text, "no"u8) || Is(text, "n"u8) || Is(text, "false"u8) || Is(text, "0"u8) || Is(text, "否"u8)
            ? FactFault.None
            : FactFault.NotYesNo;
    }

    /// <summary>Compares bytes, ASCII letters in any case. <see cref="Ascii"/> refuses other scripts, hence the first test.</summary>
    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.SequenceEqual(word) || Ascii.EqualsIgnoreCase(text, word);
}
