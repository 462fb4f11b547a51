using System.Text.Json;
using CccRules.Cli;

namespace CccRules.Tests.Cli;

public sealed class CheckCommandTests
{
    private const string Misspelt = "category other \"Other\"\n  when portabel\n  cites notice\n";

    [Fact]
    public void Rules_without_errors_give_one_line()
    {
        using var folder = SmallRules.Folder(SmallRules.Scenarios);
        var run = folder.Run("check test");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith("1 file: no errors\n", run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void An_error_is_shown_with_its_place_and_a_way_out()
    {
        using var folder = SmallRules.Folder(Misspelt);
        var run = folder.Run("check test");
        Assert.Equal(ExitCode.FoundErrors, run.ExitCode);
        Assert.Contains("error[CCC2001]: unknown", run.Output);
        Assert.Contains("--> test/mark.ccc:", run.Output);
        Assert.Contains("when portabel", run.Output);
        Assert.Contains("`portable`", run.Output);
        Assert.Contains("1 file: 1 error\n", run.Output);
    }

    [Fact]
    public void Remarks_are_counted_and_shown_when_asked_for()
    {
        using var folder = SmallRules.Folder("define unused \"Unused\" as portable\n  cites notice\n");
        var hidden = folder.Run("check test").Output;
        Assert.Contains("not shown; `--lints` shows them", hidden);
        Assert.DoesNotContain("info[", hidden);
        Assert.Contains("info[", folder.Run("check test --lints").Output);
    }

    [Fact]
    public void Quiet_prints_nothing_where_nothing_is_wrong_and_errors_alone_where_something_is()
    {
        using var folder = SmallRules.Folder();
        Assert.Equal("", folder.Run("check test --quiet").Output);
        using var wrong = SmallRules.Folder(Misspelt);
        var output = wrong.Run("check test -q").Output;
        Assert.Contains("error[CCC2001]", output);
        Assert.DoesNotContain("1 file", output);
    }

    [Fact]
    public void Json_lists_every_diagnostic()
    {
        using var folder = SmallRules.Folder(Misspelt);
        var run = folder.Run("check test --format json");
        Assert.Equal(ExitCode.FoundErrors, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Contains(json.RootElement.EnumerateArray(), diagnostic => diagnostic.GetProperty("id").GetString() == "CCC2001");
    }

    [Fact]
    public void Sarif_names_files_relative_to_the_folder_and_the_version()
    {
        using var folder = SmallRules.Folder(Misspelt);
        using var sarif = JsonDocument.Parse(folder.Run("check test --format sarif").Output);
        var run = sarif.RootElement.GetProperty("runs")[0];
        Assert.Equal(CommandLine.Version, run.GetProperty("tool").GetProperty("driver").GetProperty("version").GetString());
        Assert.Contains(run.GetProperty("results").EnumerateArray(), result => result.GetProperty("locations")[0]
            .GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString() == "test/mark.ccc");
    }

    [Fact]
    public void Escape_codes_reach_a_terminal_and_nothing_else()
    {
        using var folder = SmallRules.Folder(Misspelt);
        var plain = folder.Run("check test");
        var coloured = folder.Run("check test", hasColours: true);
        Assert.False(plain.HasEscapeCodes);
        Assert.True(coloured.HasEscapeCodes);
        Assert.Equal(plain.Output, System.Text.RegularExpressions.Regex.Replace(coloured.Output, "\u001b\\[[0-9;]*m", ""));
    }
}
