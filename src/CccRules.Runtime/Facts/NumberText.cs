using System.Buffers;

namespace CccRules.Runtime.Facts;

/// <summary>Whole and decimal numbers as ASCII digits; no culture, no exponent, no grouping.</summary>
internal static class NumberText
{
    private const int MostDecimals = 6;

    /// <summary>The smallest number with thirteen digits before the point.</summary>
    internal const long WholeLimit = 1_000_000_000_000;

    private const long DecimalLimit = WholeLimit * Fact.DecimalScale;

    private static readonly SearchValues<byte> NumberCharacters = SearchValues.Create("0123456789."u8);

    /// <summary>Reads an optional sign and digits.</summary>
    public static FactFault ReadInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var digits = AfterSign(text, out var isNegative);
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return NumberFault(digits, FactFault.NotInteger);
        }

        // Negative all the way: that side has one more number.
        foreach (var digit in digits)
        {
            var step = digit - '0';
            if (value < (long.MinValue + step) / 10)
            {
                return FactFault.IntegerTooLarge;
            }

            value = value * 10 - step;
        }

        // The two smallest numbers mean missing and none.
        if (isNegative ? value <= Fact.None : value == long.MinValue)
        {
            return FactFault.IntegerTooLarge;
        }

        value = isNegative ? value : -value;
        return FactFault.None;
    }

    /// <summary>Reads an optional sign, digits and optionally a point and digits; the value is in millionths.</summary>
    public static FactFault ReadDecimal(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var number = AfterSign(text, out var isNegative);
        var point = number.IndexOf((byte)'.');
        var whole = point < 0 ? number : number[..point];
        var decimals = point < 0 ? [] : number[(point + 1)..];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || (point >= 0 && decimals.IsEmpty) || decimals.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return NumberFault(number, FactFault.NotDecimal);
        }

        if (decimals.Length > MostDecimals && decimals[MostDecimals..].ContainsAnyExcept((byte)'0'))
        {
            return FactFault.TooManyDecimals;
        }

        var millionths = 0L;
        foreach (var digit in whole)
        {
            millionths = millionths * 10 + (digit - '0') * Fact.DecimalScale;
            if (millionths >= DecimalLimit)
            {
                return FactFault.DecimalTooLarge;
            }
        }

        var weight = Fact.DecimalScale / 10;
        foreach (var digit in decimals)
        {
            millionths += (digit - '0') * weight;
            weight /= 10;
        }

        value = isNegative ? -millionths : millionths;
        return FactFault.None;
    }

    private static ReadOnlySpan<byte> AfterSign(ReadOnlySpan<byte> text, out bool isNegative)
    {
        isNegative = !text.IsEmpty && text[0] == '-';
        return !text.IsEmpty && text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
    }

    /// <summary>Names the usual foreign habits, so that the reason says what to change.</summary>
    private static FactFault NumberFault(ReadOnlySpan<byte> text, FactFault otherwise)
    {
        if (text.IsEmpty || text[0] is < (byte)'0' or > (byte)'9')
        {
            return otherwise;
        }

        var odd = text.IndexOfAnyExcept(NumberCharacters);
        return odd < 0 ? otherwise : text[odd] switch
        {
            (byte)',' => FactFault.CommaInNumber,
            (byte)'e' or (byte)'E' => FactFault.ExponentInNumber,
            (byte)'_' or (byte)'\'' => FactFault.GroupingInNumber,
            _ => otherwise,
        };
    }
}
