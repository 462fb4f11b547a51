using CccRules.Compiler.Diagnostics;

namespace CccRules.Tests.Diagnostics;

public sealed class SuggestionsTests
{
    [Theory]
    [InlineData("hs_cod", "hs_code")] // one letter left out
    [InlineData("hs_codee", "hs_code")] // one too many
    [InlineData("hs_kode", "hs_code")] // one replaced
    [InlineData("hs_cdoe", "hs_code")] // two swapped
    [InlineData("purpsoe", "purpose")]
    [InlineData("移动电原", "移动电源")]
    public void A_slip_is_recognised(string written, string meant) =>
        Assert.Equal([meant], Nearest(written, ["traits", meant, "manufactured_on"]));

    [Theory]
    [InlineData("abc", "abd", true)] // one edit is always near
    [InlineData("abc", "ade", false)]
    [InlineData("abcde", "abcxy", false)] // 5 / 3 = 1
    [InlineData("abcdef", "abcdxy", true)] // 6 / 3 = 2
    [InlineData("abcdef", "abcxyz", false)]
    [InlineData("abcdefghi", "abcdefxyz", true)] // 9 / 3 = 3
    [InlineData("abcdefghi", "abcdewxyz", false)]
    [InlineData("ab", "ba", true)] // a swap is one edit
    [InlineData("a", "b", false)] // nothing in common
    [InlineData("a", "ab", true)]
    [InlineData("", "a", false)]
    public void A_third_of_the_name_may_differ(string written, string candidate, bool isNear) =>
        Assert.Equal(isNear ? [candidate] : [], Nearest(written, [candidate]));

    [Fact]
    public void A_swap_with_a_letter_between_counts_both_edits()
    {
        // Full Damerau-Levenshtein: `cxa` from `ac` is a swap and an insertion, 2 edits, which six letters allow.
        Assert.Equal(["cxadefg"], Nearest("acdefg", ["cxadefg"]));
        Assert.Empty(Nearest("acdef", ["cxadef"]));
    }

    [Fact]
    public void A_name_that_differs_only_in_case_comes_alone() =>
        Assert.Equal(["HS_Code"], Nearest("hs_code", ["hs_codes", "HS_Code", "hs_cod"]));

    [Fact]
    public void The_nearest_three_come_by_distance_and_then_by_name() =>
        Assert.Equal(
            ["imported_an", "imported_in", "exported_on"],
            Nearest("imported_on", ["sold_on", "exported_on", "imported_in", "imported_an", "imported_in", "xxported_on"]));

    [Fact]
    public void The_name_itself_is_no_suggestion() => Assert.Empty(Nearest("purpose", ["purpose"]));

    [Fact]
    public void Letters_are_counted_and_not_their_units()
    {
        // Two letters outside the basic plane: one of two replaced is one edit.
        Assert.Equal(["\U00020001\U00020002"], Nearest("\U00020001\U00020003", ["\U00020001\U00020002"]));
    }

    [Fact]
    public void Endless_names_are_not_compared_letter_by_letter()
    {
        var endless = new string('a', 100_000);

        Assert.Empty(Nearest(endless, Enumerable.Range(0, 20).Select(number => $"{endless[..99_990]}{number}")));
        Assert.Equal([endless.ToUpperInvariant()], Nearest(endless, [endless.ToUpperInvariant()]));
    }

    [Fact]
    public void A_rename_says_why_the_name_is_offered_and_needs_review()
    {
        var at = Sample.At(Sample.Text("when hs_cod under 8507"), "hs_cod");
        var fix = Assert.Single(Suggestions.Rename(at, "hs_cod", ["hs_code", "purpose"], "field"));

        Assert.Equal("a field with a similar name exists: `hs_code`", fix.Help);
        Assert.Equal(new TextEdit(at, "hs_code"), Assert.Single(fix.Edits));
        Assert.Equal(Applicability.Review, fix.Applicability);
    }

    [Fact]
    public void A_rename_has_the_article_of_its_kind_and_the_spelling_of_its_caller()
    {
        var at = Sample.At(Sample.Text("whan"), "whan");
        var fix = Assert.Single(Suggestions.Rename(at, "whan", ["when"], "obligation", name => $"`{name}`"));

        Assert.Equal("an obligation with a similar name exists: `when`", fix.Help);
        Assert.Equal("`when`", fix.Edits[0].NewText);
    }

    [Fact]
    public void A_rename_says_that_only_the_case_differs()
    {
        var at = Sample.At(Sample.Text("HS_CODE"), "HS_CODE");
        var fix = Assert.Single(Suggestions.Rename(at, "HS_CODE", ["hs_code"], "field"));

        Assert.Equal("a field exists whose name differs only in case: `hs_code`", fix.Help);
    }

    [Fact]
    public void Nothing_near_gives_no_help() =>
        Assert.Empty(Suggestions.Rename(Sample.At(Sample.Text("x"), "x"), "x", ["purpose"], "field"));

    private static string[] Nearest(string name, IEnumerable<string> candidates) =>
        [.. Suggestions.Nearest(name, candidates)];
}
