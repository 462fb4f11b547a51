using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using CccRules.Compiler.Reference;

namespace CccRules.Tests.Reference;

/// <summary>Compares our factors with the conversion factors of UN/CEFACT Recommendation 20, where a copy lies beside the repository.</summary>
public sealed partial class UneceUnitsTests
{
    private const int UnitsInRecommendation = 55;

    [UneceFact]
    public void Units_of_one_dimension_relate_as_in_recommendation_20()
    {
        Dictionary<string, string> factors = ReadConversionFactors();
        Dictionary<string, Rational> bases = [];
        int compared = 0;
        foreach ((string symbol, string commonCode) in ReadCommonCodes())
        {
            Assert.True(UnitTable.TryGet(symbol, out Unit? unit), symbol);
            Rational theirs = Parse(factors[commonCode]);
            Rational ratio = theirs.Over(new Rational(unit.Numerator, unit.Denominator));

            // Both sides may take another base (joule or watt hour), so it is the ratio that has to stay the same.
            bases.TryAdd(unit.Dimension, ratio);
            Assert.True(bases[unit.Dimension] == ratio, $"{symbol}: {unit.Numerator}/{unit.Denominator}, but '{factors[commonCode]}'");
            compared++;
        }

        Assert.Equal(UnitsInRecommendation, compared);
    }

    [Theory]
    [InlineData("3,6 x 10⁶ J", 3_600_000, 1)]
    [InlineData("86 400 s", 86_400, 1)]
    [InlineData("10⁻³ W", 1, 1_000)]
    [InlineData("10³ V x A", 1_000, 1)]
    [InlineData("10⁹\u00A0Hz", 1_000_000_000, 1)]
    [InlineData("N x m", 1, 1)]
    public void A_conversion_factor_is_read_as_a_number_and_a_power_of_ten(string text, long numerator, long denominator) =>
        Assert.Equal(new Rational(numerator, denominator), Parse(text));

    private static Rational Parse(string text)
    {
        const string superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        Match match = Factor().Match(text.Replace('\u00A0', ' '));
        Assert.True(match.Success, text);
        string[] parts = match.Groups["number"].Value.Replace(" ", "").Split(',');
        string fraction = parts.Length > 1 ? parts[1] : "";
        string digits = parts[0] + fraction;
        BigInteger number = digits.Length == 0 ? BigInteger.One : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        string power = match.Groups["power"].Value;
        int exponent = power.Where(superscripts.Contains).Aggregate(0, (sum, digit) => (sum * 10) + superscripts.IndexOf(digit));
        exponent = (power.StartsWith('⁻') ? -exponent : exponent) - fraction.Length;
        return exponent >= 0
            ? new Rational(number * BigInteger.Pow(10, exponent), 1)
            : new Rational(number, BigInteger.Pow(10, -exponent));
    }

    private static IEnumerable<(string Symbol, string CommonCode)> ReadCommonCodes()
    {
        using Stream stream = typeof(UnitTable).Assembly.GetManifestResourceStream("CccRules.Compiler.Reference.Data.units.csv")
            ?? throw new FileNotFoundException("units.csv");
        using StreamReader reader = new(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
                .Select(line => line.TrimEnd('\r').Split(','))
                .Where(fields => fields[5].Length > 0)
                .Select(fields => (fields[0], fields[5])),
        ];
    }

    private static Dictionary<string, string> ReadConversionFactors()
    {
        string file = UneceFactAttribute.FindFile() ?? throw new FileNotFoundException(UneceFactAttribute.FileName);
        Dictionary<string, string> factors = [];
        foreach (List<string> row in ReadCsv(File.ReadAllText(file)).Skip(1))
        {
            factors[row[1]] = row[6];
        }

        return factors;
    }

    /// <summary>Descriptions of the file run over several lines, so it is read as one text.</summary>
    private static IEnumerable<List<string>> ReadCsv(string text)
    {
        List<string> row = [];
        StringBuilder field = new();
        bool quoted = false;
        foreach (char character in text)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (quoted || character is not (',' or '\n' or '\r'))
            {
                field.Append(character);
            }
            else if (character != '\r')
            {
                row.Add(field.ToString());
                field.Clear();
                if (character == '\n')
                {
                    yield return row;
                    row = [];
                }
            }
        }
    }

    [GeneratedRegex(@"^(?<number>\d[\d ]*(,\d+)?(?= ))?\s*x?\s*(10(?<power>[⁻⁰¹²³⁴-⁹]+))?\s*[^\d,]*$")]
    private static partial Regex Factor();

    private sealed record Rational
    {
        public Rational(BigInteger numerator, BigInteger denominator)
        {
            BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
            (Numerator, Denominator) = (numerator / divisor, denominator / divisor);
        }

        public BigInteger Numerator { get; }

        public BigInteger Denominator { get; }

        public Rational Over(Rational other) => new(Numerator * other.Denominator, Denominator * other.Numerator);
    }
}
