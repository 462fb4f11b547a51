using System.Collections.Immutable;
using CccRules.Compiler.Files;

namespace CccRules.Compiler;

/// <summary>What a compilation depends on besides its texts.</summary>
public sealed record CompilationOptions
{
    public static CompilationOptions Default { get; } = new();

    /// <summary>
    /// Leaves out every norm, exemption and category whose cited sources were all issued after this day (days since
    /// 0001-01-01), so that a past decision can be explained by the rules of its own day. Null: all rules.
    /// </summary>
    public long? KnownOn { get; init; }

    /// <summary>How much text is taken on.</summary>
    public CompilationLimits Limits { get; init; } = CompilationLimits.Default;

    /// <summary>The files that the rules name: tables and calendars beside them (<see cref="Syntax.SyntaxTree.DataFiles"/>).</summary>
    public ImmutableArray<DataFile> Files { get; init; } = [];

    /// <summary>Where compiled C# is kept and found again; null: nowhere.</summary>
    internal Emit.IAssemblyStore? Assemblies { get; init; }
}
