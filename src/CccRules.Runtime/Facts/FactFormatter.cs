using System.Diagnostics;
using System.Globalization;
using CccRules.Runtime.Time;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Facts;

/// <summary>
/// Prints facts in the one form that <see cref="FactReader"/> reads back. Two things have no text of their own:
/// "missing" prints as nothing, also where an empty value means <c>none</c>; and the text <c>none</c> of a field
/// that allows none reads back as none.
/// </summary>
public static class FactFormatter
{
    /// <summary>Prints a fact: numbers without unit and without needless zeros, durations with their unit.</summary>
    public static string Format(FactSchema schema, long fact, TextDictionary texts) => fact switch
    {
        Fact.Missing => "",
        Fact.None => "none",
        _ => FormatValue(schema, fact, texts),
    };

    private static string FormatValue(FactSchema schema, long fact, TextDictionary texts) => schema.Kind switch
    {
        FactKind.YesNo => fact != 0 ? "yes" : "no",
        FactKind.Integer => fact.ToString(CultureInfo.InvariantCulture),
        FactKind.Decimal => FormatDecimal(fact),
        FactKind.Text => texts[(int)fact],
        FactKind.Date => CivilDate.Format(fact),
        FactKind.Days => FormatDuration(fact, "day"),
        FactKind.Months => FormatDuration(fact, "month"),
        FactKind.Member => schema.Members[(int)fact],
        FactKind.Members => FormatMembers(schema, fact),
        FactKind.Country => CountryCode.FromNumber((int)fact).ToString(),
        FactKind.HsCode => HsCode.FromEncoded(fact).ToString(),
        _ => throw new UnreachableException(),
    };

    private static string FormatDecimal(long millionths)
    {
        var magnitude = Math.Abs(millionths);
        var whole = (magnitude / Fact.DecimalScale).ToString(CultureInfo.InvariantCulture);
        var decimals = (magnitude % Fact.DecimalScale).ToString("D6", CultureInfo.InvariantCulture).TrimEnd('0');
        var sign = millionths < 0 ? "-" : "";
        return decimals.Length == 0 ? sign + whole : $"{sign}{whole}.{decimals}";
    }

    private static string FormatDuration(long count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count is 1 or -1 ? "" : "s")}");

    private static string FormatMembers(FactSchema schema, long members) =>
        members == 0 ? "{}" : string.Join("; ", schema.Members.Where((_, ordinal) => (members >> ordinal & 1) != 0));
}
