namespace CccRules.Tests.Cli;

/// <summary>What `ccc explain` says beyond the reasons, and the scenarios that `ccc test` writes and counts.</summary>
public sealed class AdviceTests
{
    private const string Breached = "--set hs_code=8507.60 --set portable=yes --set 'rated_energy=20 Wh' --set purpose=sale --set issued_on=2026-05-01 --set has_mark=no --as-of 2026-06-01";

    [Fact]
    public void A_breach_is_told_with_every_smallest_way_to_comply()
    {
        using var folder = SmallRules.Folder();
        var run = folder.Run($"explain test {Breached} --ways");
        Assert.Contains("  to comply: has_mark yes (now no)\n", run.Output);
        Assert.Contains("  lifted by the exemption \"Products for research\" where it is so: purpose research (now sale)\n    needs A letter\n", run.Output);
        Assert.Contains("  would be not_applicable with ", run.Output);
    }

    [Fact]
    public void Why_not_names_the_conditions_that_fail()
    {
        using var folder = SmallRules.Folder();
        var run = folder.Run($"explain test {Breached} --why-not exempt");
        Assert.Contains("  why not exempt:\n", run.Output);
        Assert.Contains("purpose is research   [purpose = sale]", run.Output);
    }

    [Fact]
    public void An_open_outcome_names_the_fewest_facts_that_settle_it()
    {
        using var folder = SmallRules.Folder();
        var run = folder.Run("explain test --set hs_code=8507.60 --set 'rated_energy=20 Wh' --set purpose=sale --set has_mark=no --as-of 2027-06-01");
        Assert.Contains("  ask next: portable\n", run.Output);
        Assert.Contains("  settled as not_applicable by portable no\n", run.Output);
        Assert.Contains("  settled as breached by portable yes\n", run.Output);
    }

    [Fact]
    public void Days_that_hang_on_each_other_are_told_by_an_example()
    {
        using var folder = new CommandFolder().With("r.ccc", """
            ruleset test.deadlines "Deadlines"
            source notice "Notice" issued 2025-12-23
            record product
              ends_on, filed_on : date
            deadline renew "Renew"
              due 90 days before ends_on
              met when filed_on <= due
              remind 30 days
              cites notice

            """);
        var open = folder.Run("explain r.ccc --as-of 2026-06-01").Output;
        Assert.Matches(@"  settled as met by ends_on such as \d{4}-\d\d-\d\d, filed_on such as \d{4}-\d\d-\d\d\n", open);
        Assert.DoesNotContain("any value,", open, StringComparison.Ordinal);
        var late = folder.Run("explain r.ccc --set ends_on=2026-08-01 --set filed_on=2026-05-05 --as-of 2026-06-01 --ways").Output;
        Assert.Contains("renew: overdue\n", late, StringComparison.Ordinal);
        Assert.Matches(@"  would be met with filed_on such as \d{4}-\d\d-\d\d \(now 2026-05-05\)\n", late);
    }

    [Fact]
    public void Scenarios_that_give_a_list_count_as_well()
    {
        using var folder = new CommandFolder().With("r.ccc", """
            ruleset test.lists "Lists"
            source notice "Notice" issued 2025-12-23
            record certificate
              valid : yes/no
            record product
              portable : yes/no
              certificates : list of certificate
            obligation hold "Hold a certificate"
              when portable
              fulfilled when any certificates where valid
              cites notice
            scenario "held"
              given portable yes, certificates [(valid no), (valid yes)]
              expect hold fulfilled
            scenario "not held"
              given portable yes, certificates [(valid no)]
              expect hold breached

            """);
        Assert.Contains("hold: 2 of 3 statuses, 1 of 2 conditions", folder.Run("test r.ccc --coverage").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_scenarios_hold_and_cover_the_boundaries()
    {
        using var folder = SmallRules.Folder();
        var run = folder.Run("test test --generate --out test/boundaries.ccc");
        Assert.Contains("boundaries; confirm each scenario against the law\n", run.Output);
        Assert.Contains("just below rated_energy 10.000001 Wh", folder["test/boundaries.ccc"]);
        Assert.Contains(", 0 failed\n", folder.Run("test test").Output);
        var coverage = folder.Run("test test --coverage").Output;
        Assert.Matches(@"mark: 4 of 5 statuses, .*, (\d+) of \1 boundaries", coverage);
    }
}
