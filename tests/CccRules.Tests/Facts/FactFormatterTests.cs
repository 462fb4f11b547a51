using System.Collections.Immutable;
using System.Text;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Trade;

namespace CccRules.Tests.Facts;

public sealed class FactFormatterTests
{
    private static readonly ImmutableArray<string> Members = [.. Enumerable.Range(0, 62).Select(i => $"member_{i}")];

    [Theory]
    [InlineData(FactKind.YesNo, 1, "yes")]
    [InlineData(FactKind.YesNo, 0, "no")]
    [InlineData(FactKind.Integer, -1000, "-1000")]
    [InlineData(FactKind.Decimal, 1_500_000, "1.5")]
    [InlineData(FactKind.Decimal, -1, "-0.000001")]
    [InlineData(FactKind.Decimal, 10_000_000, "10")]
    [InlineData(FactKind.Date, 0, "0001-01-01")]
    [InlineData(FactKind.Date, 730178, "2000-02-29")]
    [InlineData(FactKind.Days, 1, "1 day")]
    [InlineData(FactKind.Months, 24, "24 months")]
    [InlineData(FactKind.Members, 0, "{}")]
    [InlineData(FactKind.Members, 5, "member_0; member_2")]
    [InlineData(FactKind.Country, 65, "CN")]
    public void A_fact_has_one_printed_form(FactKind kind, long fact, string expected) =>
        Assert.Equal(expected, FactFormatter.Format(Schema(kind), fact, new TextDictionary()));

    [Fact]
    public void Random_facts_of_every_kind_read_back_as_printed()
    {
        var random = new Random(20260301);
        var texts = new TextDictionary();
        foreach (var kind in Enum.GetValues<FactKind>().Where(kind => kind != FactKind.List))
        {
            var schema = Schema(kind);
            var reader = new FactReader(schema);
            for (var i = 0; i < 5000; i++)
            {
                var fact = Any(kind, random, texts);
                var printed = FactFormatter.Format(schema, fact, texts);

                Assert.Equal(FactFault.None, reader.Read(Encoding.UTF8.GetBytes(printed), texts, out var back));
                Assert.True(fact == back, $"{kind}: {fact} printed as {printed} reads as {back}");
            }
        }
    }

    private static FactSchema Schema(FactKind kind) => FactReaderTests.Of(kind) with
    {
        AllowsNone = true,
        Members = kind is FactKind.Member or FactKind.Members ? Members : [],
        Unit = kind switch { FactKind.Decimal => "Wh", FactKind.Days => "weeks", FactKind.Months => "years", _ => null },
    };

    private static long Any(FactKind kind, Random random, TextDictionary texts) => random.Next(20) switch
    {
        0 => Fact.Missing,
        1 => Fact.None,
        _ => kind switch
        {
            FactKind.YesNo => random.Next(2),
            FactKind.Integer => Spread(random, long.MaxValue),
            FactKind.Decimal => Spread(random, 999_999_999_999_999_999),
            FactKind.Text => texts.Intern(AnyText(random)),
            FactKind.Date => random.Next(3_652_059),
            FactKind.Days => random.Next(-3_652_058, 3_652_059),
            FactKind.Months => random.Next(-119_988, 119_989),
            FactKind.Member => random.Next(Members.Length),
            FactKind.Members => random.NextInt64(1L << 62),
            FactKind.Country => Country(random),
            FactKind.HsCode => Code(random),
            _ => throw new InvalidOperationException(),
        },
    };

    private static long Spread(Random random, long most) => (random.NextInt64(most) >> random.Next(63)) * (random.Next(2) * 2 - 1);

    private static string AnyText(Random random)
    {
        string[] pieces = ["a", "b c", "\"", ",", "\r\n", "\n", "é", "电池", "\u2028", "😀", "none", "{}", "\t", "0"];
        return "x" + string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    private static long Country(Random random)
    {
        while (true)
        {
            var code = CountryCode.FromNumber(random.Next(CountryCode.Count));
            if (code.IsAssigned)
            {
                return code.Number;
            }
        }
    }

    private static long Code(Random random)
    {
        int[] lengths = [2, 4, 6, 7, 8, 9, 10, 11, 12, 13];
        var digits = string.Concat(Enumerable.Range(0, lengths[random.Next(lengths.Length)]).Select(_ => (char)('0' + random.Next(10))));
        Assert.True(HsCode.TryParse(digits, out var code));
        return code.Encoded;
    }
}
