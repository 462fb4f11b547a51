namespace CccRules.Runtime.Facts;

/// <summary>
/// How one fact of a record is written as a 64-bit number. The two smallest numbers are kept for
/// "not known" and "known not to be there", so a fact needs no second word and no branch to ask for it.
/// </summary>
/// <remarks>
/// Encoding by <see cref="FactKind"/>:
/// yes/no 0 or 1; integer itself; decimal and money millionths; text a code of a <see cref="TextDictionary"/>;
/// date days since 0001-01-01 (proleptic Gregorian, that day is 0); durations a count of days or of months;
/// member its ordinal; members one bit each; country <c>(first - 'A') * 26 + (second - 'A')</c>;
/// HS code: the 13-digit code, shorter ones filled with zeros on the right, times 16, plus the number of digits given.
/// </remarks>
public static class Fact
{
    /// <summary>The fact is not known: it can still turn out to be anything.</summary>
    public const long Missing = long.MinValue;

    /// <summary>The fact is known not to be there (<c>none</c>): it has not been imported, not been sold.</summary>
    public const long None = long.MinValue + 1;

    /// <summary>Decimals carry six digits after the point: 1 is written as 1,000,000.</summary>
    public const long DecimalScale = 1_000_000;

    /// <summary>True for a value proper: neither missing nor none.</summary>
    public static bool IsKnown(long fact) => fact > None;
}
