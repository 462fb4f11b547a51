using System.Text.Json;
using CccRules.Cli;

namespace CccRules.Tests.Cli;

public sealed class DiffCommandTests
{
    private static CommandFolder Folder() => new CommandFolder()
        .With("old/test/mark.ccc", SmallRules.Text)
        .With("same/test/mark.ccc", SmallRules.Text.Replace("when power_bank and (rated_energy > 10 Wh or counts_as_new)", "when (counts_as_new or rated_energy > 10 Wh) and power_bank", StringComparison.Ordinal))
        .With("new/test/mark.ccc", SmallRules.Text.Replace("rated_energy > 10 Wh", "rated_energy > 20 Wh", StringComparison.Ordinal))
        .With("records.csv", "id,hs_code,portable,rated_energy,purpose,issued_on,sold_on,has_mark,value\n1,8507.60,yes,15,sale,2026-05-01,,no,10.5\n2,8507.60,yes,25,sale,2026-05-01,,no,1\n3,8507.60,yes,12,sale,2026-05-01,,no,2\n");

    [Fact]
    public void Rules_that_say_the_same_otherwise_are_proved_equal()
    {
        using var folder = Folder();
        var run = folder.Run("diff old same");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("proved equal", run.Output);
    }

    [Fact]
    public void A_change_is_shown_with_a_record_its_direction_and_what_brought_it_about()
    {
        using var folder = Folder();
        var run = folder.Run("diff old new");
        Assert.Equal(ExitCode.FoundErrors, run.ExitCode);
        Assert.Contains("  breached -> not_applicable (more lenient)\n    scenario ", run.Output);
        Assert.Contains("rated_energy 10.000001 Wh", run.Output);
        Assert.Contains("  changed: obligation mark", run.Output);
        Assert.DoesNotContain("stricter", run.Output);
        Assert.Contains("    cites Notice 27, mark", run.Output);
    }

    [Fact]
    public void Records_of_a_file_are_counted_and_summed_up_by_change()
    {
        using var folder = Folder();
        var run = folder.Run("diff old new --on records.csv --sum value --as-of 2026-06-01 --assume counts_as_new=no");
        Assert.Contains("  2 records: breached -> not_applicable, value 12.50\n", run.Output);
        Assert.Contains("3 records compared", run.Output);
    }

    [Fact]
    public void Records_of_a_file_may_say_by_which_day_each_is_judged()
    {
        using var folder = Folder().With("days.csv", "id,hs_code,portable,rated_energy,purpose,issued_on,sold_on,has_mark\n1,8507.60,yes,15,sale,2026-05-01,2026-06-01,no\n2,8507.60,yes,15,sale,2026-05-01,2025-06-01,no\n3,8507.60,yes,15,sale,2026-05-01,,no\n");
        var run = folder.Run("diff old new --on days.csv --as-of sold_on --assume counts_as_new=no");
        Assert.Contains("  1 record: breached -> not_applicable", run.Output);
        Assert.Contains("  1 record: not_in_force -> not_applicable", run.Output);
        Assert.Contains("  1 record: not_in_force or breached -> not_applicable", run.Output);
    }

    [Fact]
    public void Rows_that_cannot_be_read_are_told_of()
    {
        using var folder = Folder().With("faulty.csv", "hs_code,issued_on\n8507.60,yesterday\n8507.60,2026-05-01\n");
        Assert.Contains("1 record compared, 1 row refused", folder.Run("diff old new --on faulty.csv").Output);
    }

    [Fact]
    public void The_return_of_sixteen_types_to_certificates_is_shown_with_the_sample_records()
    {
        using var folder = new CommandFolder();
        var rules = Architecture.Repository.FullPath("rulesets");
        var run = folder.Run($"diff {rules}/cn {rules}/cn --known-old 2025-12-01 --norm ccc_certificate --norm ccc_self_declaration --on {rules}/samples/self_declared.csv --sum value --as-of 2027-04-01");
        Assert.Contains("  new: category returns_in_2027 ", run.Output);
        Assert.Contains("    cites SAMR Announcement No. 57 of 2025, sixteen types return to certificates, types\n", run.Output);
        Assert.Contains("  3 records: not_in_force -> breached, value ", run.Output);
        Assert.Contains("12 records compared", run.Output);
    }

    [Theory]
    [InlineData("markdown", "| breached | not_applicable | more lenient |")]
    [InlineData("html", "<h3 class=\"lenient\">breached → not_applicable more lenient</h3>")]
    public void The_same_is_there_for_reviews(string format, string expected)
    {
        using var folder = Folder();
        Assert.Contains(expected, folder.Run($"diff old new --format {format}").Output);
    }

    [Fact]
    public void The_same_is_there_as_json()
    {
        using var folder = Folder();
        using var json = JsonDocument.Parse(folder.Run("diff old new --format json").Output);
        Assert.False(json.RootElement.GetProperty("equal").GetBoolean());
    }

    [Fact]
    public void A_revision_is_read_with_the_tables_that_its_rules_name()
    {
        const string Rules = "ruleset test.ways \"Ways\"\nrecord item\n  kind : text\ntable ways \"Ways\"\n  match kind\n  gives way : text\n  from \"ways.csv\"\ncategory second \"Second\" when way = \"b\"\n";
        using var folder = new CommandFolder().With("rules/test/ways.ccc", Rules).With("rules/test/ways.csv", "kind,way\nx,a\n");
        foreach (var arguments in new[] { "init -q", "add .", "-c user.name=test -c user.email=test@example.org commit -q -m first" })
        {
            using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = folder.Path });
            git?.WaitForExit();
        }

        Assert.Contains("proved equal", folder.Run("diff HEAD:rules rules").Output);
        folder.With("rules/test/ways.csv", "kind,way\nx,b\n");
        Assert.Contains("no becomes yes", folder.Run("diff HEAD:rules rules").Output);
    }

    [Fact]
    public void A_path_that_is_none_is_named()
    {
        using var folder = Folder();
        var run = folder.Run("diff old nowhere");
        Assert.NotEqual(ExitCode.Done, run.ExitCode);
        Assert.Contains("`nowhere`", run.Error);
    }
}
