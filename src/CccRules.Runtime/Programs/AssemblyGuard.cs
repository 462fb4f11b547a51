using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CccRules.Runtime.Programs;

/// <summary>
/// Looks at an emitted assembly before it is loaded: it may use nothing but the runtime's types for emitted code and a few types of
/// the platform that cannot reach anything outside. Whatever stood in a rule, this is where it would be stopped.
/// </summary>
internal static class AssemblyGuard
{
    private static readonly FrozenSet<string> Allowed = new[]
    {
        "CccRules.Runtime.Facts.Fact",
        "CccRules.Runtime.Facts.TextDictionary",
        "CccRules.Runtime.Facts.Truth",
        "CccRules.Runtime.Operations.AtomOperations",
        "CccRules.Runtime.Operations.Comparison",
        "CccRules.Runtime.Operations.Kleene",
        "CccRules.Runtime.Operations.LinearSum",
        "CccRules.Runtime.Operations.Lookup",
        "CccRules.Runtime.Operations.ValueOperations",
        "CccRules.Runtime.Operations.WideOperations",
        "CccRules.Runtime.Programs.BatchFrame",
        "CccRules.Runtime.Programs.EvaluationFrame",
        "CccRules.Runtime.Programs.Planes",
        "CccRules.Runtime.Programs.RuleProgram",
        "CccRules.Runtime.Programs.RuleTables",
        "CccRules.Runtime.Time.MonthRounding",
        "System.Int128",
        "System.Numerics.Vector`1",
        "System.Object",
        "System.ReadOnlySpan`1",
        "System.Span`1",
        // What Roslyn itself writes into every assembly.
        "System.Attribute",
        "System.Diagnostics.DebuggableAttribute",
        "System.Diagnostics.DebuggableAttribute.DebuggingModes",
        "System.Runtime.CompilerServices.CompilationRelaxationsAttribute",
        "System.Runtime.CompilerServices.CompilerGeneratedAttribute",
        "System.Runtime.CompilerServices.IsReadOnlyAttribute",
        "System.Runtime.CompilerServices.RefSafetyRulesAttribute",
        "System.Runtime.CompilerServices.RuntimeCompatibilityAttribute",
        "System.Runtime.CompilerServices.ScopedRefAttribute",
        "System.Runtime.InteropServices.InAttribute",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> AllowedAssemblies =
        new[] { "CccRules.Runtime", "System.Numerics.Vectors", "System.Runtime" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What the assembly uses and may not, in order; empty for a good one.</summary>
    public static ImmutableArray<string> Violations(ReadOnlyMemory<byte> assembly)
    {
        using var reader = new PEReader([.. assembly.Span]);
        var metadata = reader.GetMetadataReader();
        var violations = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.AssemblyReferences)
        {
            Check(metadata.GetString(metadata.GetAssemblyReference(handle).Name), AllowedAssemblies, violations);
        }

        foreach (var handle in metadata.TypeReferences)
        {
            Check(Name(metadata, handle), Allowed, violations);
        }

        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (!method.GetImport().Module.IsNil)
            {
                violations.Add($"import {metadata.GetString(method.GetImport().Name)}");
            }
        }

        foreach (var handle in metadata.AssemblyFiles)
        {
            violations.Add($"file {metadata.GetString(metadata.GetAssemblyFile(handle).Name)}");
        }

        return [.. violations];
    }

    private static void Check(string name, FrozenSet<string> allowed, SortedSet<string> violations)
    {
        if (!allowed.Contains(name))
        {
            violations.Add(name);
        }
    }

    private static string Name(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Name(metadata, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
