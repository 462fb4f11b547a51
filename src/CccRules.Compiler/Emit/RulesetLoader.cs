using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CccRules.Runtime;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CccRules.Compiler.Emit;

/// <summary>C# to an assembly in memory to a ruleset that runs.</summary>
internal static class RulesetLoader
{
    private const string AssemblyName = Ruleset.AssemblyName;

    private static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Latest, DocumentationMode.None);

    private static readonly CSharpCompilationOptions CompilationOptions = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        deterministic: true);

    /// <summary>Compiles; the result is an assembly that also holds the manifest, and can be saved and loaded again.</summary>
    /// <exception cref="InternalEmitException">The C# does not compile, or uses what it may not.</exception>
    public static byte[] Compile(EmitResult emitted, CancellationToken cancellation = default)
    {
        var tree = CSharpSyntaxTree.ParseText(emitted.Source, ParseOptions, cancellationToken: cancellation);
        var compilation = CSharpCompilation.Create(AssemblyName, [tree], ReferenceAssemblies.All, CompilationOptions);
        using var image = new MemoryStream();
        var result = compilation.Emit(image, manifestResources: [ManifestResource(emitted.Manifest)], cancellationToken: cancellation);
        if (!result.Success || result.Diagnostics.Any(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning))
        {
            throw Fault("Emitted C# does not compile.", emitted, result.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        }

        var assembly = image.ToArray();
        var violations = AssemblyGuard.Violations(assembly);
        return violations.IsEmpty
            ? assembly
            : throw Fault("Emitted C# uses what it may not.", emitted, violations);
    }

    /// <summary>Compiles, or takes what was compiled from the same C# before.</summary>
    /// <inheritdoc cref="Compile(EmitResult, CancellationToken)"/>
    public static byte[] Compile(EmitResult emitted, IAssemblyStore? store, CancellationToken cancellation)
    {
        if (store is null)
        {
            return Compile(emitted, cancellation);
        }

        var key = KeyOf(emitted);
        if (store.Find(key) is { } known)
        {
            return known;
        }

        var assembly = Compile(emitted, cancellation);
        store.Keep(key, assembly);
        return assembly;
    }

    /// <summary>Compiles and loads.</summary>
    /// <param name="isCollectible">
    /// The code can be unloaded: it goes when nothing holds the ruleset any more. Costs speed in long runs, because such code is
    /// compiled once and never again with what was learnt; for editors and servers, not for batches.
    /// </param>
    /// <exception cref="InternalEmitException">The C# does not compile, or uses what it may not.</exception>
    public static Ruleset Load(EmitResult emitted, bool isCollectible = false, CancellationToken cancellation = default) =>
        Load(Compile(emitted, cancellation), isCollectible);

    /// <inheritdoc cref="Ruleset.Load"/>
    public static Ruleset Load(ReadOnlyMemory<byte> assembly, bool isCollectible = false) => Ruleset.Load(assembly, isCollectible);

    private static string KeyOf(EmitResult emitted)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(ManifestSerializer.Write(emitted.Manifest));
        hash.AppendData(Encoding.UTF8.GetBytes(emitted.Source));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static ResourceDescription ManifestResource(RulesetManifest manifest) =>
        new(Ruleset.ManifestResource, () => new MemoryStream(ManifestSerializer.Write(manifest), writable: false), isPublic: true);

    private static InternalEmitException Fault(string message, EmitResult emitted, IEnumerable<string> findings) =>
        new(message, string.Join('\n', ImmutableArray.CreateRange(findings).Add("").Add(emitted.Source)));
}
