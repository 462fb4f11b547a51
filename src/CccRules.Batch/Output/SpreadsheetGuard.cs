using System.Buffers;

namespace CccRules.Batch.Output;

/// <summary>
/// Tells which cells a spreadsheet would take for formulas: those that begin with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab, a
/// carriage return, a NUL, or the full-width form of such a sign. They get an apostrophe before them. Plain numbers stay as they are.
/// </summary>
internal static class SpreadsheetGuard
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789."u8);

    public static bool Needs(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return false;
        }

        return value[0] switch
        {
            (byte)'=' or (byte)'@' or (byte)'\t' or (byte)'\r' or 0 => true,
            (byte)'+' or (byte)'-' => !IsNumber(value[1..]),
            _ => value.StartsWith("＝"u8) || value.StartsWith("＋"u8) || value.StartsWith("－"u8) || value.StartsWith("＠"u8),
        };
    }

    private static bool IsNumber(ReadOnlySpan<byte> digits)
    {
        var points = digits.Count((byte)'.');
        return points <= 1 && digits.Length > points && !digits.ContainsAnyExcept(Digits);
    }
}
