using System.Numerics;
using System.Runtime.InteropServices;

namespace CccRules.Runtime.Trade;

/// <summary>
/// A code of the Harmonized System with its national digits: 2, 4, 6 or 7 to 13 digits. A code stands for the
/// interval of all 13-digit codes that begin with it, so "lies under" is a comparison of two bounds.
/// </summary>
public readonly record struct HsCode : IComparable<HsCode>
{
    /// <summary>Digits of the longest code: China's ten and the inspection suffix of three.</summary>
    public const int MostDigits = 13;

    private const long CountBits = 16;

    private static ReadOnlySpan<long> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
    ];

    private HsCode(long encoded) => Encoded = encoded;

    /// <summary>The code as a fact: <see cref="Lower"/> times 16, plus <see cref="Digits"/>.</summary>
    public long Encoded { get; }

    /// <summary>Number of digits given.</summary>
    public int Digits => (int)(Encoded % CountBits);

    /// <summary>The smallest 13-digit code that begins with this one.</summary>
    public long Lower => Encoded / CountBits;

    /// <summary>The largest 13-digit code that begins with this one.</summary>
    public long Upper => Lower + PowerOfTen(MostDigits - Digits) - 1;

    /// <summary>True where every code that begins with this one begins with the other as well.</summary>
    public bool IsUnder(HsCode other) => other.Lower <= Lower && Upper <= other.Upper;

    /// <summary>Takes an encoded fact back. The number must come from <see cref="Encoded"/>.</summary>
    public static HsCode FromEncoded(long encoded) => new(encoded);

    /// <summary>Reads a code written in UTF-8.</summary>
    /// <remarks>
    /// Dots are optional and may stand after an even number of digits up to ten, as tariffs print them:
    /// <c>8507.60.00.90</c>, <c>85.07.60</c>, <c>8507600090.103</c>. Spaces are refused. Whether the code exists
    /// is for the nomenclature to say.
    /// </remarks>
    public static HsCodeFault Parse(ReadOnlySpan<byte> utf8, out HsCode code) => Parse<byte>(utf8, out code);

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, out HsCode)"/>
    public static HsCodeFault Parse(ReadOnlySpan<char> text, out HsCode code) =>
        text.Length is 6 or 8 or 10 && TryParseDigits(text, out code) ? HsCodeFault.None : Parse<char>(text, out code);

    /// <summary>Reads a code written in UTF-8; see <see cref="Parse(ReadOnlySpan{byte}, out HsCode)"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out HsCode code) => Parse(utf8, out code) == HsCodeFault.None;

    /// <summary>Reads a code; see <see cref="Parse(ReadOnlySpan{byte}, out HsCode)"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out HsCode code) => Parse(text, out code) == HsCodeFault.None;

    /// <summary>The code in groups: <c>8507.60.00.90</c>, with the inspection suffix as a last group.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[MostDigits + 4];
        var rest = Lower;
        Span<char> digits = stackalloc char[MostDigits];
        for (var i = MostDigits - 1; i >= 0; i--)
        {
            digits[i] = (char)('0' + rest % 10);
            rest /= 10;
        }

        var length = 0;
        for (var i = 0; i < Digits; i++)
        {
            if (i is 4 or 6 or 8 or 10)
            {
                text[length++] = '.';
            }

            text[length++] = digits[i];
        }

        return text[..length].ToString();
    }

    /// <summary>Orders by lower bound, a heading before its subheadings.</summary>
    public int CompareTo(HsCode other) => Encoded.CompareTo(other.Encoded);

    public static bool operator <(HsCode left, HsCode right) => left.Encoded < right.Encoded;

    public static bool operator >(HsCode left, HsCode right) => left.Encoded > right.Encoded;

    public static bool operator <=(HsCode left, HsCode right) => left.Encoded <= right.Encoded;

    public static bool operator >=(HsCode left, HsCode right) => left.Encoded >= right.Encoded;

    /// <summary>Ten to a power from 0 to 13.</summary>
    internal static long PowerOfTen(int exponent) => PowersOfTen[exponent];

    /// <summary>The codes that applications hold: six, eight or ten digits and nothing else, four of them at a time.</summary>
    private static bool TryParseDigits(ReadOnlySpan<char> text, out HsCode code)
    {
        code = default;
        var units = MemoryMarshal.AsBytes(text);
        if (!BitConverter.IsLittleEndian || !TryTakeFour(MemoryMarshal.Read<ulong>(units), out var value))
        {
            return false;
        }

        var length = 4;
        if (text.Length >= 8)
        {
            if (!TryTakeFour(MemoryMarshal.Read<ulong>(units[8..]), out var next))
            {
                return false;
            }

            value = (value * 10_000) + next;
            length = 8;
        }

        if (length < text.Length)
        {
            var (tens, ones) = ((uint)text[^2] - '0', (uint)text[^1] - '0');
            if (tens > 9 || ones > 9)
            {
                return false;
            }

            value = (value * 100) + (tens * 10) + ones;
        }

        // A constant for each of the three lengths: no table to load, no product to wait for.
        var scale = text.Length == 10 ? 1_000 * CountBits : text.Length == 8 ? 100_000 * CountBits : 10_000_000 * CountBits;
        code = new HsCode((value * scale) + text.Length);
        return true;
    }

    /// <summary>Four digits in UTF-16, the first in the lowest bits, as a number.</summary>
    private static bool TryTakeFour(ulong units, out long value)
    {
        // A unit below '0' borrows and so sets its highest bit; one above '9' sets it by the addition.
        var digits = units - 0x0030_0030_0030_0030;
        // Times 1, 10, 100 and 1000 into the highest 16 bits; no sum below them reaches there.
        value = (long)((digits * 0x03E8_0064_000A_0001) >> 48);
        return ((digits | (digits + 0x7FF6_7FF6_7FF6_7FF6)) & 0x8000_8000_8000_8000) == 0;
    }

    private static HsCodeFault Parse<T>(ReadOnlySpan<T> text, out HsCode code)
        where T : unmanaged, IBinaryInteger<T>
    {
        code = default;
        var value = 0L;
        var digits = 0;
        var afterDot = false;
        var misplaced = false;
        foreach (var unit in text)
        {
            var digit = int.CreateTruncating(unit) - '0';
            if (digit is >= 0 and <= 9)
            {
                // Beyond the longest code only the count matters; the value may not run over.
                value = digits < MostDigits ? value * 10 + digit : value;
                digits++;
                afterDot = false;
            }
            else if (digit == '.' - '0')
            {
                misplaced |= afterDot || digits is 0 or > 10 || digits % 2 != 0;
                afterDot = true;
            }
            else
            {
                return HsCodeFault.NotDigits;
            }
        }

        var fault = (digits, misplaced || afterDot) switch
        {
            (0, _) => HsCodeFault.NotDigits,
            (_, true) => HsCodeFault.MisplacedDot,
            (3 or 5, _) => HsCodeFault.LeadingZeroLost,
            (1 or > MostDigits, _) => HsCodeFault.WrongLength,
            _ => HsCodeFault.None,
        };
        if (fault == HsCodeFault.None)
        {
            code = new HsCode(value * PowerOfTen(MostDigits - digits) * CountBits + digits);
        }

        return fault;
    }
}
