namespace CccRules.Compiler.Reference;

/// <summary>Countries and areas by their ISO 3166-1 alpha-2 code, in capitals.</summary>
internal static class CountryCodes
{
    private static readonly CodeList Table = new("countries.csv");

    /// <summary>All codes in order.</summary>
    public static IEnumerable<string> All => Table.Codes;

    /// <summary>True for an assigned code.</summary>
    public static bool Exists(string code) => Table.NameOf(code) is not null;

    /// <summary>The code that is meant by a code in small letters or by an English name; null where none is.</summary>
    public static string? CodeOf(string word) =>
        Exists(word.ToUpperInvariant()) ? word.ToUpperInvariant() : All.FirstOrDefault(code => string.Equals(Name(code), word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The English name, null for a code that is not assigned.</summary>
    public static string? Name(string code) => Table.NameOf(code);
}
