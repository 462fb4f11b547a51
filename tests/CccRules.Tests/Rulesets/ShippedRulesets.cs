using System.Collections.Immutable;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Rulesets;

/// <summary>The rulesets that come with the compiler, read from the repository.</summary>
internal static class ShippedRulesets
{
    private static readonly Lazy<Compilation> China = new(() => Compile(Files("rulesets/cn/")));
    private static readonly Lazy<Compilation> Everything = new(() => Compile(Files("rulesets/")));

    /// <summary>All modules under <c>rulesets/cn</c>, compiled once.</summary>
    public static Compilation Cn => China.Value;

    /// <summary>All modules of all countries, compiled once.</summary>
    public static Compilation All => Everything.Value;

    public static ImmutableArray<SyntaxTree> Files(string folder) =>
    [
        .. from file in Repository.Files
           where file.StartsWith(folder, StringComparison.Ordinal) && file.EndsWith(".ccc", StringComparison.Ordinal)
           select SyntaxTree.Parse(SourceText.From(file, Repository.Read(file))),
    ];

    public static Compilation Compile(IEnumerable<SyntaxTree> trees) => Compilation.Create(trees, ShippedData.Options);
}
