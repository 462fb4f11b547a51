using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using CccRules.Cli;
using CccRules.Cli.Documents;

namespace CccRules.Tests.Cli;

public sealed class PlanCommandTests
{
    private const string Rules =
        """
        ruleset test.plan
        jurisdiction CN
        months round down
        source guide "Guide" issued 2026-01-01
        record product
          battery : yes/no
        obligation certificate "Be certified" when battery cites guide
        process ccc_first "The first certificate" zh "强制性产品认证"
          for certificate
          cites guide "steps"
          step application "Application" lasts 2 weeks
          step type_test "Type test of every model in a laboratory whose name is long and <b>bold</b> 强制性产品认证强制性产品认证强制性产品认证" lasts 4..8 weeks after application
          step inspection "Factory inspection" lasts 1..2 months after application
          step decision "Certificate" lasts 10 days after type_test and inspection
        process open "Steps without a time"
          cites guide
          step wait "Wait" lasts unknown
          step go "Go" lasts 1 week after wait
        """;

    [Fact]
    public void A_plan_backwards_says_when_each_step_begins_and_draws_it()
    {
        using var folder = Folder();
        var run = folder.Run("plan rules.ccc --process ccc_first --ready-by 2027-01-15");
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(
            """
            CN: The first certificate
              for certificate: Be certified
              To be ready by 2027-01-15, begin by 2026-10-22; by 2026-11-21 at the very latest, if every step
              takes its shortest.
            """.ReplaceLineEndings("\n"),
            run.Output);
        Assert.Contains("* Factory inspection", run.Output);
        Assert.Contains("1 to 2 months  2026-11-05  2027-01-05       -\n", run.Output);
        Assert.Contains("ready by 2027-01-15 ^\n", run.Output);
        Assert.Contains("* critical: a day more here is a day more in all", run.Output);
        Assert.All(run.Output.Split('\n'), line => Assert.True(CellText.Width(line) <= 100, line));
        Assert.All(run.Output.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void A_file_of_text_keeps_to_eighty_columns()
    {
        using var folder = Folder();
        Assert.Equal(ExitCode.Done, folder.Run("plan rules.ccc --process ccc_first,open --start 2026-06-01 --out plan.txt").ExitCode);
        Assert.All(folder["plan.txt"].Split('\n'), line => Assert.True(CellText.Width(line) <= 80, line));
    }

    [Fact]
    public void A_terminal_gets_colours_and_the_same_words()
    {
        using var folder = Folder();
        var run = folder.Run("plan rules.ccc --process ccc_first --start 2026-06-01", hasColours: true);
        Assert.True(run.HasEscapeCodes);
        Assert.Contains("over on 2026-07-25 at the earliest", run.Output);
    }

    [Theory]
    [InlineData("2026-10-01", "To be ready by 2027-01-15, begin by 2026-10-22")]
    [InlineData("2026-11-02", "on 2027-01-26 if every step takes its longest: 11 days late.")]
    [InlineData("2026-12-01", "Cannot be ready by 2027-01-15. Begun on 2026-12-01, it is over on 2027-01-25 at the earliest: 10 days late.")]
    public void A_process_that_cannot_be_ready_says_by_how_much_it_is_late(string today, string expected)
    {
        using var folder = Folder();
        var output = folder.Run($"plan rules.ccc --process ccc_first --ready-by 2027-01-15 --today {today}").Output;
        Assert.Contains(expected, output.Replace("\n  ", " ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_that_the_sources_do_not_give_is_said_and_can_be_given()
    {
        using var folder = Folder();
        Assert.Contains("Not counted, as the sources give no time: wait.", folder.Run("plan rules.ccc --process open --ready-by 2027-01-15").Output);
        var known = folder.Run("plan rules.ccc --process open --ready-by 2027-01-15 --lasts 'wait=2..3 weeks'").Output;
        Assert.DoesNotContain("Not counted", known);
        Assert.Contains("begin by 2026-12-18; by 2026-12-25", known);
    }

    [Fact]
    public void A_drawing_is_well_formed_and_its_words_stay_in_their_column()
    {
        using var folder = Folder();
        var run = folder.Run("plan rules.ccc --process ccc_first,open --ready-by 2027-01-15 --today 2026-12-01 --out plan.svg --out plan.html --out plan.md --out plan.json");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("wrote plan.svg\nwrote plan.html\nwrote plan.md\nwrote plan.json\n", run.Error);
        var svg = XDocument.Parse(folder["plan.svg"]).Root!;
        XNamespace ns = "http://www.w3.org/2000/svg";
        var width = double.Parse(svg.Attribute("width")!.Value, CultureInfo.InvariantCulture);
        Assert.All(svg.Descendants(ns + "text"), text =>
        {
            var x = double.Parse(text.Attribute("x")!.Value, CultureInfo.InvariantCulture);
            var length = CellText.Width(text.Value) * double.Parse(text.Attribute("font-size")!.Value, CultureInfo.InvariantCulture) * 0.56;
            Assert.True(text.Attribute("text-anchor") is null ? x + length <= width : x - length >= 0, text.Value);
        });
        // Marked by a dot, heavy letters and a thick outline, not by colour alone.
        Assert.Equal(5 + 1, svg.Descendants(ns + "circle").Count());
        Assert.Contains(svg.Descendants(ns + "text"), text => text.Value == "Application" && text.Attribute("font-weight")?.Value == "600");
        Assert.DoesNotContain("<b>bold", folder["plan.svg"]);
        Assert.DoesNotContain("<b>bold", folder["plan.html"]);
        Assert.DoesNotContain("<b>bold", folder["plan.md"]);
        Assert.DoesNotContain("http", folder["plan.html"].Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
        Assert.Contains("| **Application** (critical) | 2 weeks |", folder["plan.md"]);
        using var json = JsonDocument.Parse(folder["plan.json"]);
        var process = json.RootElement.GetProperty("processes")[0];
        Assert.Equal("test.plan.ccc_first", process.GetProperty("process").GetString());
        Assert.Equal(10, process.GetProperty("shortest").GetProperty("daysLate").GetInt32());
    }

    [Theory]
    [InlineData("plan rules.ccc --process ccc_first", "CCC0002", "needs either `--ready-by DATE` or `--start DATE`")]
    [InlineData("plan rules.ccc --process ccc_first --start 2026-01-01 --ready-by 2027-01-01", "CCC0002", "either")]
    [InlineData("plan rules.ccc --process ccc_first --start 2026-01-01 --today 2027-01-01", "CCC0002", "`--today` goes with `--ready-by`")]
    [InlineData("plan rules.ccc --start 2026-01-01", "CCC0002", "processes are ccc_first, open")]
    [InlineData("plan rules.ccc --process ccc_frist --start 2026-01-01", "CCC0003", "a similar one exists: `ccc_first`")]
    [InlineData("plan rules.ccc --process ccc_first --start tomorrow", "CCC0003", "`--start tomorrow` is not a date")]
    [InlineData("plan rules.ccc --process ccc_first --start 0001-01-01 --lasts type_test=soon", "CCC0003", "gives no length")]
    [InlineData("plan rules.ccc --process ccc_first --start 2026-01-01 --lasts 'type_test=8..4 weeks'", "CCC0003", "gives no length")]
    [InlineData("plan rules.ccc --process ccc_first --start 2026-01-01 --lasts 'typ_test=4 weeks'", "CCC0003", "a similar one exists: `type_test`")]
    [InlineData("plan rules.ccc --process ccc_first --start 9999-12-01", "CCC0003", "the plan does not fit into the years 1 to 9999")]
    [InlineData("plan rules.ccc --process ccc_first --ready-by 0001-01-02", "CCC0003", "the plan does not fit into the years 1 to 9999")]
    [InlineData("plan rules.ccc --process ccc_first --start 2026-01-01 --out plan.doc", "CCC0003", "does not say in which form")]
    public void A_plan_that_is_asked_for_wrongly_is_answered_with_a_way_out(string command, string code, string message)
    {
        using var folder = Folder();
        var run = folder.Run(command);
        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.StartsWith($"error[{code}]", run.Error);
        Assert.Contains(message, run.Error);
        Assert.Empty(run.Output);
    }

    private static CommandFolder Folder() => new CommandFolder().With("rules.ccc", Rules);
}
