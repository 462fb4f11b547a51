using CccRules.Compiler.Reference;

namespace CccRules.Tests.Reference;

public sealed class HsNomenclatureTests
{
    [Theory]
    [InlineData("01")]
    [InlineData("85")]
    [InlineData("97")]
    [InlineData("8507")]
    [InlineData("850760")]
    [InlineData("010121")]
    [InlineData("970690")]
    [InlineData("8507600")]
    [InlineData("85076000")]
    [InlineData("8507600090")]
    [InlineData("8507600090999")]
    public void A_code_of_the_nomenclature_or_below_it_exists(string digits) => Assert.True(HsNomenclature.Exists(digits));

    [Theory]
    [InlineData("")]
    [InlineData("8")]
    [InlineData("00")]
    [InlineData("77")]
    [InlineData("98")]
    [InlineData("99")]
    [InlineData("9999")]
    [InlineData("999999")]
    [InlineData("850")]
    [InlineData("85076")]
    [InlineData("8599")]
    [InlineData("850799")]
    [InlineData("8507990000")]
    [InlineData("85076000909999")]
    [InlineData("8507.60")]
    [InlineData(" 85076")]
    [InlineData("85076a")]
    [InlineData("８５０７６０")]
    public void Anything_else_does_not_exist(string digits)
    {
        Assert.False(HsNomenclature.Exists(digits));
        Assert.Null(HsNomenclature.Description(digits));
    }

    [Fact]
    public void The_nomenclature_has_96_chapters_1228_headings_and_5612_subheadings()
    {
        List<string> chapters = [.. HsNomenclature.Children("")];
        List<string> headings = [.. chapters.SelectMany(code => HsNomenclature.Children(code))];
        List<string> subheadings = [.. headings.SelectMany(code => HsNomenclature.Children(code))];
        Assert.Equal((96, 1_228, 5_612), (chapters.Count, headings.Count, subheadings.Count));
        Assert.Equal("01", chapters[0]);
        Assert.Equal("970690", subheadings[^1]);
        Assert.Equal(subheadings.Order(StringComparer.Ordinal), subheadings);
        Assert.All([.. chapters, .. headings, .. subheadings], code =>
        {
            Assert.True(HsNomenclature.Exists(code), code);
            Assert.False(string.IsNullOrWhiteSpace(HsNomenclature.Description(code)), code);
            Assert.Equal(code, HsNomenclature.NearestParent(code));
        });
    }

    [Fact]
    public void Exactly_the_listed_codes_of_six_digits_exist()
    {
        HashSet<string> listed = [.. HsNomenclature.Children("").SelectMany(code => HsNomenclature.Children(code)).SelectMany(code => HsNomenclature.Children(code))];
        for (int code = 0; code < 1_000_000; code++)
        {
            string digits = $"{code:D6}";
            if (HsNomenclature.Exists(digits) != listed.Contains(digits))
            {
                Assert.Fail(digits);
            }
        }
    }

    [Fact]
    public void The_children_of_a_code_are_one_level_below_it()
    {
        Assert.Equal("850710 850720 850730 850750 850760 850780 850790", string.Join(' ', HsNomenclature.Children("8507")));
        Assert.Equal(48, HsNomenclature.Children("85").Length);
        Assert.Contains("8507", HsNomenclature.Children("85"));
        Assert.Empty(HsNomenclature.Children("850760"));
        Assert.Empty(HsNomenclature.Children("8507600090"));
        Assert.Empty(HsNomenclature.Children("77"));
        Assert.Empty(HsNomenclature.Children("850"));
        Assert.Empty(HsNomenclature.Children("x5"));
    }

    [Theory]
    [InlineData("850799", "8507")]
    [InlineData("8507990000", "8507")]
    [InlineData("85076", "8507")]
    [InlineData("8507600090", "850760")]
    [InlineData("859900", "85")]
    [InlineData("8599", "85")]
    [InlineData("770000", null)]
    [InlineData("8", null)]
    [InlineData("", null)]
    [InlineData("85x7", "85")]
    public void The_nearest_parent_is_the_longest_prefix_that_exists(string digits, string? expected) =>
        Assert.Equal(expected, HsNomenclature.NearestParent(digits));

    [Theory]
    [InlineData("01", "Animals; live")]
    [InlineData("0101", "Horses, asses, mules and hinnies; live")]
    [InlineData("850760", "Electric accumulators; lithium-ion, including separators, whether or not rectangular (including square)")]
    [InlineData("8507600090", "Electric accumulators; lithium-ion, including separators, whether or not rectangular (including square)")]
    public void A_description_says_what_the_code_covers(string digits, string expected) =>
        Assert.Equal(expected, HsNomenclature.Description(digits));

    [Theory]
    [InlineData("98", true)]
    [InlineData("9903", true)]
    [InlineData("99038803", true)]
    [InlineData("97", false)]
    [InlineData("77", false)]
    [InlineData("980", false)]
    [InlineData("98xx", false)]
    [InlineData("", false)]
    public void Chapters_98_and_99_are_left_to_each_country(string digits, bool expected) =>
        Assert.Equal(expected, HsNomenclature.IsNationalUse(digits));
}
