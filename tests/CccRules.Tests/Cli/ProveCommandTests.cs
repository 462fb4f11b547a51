using System.Text.Json;
using CccRules.Cli;

namespace CccRules.Tests.Cli;

public sealed class ProveCommandTests
{
    private const string Claims =
        """
        claim "every power bank above 10 Wh sold from 2027-03-01 on needs the mark or is exempt"
          when power_bank and rated_energy > 10 Wh
          that mark is fulfilled or breached or exempt or not_in_force
          cites notice "mark"

        claim "research is exempt"
          when power_bank and purpose is research and rated_energy > 10 Wh
          that mark is exempt

        claim "a marked product is fulfilled"
          when has_mark
          that mark is fulfilled

        """;

    [Fact]
    public void Claims_are_answered_and_a_refuted_one_shows_the_smallest_record()
    {
        using var folder = SmallRules.Folder(Claims);
        var run = folder.Run("prove test");
        Assert.Equal(ExitCode.FoundErrors, run.ExitCode);
        Assert.Contains("proved, also where facts are missing: every power bank above 10 Wh", run.Output);
        Assert.Contains("proved, also where facts are missing: research is exempt", run.Output);
        Assert.Contains("error[CCC7012]: the claim does not hold: a marked product is fulfilled", run.Output);
        Assert.Contains("    scenario \"refutes: a marked product is fulfilled\"\n", run.Output);
        Assert.Contains("      expect mark ", run.Output);
        Assert.Contains("2 of 3 claims proved, 1 refuted", run.Output);
    }

    [Fact]
    public void What_a_witness_says_is_what_the_rules_say()
    {
        using var folder = SmallRules.Folder(Claims);
        var lines = folder.Run("prove test").Output.Split('\n');
        var from = Array.FindIndex(lines, line => line.StartsWith("    scenario ", StringComparison.Ordinal));
        var scenario = string.Join('\n', lines.Skip(from).TakeWhile(line => line.Length > 0).Select(line => line[4..]));
        using var again = SmallRules.Folder(scenario + "\n");
        Assert.Equal("1 scenario: 1 passed, 0 failed\n", again.Run("test test").Output);
    }

    [Fact]
    public void Sound_rules_are_proved_and_say_for_what()
    {
        using var folder = SmallRules.Folder();
        var run = folder.Run("prove test");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("norms that never matter: proved: none", run.Output);
        Assert.Contains("0 findings", run.Output);
    }

    [Fact]
    public void The_same_is_there_as_json()
    {
        using var folder = SmallRules.Folder(Claims);
        using var json = JsonDocument.Parse(folder.Run("prove test --format json").Output);
        Assert.Equal(3, json.RootElement.GetProperty("claims").GetArrayLength());
        Assert.Equal("refuted", json.RootElement.GetProperty("claims")[2].GetProperty("answer").GetString());
        Assert.StartsWith("scenario ", json.RootElement.GetProperty("claims")[2].GetProperty("witness").GetString());
    }

    [Fact]
    public void Check_tells_of_conditions_over_several_facts_that_never_hold()
    {
        using var folder = SmallRules.Folder("category odd \"Odd\"\n  when portable or (sold_on < issued_on and issued_on < sold_on)\n  cites notice\n");
        Assert.Contains("warning[CCC7001]: no record meets this condition", folder.Run("check test").Output);
    }
}
