using CccRules.Cli;
using CccRules.Runtime;
using CccRules.Runtime.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CccRules.Tests.Cli;

public sealed class BuildCommandTests : IDisposable
{
    private const string Rules = """
        ruleset shop.rules
        record certificate
          state : one of (valid, revoked)
        record item
          kind : text
          quantity : integer
          certificates : list of certificate
          applied_on : date
        table limits unique
          match kind as "Kind"
          gives limit : integer as "Limit"
          from "limits.csv"
        obligation certified "Hold a valid certificate" when quantity > limit fulfilled when any certificates where state is valid
        deadline answer "Answer" due 30 days after applied_on
        """;

    private readonly CommandFolder _folder = new CommandFolder().With("shop/rules.ccc", Rules).With("shop/limits.csv", "Kind,Limit\nlamp,10\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_assembly_has_the_tables_lists_and_deadlines_of_its_rules()
    {
        var run = _folder.Run("build shop --out Rules.dll --list-inputs inputs.txt");
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Check(Ruleset.LoadFrom(Path.Combine(_folder.Path, "Rules.dll"), isCollectible: true));
        Assert.Equal(["limits.csv", "rules.ccc"], _folder["inputs.txt"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void CSharp_has_the_tables_lists_and_deadlines_of_its_rules()
    {
        var run = _folder.Run("build shop --out Shop.cs --class My.App.Shop");
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var manifest = File.ReadAllBytes(Path.Combine(_folder.Path, "Shop.cs.manifest"));
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create(
            "app",
            [CSharpSyntaxTree.ParseText(_folder["Shop.cs"]), CSharpSyntaxTree.ParseText(_folder["Shop.access.cs"])],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(image, manifestResources: [new ResourceDescription("My.App.Shop.manifest", () => new MemoryStream(manifest), true)]);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));

        var accessor = System.Reflection.Assembly.Load(image.ToArray()).GetType("My.App.Shop")!.GetProperty(nameof(Ruleset))!;
        Check(Assert.IsType<Ruleset>(accessor.GetValue(null)));
    }

    [Fact]
    public void A_fault_of_a_table_is_told_at_its_cell_in_the_form_of_builds()
    {
        _folder.With("shop/limits.csv", "Kind,Limit\nlamp,many\n");
        var run = _folder.Run("build shop --out Rules.dll --format msbuild");
        Assert.Equal(ExitCode.FoundErrors, run.ExitCode);
        Assert.Contains("shop/limits.csv(2,6,2,10): error CCC", run.Output, StringComparison.Ordinal);
        Assert.False(_folder.Has("Rules.dll"));
    }

    private static void Check(Ruleset rules)
    {
        var answer = rules.Bind<Item>().Evaluate(new Item("lamp", 11, [new Certificate("revoked")], new DateOnly(2026, 1, 1)), new DateOnly(2026, 1, 2));
        Assert.Equal(Outcome.Breached, answer["certified"]);
        Assert.Equal(new DateOnly(2026, 1, 31), answer.DueOf("answer").On);
        Assert.Equal(Outcome.NotApplicable, rules.Bind<Item>().Evaluate(new Item("lamp", 10, [], null), null)["certified"]);
    }

    public sealed record Certificate(string State);

    public sealed record Item(string Kind, int Quantity, List<Certificate> Certificates, DateOnly? AppliedOn);
}
