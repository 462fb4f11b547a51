using CccRules.Cli;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Cli;

/// <summary>The commands of the README, run as they stand there.</summary>
public sealed class ReadmeCommandTests
{
    private static readonly string Readme = Repository.Read("README.md");

    [Fact]
    public void The_example_answers_what_the_README_shows()
    {
        using var folder = new CommandFolder().With("qr_mark.ccc", Markdown.Fences(Readme, "ccc").First().Text);
        var shown = Markdown.Fences(Readme, "console").Select(fence => fence.Text.Trim().Split('\n')).Single(lines => lines[0].StartsWith("$ ", StringComparison.Ordinal));
        var run = folder.Run(shown[0]["$ ccc ".Length..]);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(shown[1..].Select(line => line.TrimEnd()), run.Output.Split('\n').Take(shown.Length - 1).Select(line => line.TrimEnd()));
        Assert.Equal(ExitCode.Done, folder.Run("test qr_mark.ccc").ExitCode);
    }

    [Theory]
    [InlineData("check rulesets")]
    [InlineData("test rulesets")]
    [InlineData("explain rulesets/cn --set hs_code=8507.60")]
    [InlineData("explain CCC2001")]
    [InlineData("build rulesets/cn --out Rules.dll")]
    [InlineData("map rulesets --set hs_code=8471.30")]
    [InlineData("dump rulesets/cn --stage ir")]
    public void A_command_of_the_table_runs(string command)
    {
        Assert.Contains($"`ccc {command}`", Readme, StringComparison.Ordinal);
        using var folder = new CommandFolder();
        var run = folder.Run(command.Replace("rulesets", Path.Combine(Repository.Root, "rulesets"), StringComparison.Ordinal));
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void The_first_command_classifies_the_sample()
    {
        Assert.Contains("classify rulesets/cn --in rulesets/samples/declarations.csv --out classified.csv", Readme, StringComparison.Ordinal);
        using var folder = new CommandFolder();
        var rules = Path.Combine(Repository.Root, "rulesets");
        var run = folder.Run($"classify {rules}/cn --in {rules}/samples/declarations.csv --out classified.csv");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("340 rows read: 340 classified, 0 rejected", run.Output + run.Error, StringComparison.Ordinal);
    }
}
