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

    /// <summary>A program of the shape of all others.</summary>
    private const string SmallProgram = """
        using CccRules.Runtime.Facts;
        using CccRules.Runtime.Operations;
        using CccRules.Runtime.Programs;

        namespace CccRules.Emitted;

        public sealed class Rules : RuleProgram
        {
            public override void Evaluate(scoped in EvaluationFrame frame)
            {
                frame.Values[0] = frame.Facts[0];
                frame.Nodes[0] = AtomOperations.InRange(frame.Values[0], 0L, 1L, false);
            }
        }
        """;

    private static readonly Lazy<Task> Prepared = new(() => Task.Run(() => Compile(SmallProgram, [], CancellationToken.None)));

    /// <summary>
    /// Has C#'s own compiler loaded on another thread, which takes half a second in a cold process: while the rules' C# is still being
    /// written, that costs nobody any time. Once a process.
    /// </summary>
    public static void Prepare() => _ = Prepared.Value;

    /// <summary>Compiles; the result is an assembly that also holds the manifest, and can be saved and loaded again.</summary>
    /// <exception cref="InternalEmitException">The C# does not compile, or uses what it may not.</exception>
    public static byte[] Compile(EmitResult emitted, CancellationToken cancellation = default)
    {
        var (assembly, diagnostics) = Compile(emitted.Source, [ManifestResource(emitted.Manifest)], cancellation);
        if (assembly is null || diagnostics.Any(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning))
        {
            throw Fault("Emitted C# does not compile.", emitted, diagnostics.Select(diagnostic => diagnostic.ToString()));
        }

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

    /// <returns>The assembly, null where it cannot be made, and what is to be said about it.</returns>
    private static (byte[]? Assembly, ImmutableArray<Diagnostic> Diagnostics) Compile(string source, IEnumerable<ResourceDescription> resources, CancellationToken cancellation)
    {
        var tree = CSharpSyntaxTree.ParseText(source, ParseOptions, cancellationToken: cancellation);
        var compilation = CSharpCompilation.Create(AssemblyName, [tree], ReferenceAssemblies.All, CompilationOptions);
        using var image = new MemoryStream();
        var result = compilation.Emit(image, manifestResources: resources, cancellationToken: cancellation);
        return (result.Success ? image.ToArray() : null, result.Diagnostics);
    }

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
