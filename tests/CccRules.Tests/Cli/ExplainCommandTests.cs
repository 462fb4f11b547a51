using System.Text.Json;
using CccRules.Cli;

namespace CccRules.Tests.Cli;

public sealed class ExplainCommandTests
{
    private const string Known = "--set hs_code=8507.60 --set portable=yes --set rated_energy=20 --set purpose=sale --set has_mark=no --as-of 2026-06-01";

    [Fact]
    public void A_missing_fact_that_the_entries_of_a_list_are_judged_by_settles_what_it_settles()
    {
        using var folder = new CommandFolder()
            .With("r.ccc", """
                ruleset test.lists "Lists"
                source notice "Notice" issued 2025-12-23
                record certificate
                  valid : yes/no
                record product
                  imported : yes/no
                  certificates : list of certificate
                obligation hold "Hold a certificate"
                  fulfilled when any certificates where valid or imported
                  cites notice

                """)
            .With("p.json", """{ "certificates": [{ "valid": false }] }""");
        var run = folder.Run("explain r.ccc --json p.json");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("    imported yes: fulfilled; no: breached\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[any ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_outcome_is_told_with_its_reasons_and_what_would_settle_it()
    {
        using var folder = SmallRules.Folder();
        var run = folder.Run($"explain test {Known}");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(
            """
            mark: not_in_force or breached
              Bear the mark
              cites notice "mark"
              otherwise may not be sold
              judged by the evaluation date, 2026-06-01
              applies from 2027-03-01
              yes  when: all of these
              yes    Power banks: all of these   (notice "scope")
              yes      hs_code under 8507.60   [hs_code = 8507.60]
              yes      portable   [portable = yes]
              yes    any of these
              yes      rated_energy > 10 Wh   [rated_energy = 20 Wh]
              no   exemption: Products for research: purpose is research   [purpose = sale]   (notice "exemptions")
              open in force from 2026-03-01 where issued_on >= 2026-03-01
              open   issued_on >= 2026-03-01   [issued_on is not known]
              no   fulfilled when: has_mark   [has_mark = no]
              missing issued_on: Day of the certificate
                issued_on before 2026-03-01: not_in_force; from 2026-03-01: breached
              ask next: issued_on
              settled as not_in_force by issued_on before 2026-03-01
              settled as breached by issued_on from 2026-03-01

            sources
              notice: Notice 27

            """.ReplaceLineEndings("\n"),
            run.Output);
    }

    [Fact]
    public void Where_a_norm_does_not_apply_nothing_else_is_told_unless_it_is_asked_for()
    {
        using var folder = SmallRules.Folder();
        var output = folder.Run("explain test --set hs_code=8481.80").Output;
        Assert.Contains("mark: not_applicable\n", output);
        Assert.Contains("  no   when: all of these\n  no     Power banks: all of these", output);
        Assert.DoesNotContain("exemption", output);
        Assert.DoesNotContain("rated_energy", output);
        var full = folder.Run("explain test --set hs_code=8481.80 --full").Output;
        Assert.Contains("exemption: Products for research", full);
        Assert.Contains("rated_energy > 10 Wh   [rated_energy is not known]", full);
    }

    [Theory]
    [InlineData("--set portable=yes --set hs_code=85 --assume counts_as_new=yes --set purpose=sale --set has_mark=no --as-of 2027-06-01",
        "hs_code 8507.60: breached; any other code under 85: not_applicable")]
    [InlineData("--set hs_code=8507.60 --set portable=yes --set rated_energy=1 --set purpose=sale --set has_mark=no --as-of 2027-06-01",
        "counts_as_new yes: breached; no: not_applicable")]
    [InlineData("--set hs_code=8507.60 --set portable=yes --set purpose=sale --set has_mark=no --assume counts_as_new=no --as-of 2027-06-01",
        "rated_energy up to 10 Wh: not_applicable; above 10 Wh: breached")]
    [InlineData("--set hs_code=8507.60 --set portable=yes --set rated_energy=20 --set has_mark=no --as-of 2027-06-01",
        "purpose sale: breached; research: exempt")]
    [InlineData("--set hs_code=8507.60 --set portable=yes --set rated_energy=20 --set purpose=sale --set has_mark=no --set issued_on=2026-05-01",
        "evaluation date before 2026-03-01: not_in_force; from 2026-03-01: breached")]
    [InlineData("--set hs_code=8507.60 --set portable=yes --set purpose=sale --set has_mark=no --as-of 2027-06-01",
        "rated_energy up to 10 Wh: not_applicable or breached; above 10 Wh: breached")]
    [InlineData("--set hs_code=8507.60 --as-of 2026-06-01",
        "missing rated_energy, counts_as_new: no value alone settles anything")]
    public void Each_missing_fact_is_told_with_what_its_values_settle(string options, string expected)
    {
        using var folder = SmallRules.Folder();
        Assert.Contains(expected, folder.Run($"explain test {options}").Output);
    }

    [Fact]
    public void Facts_come_from_a_JSON_object()
    {
        using var folder = SmallRules.Folder()
            .With("facts.json", """{"hs_code": "8507.60", "portable": true, "rated_energy": 20, "purpose": "sale", "issued_on": null, "has_mark": false}""");
        Assert.Equal(folder.Run($"explain test {Known}").Output, folder.Run("explain test --json facts.json --as-of 2026-06-01").Output);
        folder.Input = folder["facts.json"];
        Assert.Equal(folder.Run($"explain test {Known}").Output, folder.Run("explain test --json - --as-of 2026-06-01").Output);
    }

    [Fact]
    public void Facts_come_from_a_row_of_a_file_and_are_overridden_by_what_is_set()
    {
        using var folder = SmallRules.Folder().With(
            "records.csv",
            "Code,portable,rated_energy,purpose,issued_on,has_mark\n8481,perhaps,1,sale,,no\n\n8507.60,yes,20,sale,2026-05-01,no\n");
        const string Row = "explain test --in records.csv --map Code=hs_code --as-of 2026-06-01 --row";
        Assert.Contains("mark: breached\n", folder.Run($"{Row} 2").Output);
        Assert.Contains("mark: fulfilled\n", folder.Run($"{Row} 2 --set has_mark=yes").Output);
        var rejected = folder.Run($"{Row} 1");
        Assert.Equal(ExitCode.InputOutputFailed, rejected.ExitCode);
        Assert.Contains("the row on line 2 cannot be read", rejected.Error);
        Assert.Contains("portable `perhaps`: not a yes/no", rejected.Error);
        Assert.Contains("there is no row 3", folder.Run($"{Row} 3").Error);
    }

    [Fact]
    public void The_date_of_a_field_judges()
    {
        using var folder = SmallRules.Folder();
        Assert.Contains("judged by the evaluation date, 2026-05-05", folder.Run("explain test --set sold_on=2026-05-05 --as-of sold_on").Output);
        Assert.Contains("judged by the evaluation date, which is not known", folder.Run("explain test --set sold_on=none --as-of sold_on").Output);
    }

    [Fact]
    public void One_norm_is_chosen_by_its_name()
    {
        using var folder = SmallRules.Folder("option badge \"A badge\"\n  when portable\n  cites notice \"badge\"\n");
        var output = folder.Run("explain test --norm badge --set portable=yes").Output;
        Assert.StartsWith("badge: available\n", output);
        Assert.DoesNotContain("mark:", output);
        var wrong = folder.Run("explain test --norm bagde");
        Assert.Equal(ExitCode.Misused, wrong.ExitCode);
        Assert.Contains("a similar one exists: `badge`", wrong.Error);
    }

    [Fact]
    public void Json_holds_outcome_reasons_and_answers()
    {
        using var folder = SmallRules.Folder();
        using var json = JsonDocument.Parse(folder.Run($"explain test {Known} --format json").Output);
        var norm = json.RootElement[0];
        Assert.Equal("test.mark.mark", norm.GetProperty("norm").GetString());
        Assert.Equal(["not_in_force", "breached"], norm.GetProperty("outcome").EnumerateArray().Select(status => status.GetString()));
        Assert.False(norm.GetProperty("settled").GetBoolean());
        Assert.Equal("2027-03-01", norm.GetProperty("appliesFrom").GetString());
        Assert.Equal("when: all of these", norm.GetProperty("reasons")[0].GetProperty("text").GetString());
        Assert.Equal("yes", norm.GetProperty("reasons")[0].GetProperty("holds").GetString());
        var answer = norm.GetProperty("missing")[0].GetProperty("answers")[0];
        Assert.Equal("before 2026-03-01", answer.GetProperty("values")[0].GetString());
        Assert.Equal("not_in_force", answer.GetProperty("outcome")[0].GetString());
    }

    [Fact]
    public void A_terminal_gets_a_drawn_tree()
    {
        using var folder = SmallRules.Folder();
        var run = folder.Run($"explain test {Known}", hasColours: true);
        Assert.True(run.HasEscapeCodes);
        Assert.Contains("├── ", run.Output);
        Assert.Contains("hs_code = 8507.60", run.Output);
        Assert.False(folder.Run($"explain test {Known}").HasEscapeCodes);
    }

    [Theory]
    [InlineData("--set hs_cod=85", "the rules have no field `hs_cod`", "a similar field exists: `hs_code`")]
    [InlineData("--set hs_code", "`--set hs_code` gives no value", "--set field=value")]
    [InlineData("--set hs_code=850", "--set: `850` is no value of `hs_code`: an HS code of 3 or 5 digits", "")]
    [InlineData("--set purpose=reserch", "--set: `reserch` is no value of `purpose`: not one of the field's values: expected sale, research", "a similar value exists: `research`")]
    [InlineData("--json broken.json", "`broken.json` is no JSON", "")]
    [InlineData("--json list.json", "`list.json` is no JSON object", "write the facts as")]
    [InlineData("--json twice.json", "`twice.json` is no JSON", "")]
    [InlineData("--in records.csv", "`--in FILE` and `--row N` go together", "`ccc explain --help`")]
    [InlineData("--row 1", "`--in FILE` and `--row N` go together", "`ccc explain --help`")]
    [InlineData("--as-of tomorrow", "the rules have no date field `tomorrow`", "date fields are issued_on, sold_on")]
    public void Facts_that_do_not_fit_are_said_with_a_way_out(string options, string message, string help)
    {
        using var folder = SmallRules.Folder().With("broken.json", "{").With("list.json", "[]").With("twice.json", """{"portable": true, "portable": false}""").With("records.csv", "hs_code\n85\n");
        var run = folder.Run($"explain test {options}");
        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.Contains(message, run.Error);
        Assert.Contains(help, run.Error);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("CCC2001", "# CCC2001 unknown-name")]
    [InlineData("ccc2001", "# CCC2001 unknown-name")]
    [InlineData("CCC0010", "# CCC0010 unreadable-input")]
    [InlineData("CCC8030", "Write dates as `2026-03-01`")]
    [InlineData("CCC8205", "need a fact of every record")]
    public void A_code_is_explained(string code, string expected)
    {
        using var folder = new CommandFolder();
        var run = folder.Run($"explain {code}");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains(expected, run.Output);
    }

    [Fact]
    public void A_code_that_nothing_has_is_said_so()
    {
        using var folder = new CommandFolder();
        var run = folder.Run("explain CCC7777");
        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.StartsWith("error[CCC0003]: there is no message with the code `CCC7777`\n", run.Error);
    }
}
