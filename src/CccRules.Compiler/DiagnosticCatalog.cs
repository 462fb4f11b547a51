using System.Collections.Immutable;
using CccRules.Compiler.Analysis;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Proof;
using CccRules.Compiler.Syntax;

namespace CccRules.Compiler;

/// <summary>All diagnostics of all stages, for <c>ccc explain</c> and for whoever lists rules.</summary>
internal static class DiagnosticCatalog
{
    /// <summary>Every descriptor, by number.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        .. new[]
        {
            ToolchainDiagnostics.All,
            SyntaxDiagnostics.All,
            NameDiagnostics.All,
            TypeDiagnostics.All,
            NormDiagnostics.All,
            TableDiagnostics.All,
            DeadlineDiagnostics.All,
            ListDiagnostics.All,
            ProcessDiagnostics.All,
            AnalysisDiagnostics.All,
            ProofDiagnostics.All,
        }
        .SelectMany(stage => stage)
        .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];

    /// <summary>A descriptor by its number (<c>CCC2001</c>) or its name (<c>unknown-name</c>), in any case; null where there is none.</summary>
    public static DiagnosticDescriptor? Find(string idOrName) => All.FirstOrDefault(descriptor =>
        descriptor.Id.Equals(idOrName, StringComparison.OrdinalIgnoreCase)
        || descriptor.Name.Equals(idOrName, StringComparison.OrdinalIgnoreCase));
}
