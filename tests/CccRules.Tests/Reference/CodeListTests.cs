using CccRules.Compiler.Reference;

namespace CccRules.Tests.Reference;

public sealed class CodeListTests
{
    [Theory]
    [InlineData("CN", "China")]
    [InlineData("DE", "Germany")]
    [InlineData("NA", "Namibia")]
    [InlineData("CI", "Ivory Coast")]
    [InlineData("AX", "Åland Islands")]
    public void A_country_has_its_code_and_name(string code, string name)
    {
        Assert.True(CountryCodes.Exists(code));
        Assert.Equal(name, CountryCodes.Name(code));
    }

    [Theory]
    [InlineData("cn")]
    [InlineData("CHN")]
    [InlineData("UK")]
    [InlineData("EU")]
    [InlineData("XX")]
    [InlineData("code")]
    [InlineData("")]
    public void A_code_that_is_not_assigned_is_no_country(string code)
    {
        Assert.False(CountryCodes.Exists(code));
        Assert.Null(CountryCodes.Name(code));
    }

    [Theory]
    [InlineData("CNY")]
    [InlineData("EUR")]
    [InlineData("USD")]
    [InlineData("TRY")]
    [InlineData("BTN")]
    [InlineData("XOF")]
    public void A_currency_in_use_exists(string code)
    {
        Assert.True(CurrencyCodes.Exists(code));
        Assert.False(string.IsNullOrWhiteSpace(CurrencyCodes.Name(code)));
    }

    [Theory]
    [InlineData("cny")]
    [InlineData("RMB")]
    [InlineData("DEM")]
    [InlineData("XAU")]
    [InlineData("HTG,USD")]
    [InlineData("")]
    public void Anything_else_is_no_currency(string code)
    {
        Assert.False(CurrencyCodes.Exists(code));
        Assert.Null(CurrencyCodes.Name(code));
    }

    [Fact]
    public void Every_code_is_in_capitals_of_its_length()
    {
        Assert.Equal(249, CountryCodes.All.Count());
        Assert.Equal(156, CurrencyCodes.All.Count());
        Assert.All(CountryCodes.All, code => Assert.Matches("^[A-Z]{2}$", code));
        Assert.All(CurrencyCodes.All, code => Assert.Matches("^[A-Z]{3}$", code));
    }
}
