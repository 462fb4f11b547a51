using System.Numerics;
using CccRules.Compiler.Reference;

namespace CccRules.Tests.Reference;

public sealed class UnitTableTests
{
    [Theory]
    [InlineData("W", "power", 1, 1, "watt")]
    [InlineData("kW", "power", 1_000, 1, "kilowatt")]
    [InlineData("MW", "power", 1_000_000, 1, "megawatt")]
    [InlineData("mW", "power", 1, 1_000, "milliwatt")]
    [InlineData("Wh", "energy", 3_600, 1, "watt hour")]
    [InlineData("mWh", "energy", 18, 5, "milliwatt hour")]
    [InlineData("kWh", "energy", 3_600_000, 1, "kilowatt hour")]
    [InlineData("MJ", "energy", 1_000_000, 1, "megajoule")]
    [InlineData("mAh", "charge", 1, 1_000, "milliampere hour")]
    [InlineData("kVA", "apparent power", 1_000, 1, "kilovolt ampere")]
    [InlineData("GHz", "frequency", 1_000_000_000, 1, "gigahertz")]
    [InlineData("g", "mass", 1, 1_000, "gram")]
    [InlineData("cm2", "area", 1, 10_000, "square centimetre")]
    [InlineData("mL", "volume", 1, 1_000_000, "millilitre")]
    [InlineData("bar", "pressure", 100_000, 1, "bar")]
    [InlineData("Nm", "torque", 1, 1, "newton metre")]
    [InlineData("uF", "capacitance", 1, 1_000_000, "microfarad")]
    [InlineData("h", "time", 3_600, 1, "hour")]
    public void A_unit_is_an_exact_multiple_of_its_dimensions_base(string symbol, string dimension, long numerator, long denominator, string name)
    {
        Assert.True(UnitTable.TryGet(symbol, out Unit? unit));
        Assert.Equal(new Unit(symbol, dimension, numerator, denominator, name), unit);
    }

    [Fact]
    public void Every_symbol_an_analyst_writes_is_there()
    {
        string expected = "W kW MW mW Wh kWh MWh mWh V mV kV A mA kA Ah mAh VA kVA Hz kHz MHz GHz kg g mg t m mm cm km m2 cm2 m3 L mL "
            + "J kJ MJ Pa kPa MPa bar N kN Nm lm lx cd ohm kohm F uF s ms min h";
        Assert.Equal(
            expected.Split(' ').Order(StringComparer.Ordinal), UnitTable.All.Select(unit => unit.Symbol).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_dimension_has_one_base_that_comes_first_and_factors_in_lowest_terms()
    {
        foreach (string dimension in UnitTable.All.Select(unit => unit.Dimension).Distinct())
        {
            List<Unit> units = [.. UnitTable.OfDimension(dimension)];
            Assert.Equal(units[0], Assert.Single(units, unit => unit.Numerator == unit.Denominator));
            Assert.All(units, unit =>
            {
                Assert.True(unit.Numerator.Sign > 0 && unit.Denominator.Sign > 0, unit.Symbol);
                Assert.Equal(BigInteger.One, BigInteger.GreatestCommonDivisor(unit.Numerator, unit.Denominator));
            });
        }

        Assert.Empty(UnitTable.OfDimension("temperature"));
    }

    [Theory]
    [InlineData("kw")]
    [InlineData("KWH")]
    [InlineData("dB")]
    [InlineData("°C")]
    [InlineData("K")]
    [InlineData("CNY")]
    [InlineData("")]
    public void A_symbol_in_another_case_or_of_no_fixed_multiple_is_no_unit(string symbol)
    {
        Assert.False(UnitTable.TryGet(symbol, out Unit? unit));
        Assert.Null(unit);
    }

    [Theory]
    [InlineData("kwh", "kWh")]
    [InlineData("KWH", "kWh")]
    [InlineData("mw", "mW MW")]
    [InlineData("Mw", "MW mW")]
    [InlineData("MWH", "MWh mWh")]
    [InlineData("KG", "kg")]
    [InlineData("hz", "Hz")]
    [InlineData("l", "L")]
    [InlineData("ml", "mL")]
    [InlineData("m²", "m2")]
    [InlineData("m³", "m3")]
    [InlineData("\u00B5F", "uF")]
    [InlineData("\u03BCF", "uF")]
    [InlineData("\u03A9", "ohm")]
    [InlineData("k\u2126", "kohm")]
    [InlineData("kW·h", "kWh")]
    [InlineData("Watt", "W")]
    [InlineData("kilowatts", "kW")]
    [InlineData("parsec", "")]
    [InlineData("", "")]
    public void A_wrong_spelling_suggests_the_symbols_likeliest_first(string symbol, string expected) =>
        Assert.Equal(expected, string.Join(' ', UnitTable.Suggest(symbol)));
}
