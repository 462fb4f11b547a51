using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Columns;

/// <summary>
/// How a fact lies in a column. In every width the two smallest numbers mean missing and none:
/// a byte 0 and 1 (values follow from 2), an int and a long their <c>MinValue</c> and <c>MinValue + 1</c>.
/// </summary>
public enum ColumnWidth : byte
{
    /// <summary>yes/no and members of small enumerations: value + 2.</summary>
    Byte,

    /// <summary>Dates, durations, countries, text codes, members of large enumerations.</summary>
    Int,

    /// <summary>Numbers, HS codes, sets of members.</summary>
    Long,
}

/// <summary>Which width a fact takes.</summary>
public static class ColumnWidths
{
    /// <summary>Members beyond this number need more than a byte.</summary>
    public const int MostByteMembers = 253;

    public static ColumnWidth Of(FactSchema fact) => Of(fact.Kind, fact.Members.Length);

    public static ColumnWidth Of(FactKind kind, int members) => kind switch
    {
        FactKind.YesNo or FactKind.List => ColumnWidth.Byte,
        FactKind.Member => members <= MostByteMembers ? ColumnWidth.Byte : ColumnWidth.Int,
        FactKind.Date or FactKind.Days or FactKind.Months or FactKind.Country or FactKind.Text => ColumnWidth.Int,
        _ => ColumnWidth.Long,
    };
}
