namespace CccRules.Compiler.Reference;

/// <summary>Currencies in use by their ISO 4217 alphabetic code, in capitals. Funds, metals and withdrawn currencies are not among them.</summary>
internal static class CurrencyCodes
{
    private static readonly CodeList Table = new("currencies.csv");

    /// <summary>All codes in order.</summary>
    public static IEnumerable<string> All => Table.Codes;

    /// <summary>True for a currency in use.</summary>
    public static bool Exists(string code) => Table.NameOf(code) is not null;

    /// <summary>The English name, null for a code that does not exist.</summary>
    public static string? Name(string code) => Table.NameOf(code);
}
