using System.Collections.Immutable;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Tests.Architecture;
using CccRules.Tests.Rulesets;
using CccRules.Tests.Scenarios;

namespace CccRules.Tests.Promises;

/// <summary>Rules that must keep every promise: those of each scenario, and those that come with the compiler.</summary>
/// <param name="Section">Null for shipped rules.</param>
internal sealed record PromisedRules(string Name, ImmutableArray<SourceText> Files, ScenarioSection? Section)
{
    private const string Shipped = "rulesets/cn";

    private static readonly Lazy<PromisedRules> China = new(() => new PromisedRules(Shipped, Sources(Shipped + "/"), null));

    private readonly Lazy<Compilation> _compilation = new(() => Section?.Compilation ?? CompileFiles(Files, ShippedData.Options));

    /// <summary>Files of scenarios, and folders of shipped rules.</summary>
    public static TheoryData<string> Origins => [.. Names];

    public static IEnumerable<PromisedRules> All => Names.SelectMany(Of);

    private static IEnumerable<string> Names => ScenarioFiles.Paths.Append(Shipped);

    /// <summary>One compilation for all tests.</summary>
    public Compilation Compilation => _compilation.Value;

    public static IEnumerable<PromisedRules> Of(string origin) => origin == Shipped
        ? [China.Value]
        : ScenarioFiles.All.Where(section => section.File == origin).Select(section => new PromisedRules(
            section.ToString(),
            [.. section.Sources.Select(source => SourceText.From(source.Path, source.Text))],
            section));

    public override string ToString() => Name;

    /// <summary>The same rules again, from their text.</summary>
    public Compilation CompileAfresh() => CompileFiles(Files, Section?.Options ?? ShippedData.Options);

    private static Compilation CompileFiles(IEnumerable<SourceText> files, CompilationOptions options) => Compilation.Create(files.Select(file => SyntaxTree.Parse(file)), options);

    private static ImmutableArray<SourceText> Sources(string folder) =>
    [
        .. from file in Repository.Files
           where file.StartsWith(folder, StringComparison.Ordinal) && file.EndsWith(".ccc", StringComparison.Ordinal)
           select SourceText.From(file, Repository.Read(file)),
    ];
}
