using CccRules.Cli;

namespace CccRules.Tests.Cli;

public sealed class DumpCommandTests
{
    [Theory]
    [InlineData("tokens", "1:1 RulesetKeyword `ruleset`")]
    [InlineData("tree", "CompilationUnit [0..")]
    [InlineData("bound", "field test.mark.hs_code : hs")]
    [InlineData("ir", "fact 1 hs_code : HsCode")]
    [InlineData("csharp", "namespace CccRules.Emitted")]
    public void Each_stage_is_printed(string stage, string part)
    {
        using var folder = SmallRules.Folder();
        var run = folder.Run($"dump test --stage {stage}");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains(part, run.Output);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("tokens", true)]
    [InlineData("tree", true)]
    [InlineData("bound", true)]
    [InlineData("ir", false)]
    [InlineData("csharp", false)]
    public void Stages_before_the_intermediate_code_work_on_rules_with_errors(string stage, bool prints)
    {
        using var folder = SmallRules.Folder("category other \"Other\"\n  when portabel\n");
        var run = folder.Run($"dump test --stage {stage}");
        Assert.Equal(ExitCode.FoundErrors, run.ExitCode);
        Assert.Equal(prints, run.Output.Length > 0);
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public void The_tokens_and_what_stands_between_them_are_the_whole_text()
    {
        using var folder = new CommandFolder().With("a.ccc", "ruleset a \"A\" // why\njurisdiction CN\n");
        var lines = folder.Run("dump a.ccc --stage tokens").Output.Split('\n');
        Assert.Contains("1:15 ~ LineCommentTrivia `// why`", lines);
        Assert.Contains("2:14 IdentifierToken `CN`", lines);
    }

    [Fact]
    public void Only_files_that_were_named_are_printed()
    {
        using var folder = new CommandFolder()
            .With("a.ccc", "ruleset a \"A\"\njurisdiction CN\nuse b\n")
            .With("b.ccc", "ruleset b \"B\"\njurisdiction CN\n");
        Assert.DoesNotContain("`b` ", folder.Run("dump a.ccc --stage tree").Output);
        Assert.DoesNotContain("// ", folder.Run("dump a.ccc --stage tree").Output);
        Assert.Contains("// a.ccc\n", folder.Run("dump a.ccc b.ccc --stage tree").Output);
    }
}
