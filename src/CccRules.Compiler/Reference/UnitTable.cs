using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace CccRules.Compiler.Reference;

/// <summary>
/// The units that rules may use. All are fixed multiples of their base unit: temperatures with another zero and
/// logarithmic levels (decibels) are left out, because converting them is no multiplication.
/// </summary>
internal static class UnitTable
{
    private static readonly Lazy<ImmutableArray<Unit>> AllUnits = new(ReadUnits);

    private static readonly Lazy<FrozenDictionary<string, Unit>> BySymbol = new(() =>
        All.ToFrozenDictionary(unit => unit.Symbol, StringComparer.Ordinal));

    /// <summary>All units, those of a dimension together and its base unit first.</summary>
    public static ImmutableArray<Unit> All => AllUnits.Value;

    /// <summary>Finds a unit by its symbol. Case counts: <c>mW</c> is not <c>MW</c>.</summary>
    public static bool TryGet(string symbol, [NotNullWhen(true)] out Unit? unit) => BySymbol.Value.TryGetValue(symbol, out unit);

    /// <summary>The units of a dimension, its base unit first; empty for a dimension that is not there.</summary>
    public static IEnumerable<Unit> OfDimension(string dimension) => All.Where(unit => unit.Dimension == dimension);

    /// <summary>
    /// Symbols that were probably meant, the likeliest first: for another case (<c>kwh</c>: <c>kWh</c>; <c>mw</c>: <c>mW</c>,
    /// then <c>MW</c>), for other characters (<c>m²</c>: <c>m2</c>, <c>µF</c>: <c>uF</c>) and for a name (<c>kilowatts</c>:
    /// <c>kW</c>). Empty when nothing is like it.
    /// </summary>
    public static ImmutableArray<string> Suggest(string symbol)
    {
        string plain = ToKeyboardSpelling(symbol);
        ImmutableArray<string> sameLetters =
        [
            .. All.Select(unit => unit.Symbol)
                .Where(known => known.Equals(plain, StringComparison.OrdinalIgnoreCase))
                .OrderBy(known => known.Zip(plain).Count(pair => pair.First != pair.Second)),
        ];
        return sameLetters.IsEmpty ? [.. All.Where(unit => IsNameOf(unit, symbol)).Select(unit => unit.Symbol)] : sameLetters;
    }

    private static bool IsNameOf(Unit unit, string text) =>
        unit.Name.Equals(text, StringComparison.OrdinalIgnoreCase) || $"{unit.Name}s".Equals(text, StringComparison.OrdinalIgnoreCase);

    private static string ToKeyboardSpelling(string symbol) => symbol
        .Replace("²", "2", StringComparison.Ordinal)
        .Replace("³", "3", StringComparison.Ordinal)
        .Replace('\u00B5', 'u') // micro sign
        .Replace('\u03BC', 'u') // Greek small letter mu
        .Replace("\u2126", "ohm", StringComparison.Ordinal) // ohm sign
        .Replace("\u03A9", "ohm", StringComparison.Ordinal) // Greek capital letter omega
        .Replace("·", "", StringComparison.Ordinal);

    private static ImmutableArray<Unit> ReadUnits() =>
    [
        .. ReferenceFile.ReadRows("units.csv", 6)
            .Select(row => new Unit(row[0], row[1], ToNumber(row[2]), ToNumber(row[3]), row[4])),
    ];

    private static BigInteger ToNumber(string digits) => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
