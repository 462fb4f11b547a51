using System.Xml.Linq;
using CccRules.Cli;

namespace CccRules.Tests.Cli;

public sealed class TestCommandTests
{
    [Fact]
    public void Scenarios_that_hold_are_counted()
    {
        using var folder = SmallRules.Folder(SmallRules.Scenarios);
        var run = folder.Run("test test");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("2 scenarios: 2 passed, 0 failed\n", run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void A_scenario_that_fails_is_shown_with_its_place_what_was_expected_and_what_came()
    {
        using var folder = SmallRules.Folder(SmallRules.Scenarios + SmallRules.FailingScenario);
        var run = folder.Run("test test");
        Assert.Equal(ExitCode.FoundErrors, run.ExitCode);
        Assert.Contains("failed: a product <without> a mark\n  --> test/mark.ccc:", run.Output);
        Assert.Contains("expected `mark` fulfilled, got breached", run.Output);
        Assert.EndsWith("3 scenarios: 2 passed, 1 failed\n", run.Output);
    }

    [Theory]
    [InlineData("CERTIFICATE", "1 scenario: 1 passed, 0 failed\n")]
    [InlineData("test.mark", "2 scenarios: 2 passed, 0 failed\n")]
    public void A_filter_chooses_by_name_and_ruleset(string filter, string summary)
    {
        using var folder = SmallRules.Folder(SmallRules.Scenarios);
        Assert.Equal(summary, folder.Run($"test test --filter {filter}").Output);
    }

    [Fact]
    public void A_filter_that_chooses_nothing_is_no_success()
    {
        using var folder = SmallRules.Folder(SmallRules.Scenarios);
        var run = folder.Run("test test --filter zzz");
        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.StartsWith("error[CCC0003]: no scenario has `zzz` in its name\n", run.Error);
    }

    [Fact]
    public void Rules_without_scenarios_pass()
    {
        using var folder = SmallRules.Folder();
        Assert.Equal("no scenarios\n", folder.Run("test test").Output);
    }

    [Fact]
    public void Rules_with_errors_are_not_run()
    {
        using var folder = SmallRules.Folder(SmallRules.Scenarios + "category other \"Other\"\n  when portabel\n  cites notice\n");
        var run = folder.Run("test test");
        Assert.Equal(ExitCode.FoundErrors, run.ExitCode);
        Assert.Contains("error[CCC2001]", run.Error);
        Assert.Contains("nothing was run", run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void JUnit_has_a_suite_for_each_ruleset_and_a_failure_with_its_place()
    {
        using var folder = SmallRules.Folder(SmallRules.Scenarios + SmallRules.FailingScenario);
        var run = folder.Run("test test --format junit --out result.xml");
        Assert.Equal(ExitCode.FoundErrors, run.ExitCode);
        Assert.Equal("3 scenarios: 2 passed, 1 failed\n", run.Output);
        var suite = XDocument.Parse(folder["result.xml"]).Root!.Element("testsuite")!;
        Assert.Equal("test.mark", suite.Attribute("name")!.Value);
        Assert.Equal("3", suite.Attribute("tests")!.Value);
        Assert.Equal("1", suite.Attribute("failures")!.Value);
        var failed = suite.Elements("testcase").Single(test => test.Element("failure") is not null);
        Assert.Equal("a product <without> a mark", failed.Attribute("name")!.Value);
        Assert.Equal("test/mark.ccc", failed.Attribute("file")!.Value);
        Assert.Equal("expected `mark` fulfilled, got breached", failed.Element("failure")!.Attribute("message")!.Value);
    }

    [Fact]
    public void JUnit_goes_to_standard_output_where_no_file_is_named()
    {
        using var folder = SmallRules.Folder(SmallRules.Scenarios);
        Assert.Equal("testsuites", XDocument.Parse(folder.Run("test test --format junit").Output).Root!.Name);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_said_so()
    {
        using var folder = SmallRules.Folder(SmallRules.Scenarios);
        var run = folder.Run("test test --format junit --out nowhere/result.xml");
        Assert.Equal(ExitCode.InputOutputFailed, run.ExitCode);
        Assert.StartsWith("error[CCC0011]: cannot write `nowhere/result.xml`: there is no such file or folder\n", run.Error);
    }
}
