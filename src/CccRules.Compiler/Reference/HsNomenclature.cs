using System.Collections.Immutable;
using System.Globalization;

namespace CccRules.Compiler.Reference;

/// <summary>
/// The Harmonized System of 2022: chapters (2 digits), headings (4) and subheadings (6). Codes are written in digits alone.
/// Further digits, up to 13, are national and not known here: such a code exists when its first six digits do.
/// </summary>
internal static class HsNomenclature
{
    /// <summary>The edition that the codes belong to, for messages.</summary>
    public const string Edition = "HS 2022";

    private const int SubheadingLength = 6;
    private const int LongestCode = 13;

    // CACHE for code lookups: checking a ruleset asks for codes only, so the descriptions (20 times as large) stay unread.
    private static readonly Lazy<int[]> KnownSubheadings = new(() => ReferenceFile.ReadNumbers("hs2022-subheadings.csv"));
    private static readonly Lazy<Dictionary<string, string>> KnownDescriptions = new(ReadDescriptions);

    /// <summary>True for a chapter, heading or subheading of the nomenclature, or a longer code below a subheading of it.</summary>
    public static bool Exists(ReadOnlySpan<char> digits)
    {
        if (!IsCode(digits))
        {
            return false;
        }

        (int start, int end) = RangeOf(digits);
        return start < end;
    }

    /// <summary>
    /// What the code covers, in English; of a longer code, what its subheading covers. Null when the code does not exist.
    /// </summary>
    public static string? Description(string digits) =>
        Exists(digits) ? KnownDescriptions.Value.GetValueOrDefault(digits[..Math.Min(digits.Length, SubheadingLength)]) : null;

    /// <summary>
    /// The longest of the code's first 6, 4 or 2 digits that exists, so a subheading that exists is its own answer;
    /// null when not even the chapter exists.
    /// </summary>
    public static string? NearestParent(string digits)
    {
        for (int length = SubheadingLength; length >= 2; length -= 2)
        {
            if (length <= digits.Length && Exists(digits.AsSpan(0, length)))
            {
                return digits[..length];
            }
        }

        return null;
    }

    /// <summary>
    /// The codes one level below, in order: of the empty text the chapters, of a chapter its headings, of a heading its
    /// subheadings. Empty for any other text.
    /// </summary>
    public static ImmutableArray<string> Children(string digits)
    {
        if (digits.Length >= SubheadingLength || (digits.Length > 0 && !IsCode(digits)))
        {
            return [];
        }

        (int start, int end) = RangeOf(digits);
        int length = digits.Length + 2;
        int unit = Unit(length);
        return
        [
            .. KnownSubheadings.Value[start..end]
                .Select(code => code / unit)
                .Distinct()
                .Select(code => code.ToString($"D{length}", CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>
    /// True for a code of chapters 98 and 99, which the nomenclature leaves to each country: it neither exists nor is wrong.
    /// </summary>
    public static bool IsNationalUse(ReadOnlySpan<char> digits) => IsCode(digits) && digits[..2] is "98" or "99";

    /// <summary>Where the subheadings that a code covers stand in the list; the empty code covers all.</summary>
    private static (int Start, int End) RangeOf(ReadOnlySpan<char> digits)
    {
        int length = Math.Min(digits.Length, SubheadingLength);
        int code = 0;
        foreach (char digit in digits[..length])
        {
            code = (code * 10) + digit - '0';
        }

        int unit = Unit(length);
        return (FirstAtLeast(code * unit), FirstAtLeast((code + 1) * unit));
    }

    /// <summary>How many six-digit numbers a code of this length covers.</summary>
    private static int Unit(int length) => length switch
    {
        0 => 1_000_000,
        2 => 10_000,
        4 => 100,
        _ => 1,
    };

    private static int FirstAtLeast(int subheading)
    {
        int index = Array.BinarySearch(KnownSubheadings.Value, subheading);
        return index < 0 ? ~index : index;
    }

    private static bool IsCode(ReadOnlySpan<char> text) =>
        text.Length is 2 or 4 or (>= SubheadingLength and <= LongestCode) && !text.ContainsAnyExceptInRange('0', '9');

    private static Dictionary<string, string> ReadDescriptions() =>
        ReferenceFile.ReadRows("hs2022-descriptions.csv", 2).ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
}
