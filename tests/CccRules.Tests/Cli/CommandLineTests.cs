using CccRules.Cli;

namespace CccRules.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--help", "check", "Examples:")]
    [InlineData("", "check", "Examples:")]
    [InlineData("check --help", "Finds what is wrong in rules", "ccc check rulesets/cn")]
    [InlineData("test --help", "Runs the scenarios", "ccc test rulesets/cn")]
    [InlineData("dump --help", "stage", "ccc dump rulesets/cn --stage ir")]
    [InlineData("map --help", "certificate map", "ccc map rulesets/cn --set hs_code=8471.30 --as-of 2026-06-01")]
    [InlineData("plan --help", "--ready-by", "ccc plan rulesets --process")]
    public void Help_says_what_a_command_is_for_and_shows_an_example(string command, string purpose, string example)
    {
        using var folder = new CommandFolder();
        var run = folder.Run(command);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains(purpose, run.Output);
        Assert.Contains(example, run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void The_version_is_a_number_alone()
    {
        using var folder = new CommandFolder();
        Assert.Matches(@"^ccc [0-9]+\.[0-9]+\.[0-9]+\n$", folder.Run("--version").Output);
    }

    [Theory]
    [InlineData("chekc x", "there is no command `chekc`", "a similar one exists: `check`")]
    [InlineData("check", "`ccc check` needs PATH…", "`ccc check --help`")]
    [InlineData("check --formta json x", "`ccc check` has no option `--formta`", "a similar one exists: `--format`")]
    [InlineData("check x --format xml", "`--format` takes text, json or sarif, not `xml`", "`ccc check --help`")]
    [InlineData("check x --format", "`--format` needs text|json|sarif", "`ccc check --help`")]
    [InlineData("dump x", "`ccc dump` needs `--stage`", "`ccc dump --help`")]
    [InlineData("dump x --stage machine", "`--stage` takes tokens, tree, bound, ir, plan or csharp, not `machine`", "`ccc dump --help`")]
    public void A_command_that_is_written_wrongly_is_answered_with_a_way_out(string command, string message, string help)
    {
        using var folder = new CommandFolder();
        var run = folder.Run(command);
        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.StartsWith($"error[CCC0002]: {message}\n", run.Error);
        Assert.Contains(help, run.Error);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("nowhere", "error[CCC0010]: there is no file or folder `nowhere`")]
    [InlineData("empty", "error[CCC0013]: the folder `empty` holds no rules")]
    [InlineData("notes.txt", "error[CCC0010]: `notes.txt` is not a rules file")]
    public void A_path_that_leads_to_no_rules_is_an_input_that_failed(string path, string message)
    {
        using var folder = new CommandFolder().With("empty/readme.txt", "nothing").With("notes.txt", "nothing");
        var run = folder.Run($"check {path}");
        Assert.Equal(ExitCode.InputOutputFailed, run.ExitCode);
        Assert.StartsWith(message, run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_stopped_command_says_so()
    {
        using var folder = SmallRules.Folder();
        var run = folder.Run("check test", cancellation: new CancellationToken(canceled: true));
        Assert.Equal(ExitCode.Stopped, run.ExitCode);
        Assert.Equal("stopped\n", run.Error);
    }
}
