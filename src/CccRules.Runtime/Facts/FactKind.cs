namespace CccRules.Runtime.Facts;

/// <summary>The type of a fact, as far as reading, storing and printing it goes.</summary>
public enum FactKind : byte
{
    /// <summary><c>yes/no</c></summary>
    YesNo,

    /// <summary>A whole number of 64 bits, less its two smallest values.</summary>
    Integer,

    /// <summary>A decimal or an amount of money: twelve digits before the point, six after.</summary>
    Decimal,

    /// <summary>Text, compared ordinally.</summary>
    Text,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>A duration in days.</summary>
    Days,

    /// <summary>A duration in calendar months.</summary>
    Months,

    /// <summary>One member of an enumeration.</summary>
    Member,

    /// <summary>A set of members of an enumeration.</summary>
    Members,

    /// <summary>A country, ISO 3166-1 alpha-2.</summary>
    Country,

    /// <summary>A Harmonized System code with its national digits.</summary>
    HsCode,

    /// <summary>Entries of a nested record; conditions read what is derived from them.</summary>
    List,
}
