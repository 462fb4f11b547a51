using CccRules.Cli;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Runtime.Schema;

namespace CccRules.Tests.Cli;

/// <summary>Titles in another language, where the rules have them.</summary>
public sealed class LanguageTests
{
    private const string Rules =
        """
        ruleset test.mark "Marks" zh "标志"
        source notice "Notice 27" zh "27号公告" issued 2025-12-23
        actor maker "Manufacturer" zh "生产企业"
        record product "A product" zh "产品"
          hs_code : hs required
          portable : yes/no "Made to be carried" zh "可携带"
        question open_point "Does it count?" zh "是否适用" cites notice
        category power_bank "Power banks" zh "移动电源" when hs_code under 8507.60 and portable cites notice
        obligation mark "Bear the mark" zh "加施标志" on maker when power_bank or open_point cites notice "article 1"
        exemption research "Research" zh "科研" lifts mark when not portable and open_point cites notice

        """;

    [Fact]
    public void An_explanation_tells_titles_in_the_language()
    {
        using var folder = new CommandFolder().With("mark.ccc", Rules);
        var run = folder.Run("explain mark.ccc --set hs_code=8507.60 --lang zh");
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.All(new[] { "加施标志", "生产企业", "移动电源", "可携带", "是否适用", "exemption: 科研", "27号公告" }, title => Assert.Contains(title, run.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("Power banks", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_option_titles_are_those_of_the_rules()
    {
        using var folder = new CommandFolder().With("mark.ccc", Rules);
        var run = folder.Run("explain mark.ccc --set hs_code=8507.60");
        Assert.Contains("Bear the mark", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("加施标志", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_tells_titles_in_the_language()
    {
        using var folder = new CommandFolder().With("mark.ccc", Rules).With("in.csv", "hs_code\n8507.60\n");
        var run = folder.Run("classify mark.ccc --in in.csv --out out.csv --lang zh");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("加施标志", run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("加施标志", folder["out.csv"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("explain mark.ccc --set hs_code=8507.60 --lang de")]
    [InlineData("classify mark.ccc --in in.csv --out out.csv --lang de")]
    public void A_language_that_the_rules_lack_is_told(string command)
    {
        using var folder = new CommandFolder().With("mark.ccc", Rules).With("in.csv", "hs_code\n8507.60\n");
        var run = folder.Run(command);
        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.Contains("`de`", run.Error, StringComparison.Ordinal);
        Assert.Contains("`zh`", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_carries_translations_and_changes_nothing_else()
    {
        var manifest = Compilation.Create(SyntaxTree.Parse(Rules)).Load(isCollectible: true).Manifest;
        var told = manifest.In("zh");
        Assert.Equal(["zh"], manifest.Translations.Select(translation => translation.Language));
        Assert.Equal("加施标志", told.Norms[0].Title);
        Assert.Equal(manifest.Norms[0].QualifiedName, told.Norms[0].QualifiedName);
        Assert.Same(manifest, manifest.In("de"));
        using var bytes = new MemoryStream(ManifestSerializer.Write(manifest));
        Assert.Equal("加施标志", ManifestSerializer.Read(bytes).In("zh").Norms[0].Title);
    }
}
