using System.Collections.Immutable;
using System.Numerics;
using CccRules.Runtime.Trade;

namespace CccRules.Compiler.Ir.Partition;

/// <summary>Countries: each that the rules name, and all others.</summary>
internal static class CountryCells
{
    public static ImmutableArray<FactCell> Of(ImmutableArray<BigInteger> cuts)
    {
        // A country is named by a cut before it and one after it.
        var points = cuts.ToHashSet();
        var countries = Enumerable.Range(0, 26 * 26).Select(CountryCode.FromNumber).Where(country => country.IsAssigned).ToList();
        var named = countries.Where(country => points.Contains(country.Number) && points.Contains(country.Number + 1)).ToList();
        var cells = named.Select(country => new FactCell(country.Number, country.ToString()));
        return [.. cells, .. countries.Except(named).Take(1).Select(other => new FactCell(other.Number, named.Count == 0 ? "any country" : "any other country"))];
    }
}
