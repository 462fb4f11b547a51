using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Binding;

namespace CccRules.Compiler.Evaluation;

/// <summary>
/// HS codes as strings of digits. A code of fewer than 13 digits may be completed by any digits; a test of it is open
/// where some completions pass and others do not. Asked digit by digit.
/// </summary>
internal static class ReferenceCodes
{
    private const int FullLength = 13;

    /// <summary>How many of the codes that begin with some digits pass a test.</summary>
    internal enum Share : byte
    {
        None,
        Some,
        All,
    }

    /// <summary>How many completions of a code lie in a range and in no excluded one.</summary>
    public static Share Under(string digits, ImmutableArray<HsRange> included, ImmutableArray<HsRange> excluded)
    {
        var isIn = Best(included, digits);
        var isOut = Best(excluded, digits);
        if (isIn == Share.None || isOut == Share.All)
        {
            return Share.None;
        }

        if (isIn == Share.All && isOut == Share.None)
        {
            return Share.All;
        }

        // Not decided by these digits: look at each next digit. INVARIANT: a full code lies in a range or does not.
        Debug.Assert(digits.Length < FullLength, "a full code is decided");
        Share? first = null;
        for (var next = '0'; next <= '9'; next++)
        {
            var share = Under(digits + next, included, excluded);
            first ??= share;
            if (share == Share.Some || share != first)
            {
                return Share.Some;
            }
        }

        return first ?? Share.Some;
    }

    /// <summary>How many completions of one code are completions of another.</summary>
    public static Share Within(string digits, string other)
    {
        if (digits.StartsWith(other, StringComparison.Ordinal))
        {
            return Share.All;
        }

        return other.StartsWith(digits, StringComparison.Ordinal) ? Share.Some : Share.None;
    }

    private static Share Best(ImmutableArray<HsRange> ranges, string digits) =>
        ranges.Select(range => In(range, digits)).DefaultIfEmpty(Share.None).Max();

    private static Share In(HsRange range, string digits)
    {
        var toFirst = CompareShared(digits, range.First);
        var toLast = CompareShared(digits, range.Last);
        if (toFirst < 0 || toLast > 0)
        {
            return Share.None;
        }

        // Where the digits shared with a bound are its own, they decide only if the bound has no more of them,
        // or if no more can follow.
        var isFromFirst = toFirst > 0 || digits.Length >= range.First.Length;
        var isUpToLast = toLast < 0 || digits.Length >= range.Last.Length;
        return isFromFirst && isUpToLast ? Share.All : Share.Some;
    }

    private static int CompareShared(string digits, string bound)
    {
        var shared = Math.Min(digits.Length, bound.Length);
        return string.CompareOrdinal(digits[..shared], bound[..shared]);
    }
}
