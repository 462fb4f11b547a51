using CccRules.Runtime.Trade;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Trade;

public sealed class CountryCodeTests
{
    [Fact]
    public void The_built_in_set_is_that_of_ISO_3166_1()
    {
        var listed = File.ReadAllLines(Repository.FullPath("tests/suites/country-codes/alpha-2.csv")).Skip(1).ToArray();

        var assigned = Enumerable.Range(0, CountryCode.Count)
            .Select(CountryCode.FromNumber)
            .Where(code => code.IsAssigned)
            .Select(code => code.ToString());

        Assert.Equal(249, listed.Length);
        Assert.Equal(listed, assigned);
    }

    [Fact]
    public void Every_pair_of_capital_letters_reads_back_from_its_number()
    {
        for (var number = 0; number < CountryCode.Count; number++)
        {
            var code = CountryCode.FromNumber(number);
            Assert.True(CountryCode.TryParse(code.ToString(), out var back));
            Assert.Equal(number, back.Number);
        }

        Assert.Equal((2 * 26) + 13, CountryCode.TryParse("CN"u8, out var china) ? china.Number : -1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("C")]
    [InlineData("CHN")]
    [InlineData("cn")]
    [InlineData("Cn")]
    [InlineData("C1")]
    [InlineData("ＣＮ")]
    [InlineData(" C")]
    public void What_is_not_two_capital_letters_is_refused(string text) => Assert.False(CountryCode.TryParse(text, out _));
}
