using CccRules.Compiler.Diagnostics;

namespace CccRules.Tests.Diagnostics;

public sealed class DiagnosticDocsTests
{
    private const string Page =
        "# CCC1001 unterminated-text\n\nA text has no end.\n\n- one reason\n\n## Fails\n\n```ccc\nruleset a \"A\n\nuse b\n```\n\n## Fixed\n\n```ccc\nruleset a \"A\"\n```\n";

    [Fact]
    public void A_page_is_read_in_its_parts()
    {
        var expected = new DiagnosticDoc(
            "CCC1001", "unterminated-text", "A text has no end.\n\n- one reason", "ruleset a \"A\n\nuse b\n", "ruleset a \"A\"\n");

        Assert.Equal(expected, DiagnosticDoc.Parse(Page));
        Assert.Equal(expected, DiagnosticDoc.Parse(Page.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("# CCC1001 unterminated-text", "# CCC101 unterminated-text")]
    [InlineData("# CCC1001 unterminated-text", "# CCC1001 Unterminated text")]
    [InlineData("# CCC1001 unterminated-text", "")]
    [InlineData("A text has no end.\n\n- one reason", "")]
    [InlineData("## Fails", "## Examples")]
    [InlineData("## Fixed", "")]
    [InlineData("```ccc\nruleset a \"A\"\n```", "")]
    [InlineData("```ccc\nruleset a \"A\"\n```", "```\nruleset a \"A\"\n```")]
    [InlineData("```ccc\nruleset a \"A\"\n```", "```ccc\nruleset a \"A\"\n")]
    [InlineData("```ccc\nruleset a \"A\"\n```", "```ccc\na\n```\n```ccc\nb\n```")]
    [InlineData("```ccc\nruleset a \"A\"\n```", "```ccc\na\n```\n\nafterword")]
    public void A_page_of_another_form_is_refused(string part, string replacement)
    {
        Assert.Contains(part, Page, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => DiagnosticDoc.Parse(Page.Replace(part, replacement, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_page_may_say_why_it_has_no_example()
    {
        var doc = DiagnosticDoc.Parse("# CCC1202 file-too-large\n\nA file is too large.\n\n(no example: it would be too large)\n");

        Assert.Equal(new DiagnosticDoc("CCC1202", "file-too-large", "A file is too large.", "", "", "it would be too large"), doc);
        Assert.Throws<FormatException>(() => DiagnosticDoc.Parse("# CCC1202 file-too-large\n\n(no example: it would be too large)\n"));
        Assert.Throws<FormatException>(() => DiagnosticDoc.Parse(Page + "\n(no example: it would be too large)\n"));
    }

    [Fact]
    public void Every_page_is_in_the_assembly_under_its_own_number()
    {
        Assert.Contains("CCC2001", DiagnosticDocs.Ids);
        Assert.All(DiagnosticDocs.Ids, id => Assert.Equal(id, DiagnosticDocs.Find(id)?.Id));
    }

    [Fact]
    public void A_number_without_a_page_gives_none()
    {
        Assert.Null(DiagnosticDocs.Find("CCC9999"));
        Assert.Null(DiagnosticDocs.FindText("../secret"));
    }
}
