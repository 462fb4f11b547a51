using CccRules.Cli;

namespace CccRules.Tests.Cli;

public sealed class RulesetFilesTests
{
    private const string Base = "ruleset a.b.base \"Base\"\njurisdiction CN\nsource notice \"Notice\"\nrecord product \"P\"\n  x : yes/no\n";
    private const string User = "ruleset a.c.user \"User\"\njurisdiction CN\nuse a.b.base\ncategory k \"K\"\n  when x\n  cites notice\n";

    [Fact]
    public void A_module_that_is_used_is_found_below_a_folder_above()
    {
        using var folder = new CommandFolder().With("rules/a/b/base.ccc", Base).With("rules/a/c/user.ccc", User);
        Assert.Equal("2 files: no errors\n", Shown(folder.Run("check rules/a/c/user.ccc")));
        Assert.Equal("2 files: no errors\n", Shown(folder.Run("check rules/a/c")));
    }

    [Fact]
    public void A_module_that_is_nowhere_is_the_rules_fault()
    {
        using var folder = new CommandFolder().With("rules/a/c/user.ccc", User);
        var run = folder.Run("check rules");
        Assert.Equal(ExitCode.FoundErrors, run.ExitCode);
        Assert.Contains("unknown ruleset `a.b.base`", run.Output);
    }

    [Fact]
    public void A_file_that_is_named_in_several_ways_is_read_once()
    {
        using var folder = new CommandFolder().With("rules/a/b/base.ccc", Base);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link.ccc"), Path.Combine(folder.Path, "rules/a/b/base.ccc"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "linked"), Path.Combine(folder.Path, "rules"));
        Assert.Equal("1 file: no errors\n", Shown(folder.Run("check rules rules/a/b/base.ccc rules/../rules/a link.ccc linked/a/b/base.ccc linked")));
    }

    [Fact]
    public void A_folder_that_is_linked_in_a_circle_is_walked_once()
    {
        using var folder = new CommandFolder().With("rules/a/b/base.ccc", Base);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "rules/a/round"), Path.Combine(folder.Path, "rules"));
        Assert.Equal("1 file: no errors\n", Shown(folder.Run("check rules")));
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_reported_with_its_place_and_not_compiled()
    {
        using var folder = new CommandFolder().With("latin.ccc", [.. "ruleset a.b "u8, 0x22, 0xE9, 0x22, 0x0A]);
        var run = folder.Run("check latin.ccc");
        Assert.Equal(ExitCode.FoundErrors, run.ExitCode);
        Assert.Contains("error[CCC1005]", run.Output);
        Assert.Contains("offset 13", run.Output);
        Assert.Contains("1 file: 1 error", run.Output);
    }

    [Fact]
    public void A_name_in_backticks_leads_to_no_other_folder()
    {
        using var folder = new CommandFolder()
            .With("secret.ccc", Base)
            .With("rules/user.ccc", "ruleset user \"U\"\njurisdiction CN\nuse `../secret`\n");
        Assert.DoesNotContain("2 files", folder.Run("check rules/user.ccc").Output);
    }

    [Fact]
    public void A_pipe_is_not_waited_for()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var folder = new CommandFolder();
        System.Diagnostics.Process.Start("mkfifo", Path.Combine(folder.Path, "pipe.ccc")).WaitForExit();
        var run = folder.Run("check pipe.ccc");
        Assert.Equal(ExitCode.InputOutputFailed, run.ExitCode);
        Assert.Contains("`pipe.ccc` is not an ordinary file", run.Error);
    }

    /// <summary>The summary without the count of remarks.</summary>
    private static string Shown(CommandRun run) => string.Concat(run.Output.Split('\n').Take(1).Select(line => line + "\n"));
}
