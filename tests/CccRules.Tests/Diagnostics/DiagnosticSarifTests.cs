using System.Text.Json;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Diagnostics;

public sealed class DiagnosticSarifTests
{
    private static readonly SourceText Text = SourceText.From("rules/移动 电源#1.ccc", "category bank\n  when hs_cod under 8507.60");
    private static readonly TextLocation At = Sample.At(Text, "hs_cod");

    private static readonly Diagnostic Error = Sample.Error(At, "no such field") with
    {
        Labels = [new DiagnosticLabel(Sample.At(Text, "bank"), "in this category")],
        Notes = ["a note"],
        Fixes = [.. Suggestions.Rename(At, "hs_cod", ["hs_code"], "field"), new Fix("only advice")],
    };

    [Fact]
    public void A_log_has_what_the_schema_requires()
    {
        var info = new Diagnostic(Sample.MissingCitation, At, "`bank` cites nothing");
        var warning = new Diagnostic(Sample.NeverHolds, At, "`bank` never holds");
        var root = Parse(info, Error, warning);
        var run = root.GetProperty("runs")[0];
        var driver = run.GetProperty("tool").GetProperty("driver");
        var rules = driver.GetProperty("rules").EnumerateArray().ToList();
        var results = run.GetProperty("results").EnumerateArray().ToList();

        Assert.Equal("2.1.0", root.GetProperty("version").GetString());
        Assert.EndsWith("sarif-2.1.0.json", root.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, root.GetProperty("runs").GetArrayLength());
        Assert.Equal(("ccc", "1.2.3"), (driver.GetProperty("name").GetString(), driver.GetProperty("version").GetString()));
        Assert.Equal("utf16CodeUnits", run.GetProperty("columnKind").GetString());
        Assert.Equal(["CCC2001", "CCC4002", "CCC9002"], rules.Select(rule => rule.GetProperty("id").GetString()));
        Assert.Equal(
            ["error", "warning", "note"],
            rules.Select(rule => rule.GetProperty("defaultConfiguration").GetProperty("level").GetString()));
        Assert.All(rules, rule => Assert.NotEqual("", rule.GetProperty("shortDescription").GetProperty("text").GetString()));
        Assert.Equal(["note", "error", "warning"], results.Select(result => result.GetProperty("level").GetString()));
        Assert.All(results, result =>
        {
            var rule = rules[result.GetProperty("ruleIndex").GetInt32()];
            Assert.Equal(rule.GetProperty("id").GetString(), result.GetProperty("ruleId").GetString());
            Assert.NotEqual("", result.GetProperty("message").GetProperty("text").GetString());
            Assert.Equal(1, result.GetProperty("locations").GetArrayLength());
        });
    }

    [Fact]
    public void A_result_says_where_and_what_else()
    {
        var result = Parse(Error).GetProperty("runs")[0].GetProperty("results")[0];
        var location = result.GetProperty("locations")[0];
        var related = result.GetProperty("relatedLocations")[0];

        Assert.Equal("no such field", location.GetProperty("message").GetProperty("text").GetString());
        AssertRegion(location.GetProperty("physicalLocation").GetProperty("region"), 2, 8, 2, 14);
        Assert.Equal("in this category", related.GetProperty("message").GetProperty("text").GetString());
        Assert.Equal(1, related.GetProperty("id").GetInt32());
        AssertRegion(related.GetProperty("physicalLocation").GetProperty("region"), 1, 10, 1, 14);
        Assert.Equal("a note", result.GetProperty("properties").GetProperty("notes")[0].GetString());
        Assert.Equal(
            ["a field with a similar name exists: `hs_code`", "only advice"],
            result.GetProperty("properties").GetProperty("help").EnumerateArray().Select(help => help.GetString()));
    }

    [Fact]
    public void A_fix_with_edits_changes_its_files_in_order_and_advice_is_no_fix()
    {
        var other = SourceText.From("a.ccc", "hs_cod");
        var rename = new Fix("rename", [new TextEdit(At, "x"), new TextEdit(Sample.At(Text, "bank"), "y"), new TextEdit(Sample.At(other, "hs_cod"), "z")]);
        var result = Parse(Error with { Fixes = [rename, new Fix("only advice")] }).GetProperty("runs")[0].GetProperty("results")[0];
        var fix = Assert.Single(result.GetProperty("fixes").EnumerateArray());
        var changes = fix.GetProperty("artifactChanges").EnumerateArray().ToList();
        var replacements = changes[1].GetProperty("replacements").EnumerateArray().ToList();

        Assert.Equal("a.ccc", changes[0].GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(2, changes.Count);
        Assert.Equal(["y", "x"], replacements.Select(edit => edit.GetProperty("insertedContent").GetProperty("text").GetString()));
        AssertRegion(replacements[1].GetProperty("deletedRegion"), 2, 8, 2, 14);
        Assert.Equal("review", fix.GetProperty("properties").GetProperty("applicability").GetString());
    }

    [Fact]
    public void Advice_alone_writes_no_fixes()
    {
        var result = Parse(Error with { Fixes = [new Fix("only advice")], Labels = [] }).GetProperty("runs")[0].GetProperty("results")[0];

        Assert.False(result.TryGetProperty("fixes", out _));
        Assert.False(result.TryGetProperty("relatedLocations", out _));
    }

    [Theory]
    [InlineData("rules/移动 电源#1.ccc", "rules/%E7%A7%BB%E5%8A%A8%20%E7%94%B5%E6%BA%90%231.ccc")]
    [InlineData("./a.ccc", "a.ccc")]
    [InlineData("../a.ccc", "../a.ccc")]
    [InlineData("rules\\cn\\a.ccc", "rules/cn/a.ccc")]
    [InlineData("a:b%20?.ccc", "a%3Ab%2520%3F.ccc")]
    [InlineData("/srv/a b.ccc", "file:///srv/a%20b.ccc")]
    [InlineData("<input>", "%3Cinput%3E")]
    public void Paths_become_references_that_any_reader_accepts(string path, string expected)
    {
        var at = SourceText.From(path, "x").GetLocation(new TextSpan(0, 1));
        var uri = Parse(Sample.Error(at)).GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0]
            .GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString();

        Assert.Equal(expected, uri);
        Assert.True(Uri.IsWellFormedUriString(uri, UriKind.RelativeOrAbsolute));
    }

    [Fact]
    public void Braces_in_a_message_are_doubled_since_single_ones_are_placeholders()
    {
        var result = Parse(Error with { Message = "unexpected character `{`" }).GetProperty("runs")[0].GetProperty("results")[0];

        Assert.Equal("unexpected character `{{`", result.GetProperty("message").GetProperty("text").GetString());
    }

    [Fact]
    public void A_text_that_could_not_be_read_has_no_region()
    {
        var at = SourceText.From("gone.ccc", "").GetLocation(new TextSpan(0, 0));
        var location = Parse(Sample.Error(at)).GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0];

        Assert.False(location.GetProperty("physicalLocation").TryGetProperty("region", out _));
    }

    [Fact]
    public void Nothing_found_is_a_log_with_no_results() =>
        Assert.Equal(0, Parse().GetProperty("runs")[0].GetProperty("results").GetArrayLength());

    [Fact]
    public void Two_runs_write_the_same_bytes() =>
        Assert.Equal(DiagnosticSarif.Write([Error], "1"), DiagnosticSarif.Write([Error with { }], "1"));

    private static JsonElement Parse(params Diagnostic[] diagnostics) =>
        JsonDocument.Parse(DiagnosticSarif.Write(diagnostics, "1.2.3")).RootElement;

    private static void AssertRegion(JsonElement region, int startLine, int startColumn, int endLine, int endColumn)
    {
        int[] expected = [startLine, startColumn, endLine, endColumn];
        string[] names = ["startLine", "startColumn", "endLine", "endColumn"];
        Assert.Equal(expected, names.Select(name => region.GetProperty(name).GetInt32()));
    }
}
