using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Syntax;

namespace CccRules.Tests.Analysis;

/// <summary>
/// What the analysis reports of whole rulesets, as <c>number text-it-stands-at</c> lines; and near misses that it must not
/// report.
/// </summary>
public sealed class AnalysisTests
{
    private const string Facts =
        """
        ruleset test "Test"
        months round down
        record r
          a, b    : yes/no
          n, m    : integer
          kept    : integer or none
          power   : decimal W
          bought  : date
          sold    : date or none
          lasts   : duration months
          kind    : one of (toy, tool, drone)
          traits  : set of (radio, mains, battery)
          many    : set of (m1, m2, m3, m4, m5, m6, m7, m8, m9)
          origin  : country
          label   : text
          code    : hs or none
        question q "Open?"
        parameter start : date as 2026-03-01
        parameter nothing : integer or none as none
        define doubled as n * 2
        define expiry as bought + 1 years
        define large as n > 50
        define graded as yes when n < 0 as no when n = 2 as n > 5 otherwise
        define yes_always as yes
        category small when n <= 50

        """;

    [Theory]
    [InlineData("a and not a")]
    [InlineData("q and not q")]
    [InlineData("n > 3 and n < 4")]
    [InlineData("n = 1 and a and n = 2")]
    [InlineData("large and small")]
    [InlineData("graded and n in (0, 1, 2, 3)")]
    [InlineData("doubled = 3")]
    [InlineData("n in (0.5, 1.5)")]
    [InlineData("n < n")]
    [InlineData("n + 1 <= n")]
    [InlineData("20 < n and 10 > n")]
    [InlineData("kept is none and kept < 5")]
    [InlineData("kept < nothing")]
    [InlineData("power > 1 kW and power < 1000 W")]
    [InlineData("power = 0.0000001 W")]
    [InlineData("bought >= start and bought < 2026-03-01")]
    [InlineData("bought + 1 months = 2026-03-29")]
    [InlineData("bought + 1 months = 2026-02-28 and bought > 2026-01-31")]
    [InlineData("expiry < 2026-01-01 and bought > 2025-01-01")]
    [InlineData("year of bought = 2025 and bought > 2025-12-31")]
    [InlineData("days between 2026-01-01 and bought = 5 and bought > 2026-01-06")]
    [InlineData("months between 2026-01-31 and bought = 1 and bought < 2026-02-28")]
    [InlineData("months between bought and 2026-01-31 > 0 and bought = 2026-01-30")]
    [InlineData("sold is none and sold >= 2026-01-01")]
    [InlineData("lasts > 6 months and lasts < 7 months")]
    [InlineData("kind is toy and kind is tool")]
    [InlineData("kind is not toy and kind is not tool and kind is not drone")]
    [InlineData("traits has all of (radio, mains) and not traits has radio")]
    [InlineData("traits has any of (radio, mains) and not traits has radio and not traits has mains")]
    [InlineData("many has m9 and not many has m9")]
    [InlineData("origin = CN and origin = DE")]
    [InlineData("label = \"a\" and label = \"b\"")]
    [InlineData("label in (\"a\", \"b\") and label <> \"a\" and label <> \"b\"")]
    [InlineData("label < \"b\" and label > \"b\"")]
    [InlineData("code under 8507 and code under 8501")]
    [InlineData("code under 8507.60 and code not under 85")]
    [InlineData("code is none and code under 85")]
    [InlineData("at least 2 of (n = 1, n = 2, n = 3)")]
    [InlineData("at least 3 of (a, not a, b, not b)")]
    [InlineData("(n > 3) = (n <= 3)")]
    [InlineData("1 > 2")]
    [InlineData("start > 2026-03-01")]
    public void A_condition_that_no_record_meets_is_reported(string condition) =>
        Assert.Equal([$"CCC4002 {condition}"], Report($"{Facts}category c when {condition}"));

    [Theory]
    [InlineData("a or not a")]
    [InlineData("n > 3 or n < 4")]
    [InlineData("n <> 1 or n <> 2")]
    [InlineData("large or small")]
    [InlineData("n - n = 0")]
    [InlineData("n = n")]
    [InlineData("kept is none or kept < 5 or kept > 4")]
    [InlineData("kept <> 5 or kept <> nothing")]
    [InlineData("bought + 10 days > bought")]
    [InlineData("kind in (toy, tool, drone)")]
    [InlineData("label <> \"a\" or label <> \"b\"")]
    [InlineData("label < \"b\" or label >= \"b\"")]
    [InlineData("code under 85 or code not under 8507")]
    [InlineData("code under 85 or code not under 85")]
    [InlineData("traits has radio or not traits has all of (radio, mains)")]
    [InlineData("at least 1 of (n < 5, a, n > 3)")]
    [InlineData("at least 2 of (n < 5, a, b, n >= 5, not a)")]
    [InlineData("a in (yes, no)")]
    [InlineData("yes_always")]
    [InlineData("1 < 2")]
    public void A_condition_that_every_record_meets_is_reported(string condition) =>
        Assert.Equal([$"CCC4003 {condition}"], Report($"{Facts}category c when {condition}"));

    [Theory]
    [InlineData("a and not b")]
    [InlineData("a or q")]
    [InlineData("n > 3 and n < 5")]
    [InlineData("n > 3 and m < 3")]
    [InlineData("n > 4 or n < 4")]
    [InlineData("kept < 5 or kept >= 5")]
    [InlineData("kept = kept + 1")]
    [InlineData("sold < start or sold >= start")]
    [InlineData("sold <> 2026-03-01 and sold <> none")]
    [InlineData("bought + 1 months = 2026-02-28 and bought < 2026-01-29")]
    [InlineData("bought + 1 months > bought")]
    [InlineData("power > 0.999999 kW and power < 1000.000001 W")]
    [InlineData("lasts > 6 months and lasts < 8 months")]
    [InlineData("kind is not toy and kind is not tool")]
    [InlineData("traits has any of (radio, mains) and not traits has radio")]
    [InlineData("traits has any of (radio, mains, battery)")]
    [InlineData("many has any of (m1, m9) and not many has m9")]
    [InlineData("origin in (CN, DE) and origin <> CN")]
    [InlineData("label <> \"a\" and label <> \"b\"")]
    [InlineData("label > \"a\" and label < \"b\"")]
    [InlineData("label = \"a\" and label matches \"b\"")]
    [InlineData("code under 8507 and code not under 8507.60")]
    [InlineData("at least 2 of (n > 1, n > 2, n > 3)")]
    [InlineData("at least 2 of (n = 1, n = 2, a)")]
    [InlineData("a = yes")]
    [InlineData("a <> b")]
    [InlineData("graded and n in (3, 6)")]
    public void A_near_miss_is_not_reported(string condition) =>
        Assert.Empty(Report($"{Facts}category c when {condition}"));

    [Theory]
    [InlineData("a or n < n", "CCC4002 n < n")]
    [InlineData("a and (n > 3 or n < 4)", "CCC4003 n > 3 or n < 4")]
    [InlineData("not (a or not a)", "CCC4003 a or not a")]
    [InlineData("a and yes", "CCC4003 yes")]
    [InlineData("(n < n) = a", "CCC4002 n < n")]
    [InlineData("not (a and (n < n or n = n))", "CCC4002 n < n; CCC4003 n = n")]
    public void The_smallest_part_is_reported(string condition, string expected) =>
        Assert.Equal(expected, string.Join("; ", Report($"{Facts}category c when {condition}")));

    [Fact]
    public void What_was_reported_is_not_reported_again_where_it_is_named() =>
        Assert.Equal(["CCC4002 n < n"], Report($"{Facts}category c when n < n\ncategory d when c and a\ndefine e as not c\ncategory f when d or e unless c"));

    [Theory]
    [InlineData("category c when a unless a", "CCC4002 a")]
    [InlineData("category c when n > 5 and b unless n > 3 or m = 1", "CCC4002 n > 3 or m = 1")]
    [InlineData("category c unless a or not a", "CCC4003 a or not a")]
    [InlineData("obligation o when small unless n <= 50", "CCC4002 n <= 50")]
    [InlineData("obligation o exemption e lifts o when small unless not large", "CCC4002 not large")]
    [InlineData("category c when n > 5 and b unless n > 6 or m = 1", "")]
    [InlineData("category c when a unless a and b", "")]
    [InlineData("category c when n > 5 unless m > 3", "")]
    public void Unless_that_takes_all_that_when_leaves_is_reported(string declarations, string expected) =>
        Assert.Equal(expected, string.Join("; ", Report($"{Facts}{declarations}")));

    [Fact]
    public void Both_clauses_are_pointed_at()
    {
        var diagnostic = Assert.Single(Diagnose($"{Facts}category c when b and n > 5 unless n > 3"));
        Assert.Equal("no value of `n` meets `when` and not `unless`", diagnostic.Label);
        Assert.Equal(["n > 5", "n > 3"], diagnostic.Labels.Select(label => label.Location.SpanText));
    }

    [Theory]
    [InlineData("as 1 when n > 3 as 2 when n > 5 as 3 otherwise", "2")]
    [InlineData("as 1 when n > 3 as 2 when n <= 3 as 3 otherwise", "3")]
    [InlineData("as 1 when n > 3 as 2 when n <= 3 as 3 when a as 4 otherwise", "3; 4")]
    [InlineData("as 1 when n > 3 or b as 2 when a and n > 5 as 3 otherwise", "2")]
    [InlineData("as 1 when small as 2 when large as 3 otherwise", "3")]
    [InlineData("as 1 when kind is toy as 2 when kind is tool as 3 when kind in (toy, tool) as 4 otherwise", "3")]
    [InlineData("as 1 when label = \"a\" as 2 when label = \"a\" as 3 otherwise", "2")]
    [InlineData("as 1 when n > 3 as 2 when n > 2 as 3 otherwise", "")]
    [InlineData("as 1 when n > 3 and b as 2 when n > 5 as 3 otherwise", "")]
    [InlineData("as 1 when n > 3 as 2 when n > 5 or b as 3 otherwise", "")]
    [InlineData("as 1 when kept > 3 as 2 when kept <= 3 as 3 otherwise", "")]
    public void A_value_whose_guard_never_gets_its_turn_is_reported(string values, string expected) =>
        Assert.Equal(expected, string.Join("; ", Report($"{Facts}define d {values}").Select(line => line["CCC4004 ".Length..])));

    [Theory]
    [InlineData("from 2028-01-01", "CCC4002 2028-01-01")]
    [InlineData("until 2025-01-01", "CCC4002 2025-01-01")]
    [InlineData("from 2027-12-31 + 1 days", "CCC4002 2027-12-31 + 1 days")]
    [InlineData("from start until 2027-01-01 where a and not a", "CCC4002 a and not a")]
    [InlineData("from 2027-01-01 until start + 1 months", "CCC4002 start + 1 months")]
    [InlineData("from start where n < 5", "CCC4002 n < 5")]
    [InlineData("from start where n < 7", "")]
    [InlineData("from 2027-12-31", "")]
    [InlineData("as of bought from 2026-05-01 where b and bought < 2026-05-01", "CCC4002 bought < 2026-05-01")]
    [InlineData("as of bought from 2026-05-01 where b and bought <= 2026-05-01", "")]
    public void A_window_that_no_record_has_is_reported(string clauses, string expected) =>
        Assert.Equal(expected, string.Join("; ", Report(
            $"{Facts.Replace("\"Test\"", "\"Test\" from 2026-01-01 until 2027-12-31", StringComparison.Ordinal)}obligation o when n > 5 {clauses}")));

    [Theory]
    [InlineData("", "o is exempt", "CCC4002 o is exempt")]
    [InlineData("", "o is not_in_force", "CCC4002 o is not_in_force")]
    [InlineData("", "o is fulfilled", "CCC4002 o is fulfilled")]
    [InlineData("fulfilled when b", "o is required", "CCC4002 o is required")]
    [InlineData("", "o in (not_applicable, required)", "CCC4003 o in (not_applicable, required)")]
    [InlineData("fulfilled when b", "o is fulfilled and o is breached", "CCC4002 o is fulfilled and o is breached")]
    [InlineData("fulfilled when b", "o is fulfilled and a", "")]
    [InlineData("from start", "o is not_in_force or o is required", "")]
    public void A_status_that_a_norm_cannot_have_is_reported(string clauses, string condition, string expected) =>
        Assert.Equal(expected, string.Join("; ", Report($"{Facts}obligation o when a {clauses}\ncategory c when {condition}")));

    [Theory]
    [InlineData("when n > 50", "when n <= 50 and a", "n <= 50", "n > 50")]
    [InlineData("when n > 50 and b", "when small", "small", "n > 50")]
    [InlineData("unless kind is toy", "when kind is toy", "kind is toy", "kind is toy")]
    [InlineData("when label = \"a\"", "when a unless label in (\"a\", \"b\")", "label in (\"a\", \"b\")", "label = \"a\"")]
    public void An_exemption_that_no_record_of_the_norm_has_is_warned_of(string norm, string exemption, string at, string label)
    {
        var diagnostic = Assert.Single(Diagnose($"{Facts}obligation o {norm}\nexemption e lifts o {exemption}"));
        Assert.Equal(("CCC4006", DiagnosticSeverity.Warning, at), (diagnostic.Id, diagnostic.Severity, diagnostic.Location.SpanText));
        Assert.Equal([label], diagnostic.Labels.Select(found => found.Location.SpanText));
        Assert.NotEqual(diagnostic.Location, diagnostic.Labels[0].Location);
    }

    [Theory]
    [InlineData("when n > 50", "when n <= 51")]
    [InlineData("when n > 50 or b", "when n <= 50")]
    [InlineData("when n > 50", "when m <= 50")]
    public void An_exemption_that_some_record_of_the_norm_has_is_not_warned_of(string norm, string exemption) =>
        Assert.Empty(Report($"{Facts}obligation o {norm}\nexemption e lifts o {exemption}"));

    [Fact]
    public void An_exemption_in_another_file_is_pointed_at_in_its_own()
    {
        var rules = SyntaxTree.Parse($"{Facts}obligation o when n > 50", "test.ccc");
        var other = SyntaxTree.Parse("ruleset other \"Other\"\nuse test\nexemption e lifts o when n < 50", "other.ccc");
        var diagnostic = Assert.Single(Errors(Compilation.Create(rules, other)));
        Assert.Equal(("other.ccc", "test.ccc"), (diagnostic.Location.Path, diagnostic.Labels[0].Location.Path));
    }

    [Fact]
    public void The_page_of_the_exemption_shows_it_and_how_to_mend_it()
    {
        var doc = DiagnosticDocs.Find("CCC4006");
        Assert.NotNull(doc);
        Assert.Equal(["CCC4006"], Compilation.Create(SyntaxTree.Parse(doc.FailingExample ?? "")).Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(Compilation.Create(SyntaxTree.Parse(doc.FixedExample ?? "")).Diagnostics);
    }

    private static IEnumerable<string> Report(string text) =>
        Diagnose(text).Select(diagnostic => $"{diagnostic.Id} {diagnostic.Location.SpanText}");

    private static List<Diagnostic> Diagnose(string text) => Errors(Compilation.Create(SyntaxTree.Parse(text, "test.ccc")));

    private static List<Diagnostic> Errors(Compilation compilation) =>
        [.. compilation.Diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Info)];
}
