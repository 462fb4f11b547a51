using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace CccRules.Compiler.Emit;

/// <summary>
/// The assemblies that emitted C# is compiled against. They ride as resources: a published single file has no paths to them,
/// and three chosen ones load faster than all of the platform's.
/// </summary>
internal static class ReferenceAssemblies
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> Loaded = new(Load);

    public static ImmutableArray<MetadataReference> All => Loaded.Value;

    private static ImmutableArray<MetadataReference> Load()
    {
        var assembly = typeof(ReferenceAssemblies).Assembly;
        var references = ImmutableArray.CreateBuilder<MetadataReference>();
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (name.StartsWith("references/", StringComparison.Ordinal))
            {
                using var stream = assembly.GetManifestResourceStream(name)
                    ?? throw new InvalidOperationException($"The compiler's resource {name} is not there.");
                references.Add(MetadataReference.CreateFromStream(stream));
            }
        }

        return references.ToImmutable();
    }
}
