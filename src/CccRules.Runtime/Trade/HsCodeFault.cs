namespace CccRules.Runtime.Trade;

/// <summary>Why a text is no Harmonized System code.</summary>
public enum HsCodeFault : byte
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Something else than ASCII digits and dots, or nothing at all.</summary>
    NotDigits,

    /// <summary>Not 2, 4, 6 or 7 to 13 digits.</summary>
    WrongLength,

    /// <summary>Three or five digits: a spreadsheet has taken <c>0101.21</c> for a number.</summary>
    LeadingZeroLost,

    /// <summary>A dot where no tariff prints one: <c>8.703</c> is a number, not heading 8703.</summary>
    MisplacedDot,
}
