namespace CccRules.Runtime.Trade;

/// <summary>
/// The 13-digit codes that an HS code stands for: a code of n digits stands for all codes that begin with it.
/// </summary>
internal static class HsCodeRange
{
    /// <summary>Digits of the longest code.</summary>
    public const int MostDigits = 13;

    /// <summary>The largest code of thirteen digits.</summary>
    public const long MostCode = 9_999_999_999_999;

    /// <summary>First and last 13-digit code of a known HS fact.</summary>
    public static (long Lower, long Upper) Of(long fact)
    {
        var lower = fact >> 4;
        return (lower, lower + Sizes[(int)fact & 15] - 1);
    }

    /// <summary>Number of 13-digit codes by number of digits, 16 entries.</summary>
    internal static ReadOnlySpan<long> Sizes =>
    [
        10_000_000_000_000, 1_000_000_000_000, 100_000_000_000, 10_000_000_000, 1_000_000_000, 100_000_000, 10_000_000,
        1_000_000, 100_000, 10_000, 1_000, 100, 10, 1, 1, 1,
    ];
}
