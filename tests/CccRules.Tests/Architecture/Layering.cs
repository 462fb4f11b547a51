using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CccRules.Tests.Architecture;

/// <summary>
/// Finds what each folder of the compiler uses. Names are resolved, not read: a relative name, an alias and a member
/// reached through <c>var</c> count as well as a <c>using</c>.
/// </summary>
/// <param name="mayUse">For each folder, with dots, the folders and outside worlds it may use; itself always.</param>
internal sealed class Layering(IReadOnlyDictionary<string, string[]> mayUse)
{
    public const string Antlr = "Antlr4";
    public const string Roslyn = "Roslyn";
    public const string Runtime = "Runtime";

    private const string Project = "CccRules.Compiler";
    private const string ProjectFolder = "src/CccRules.Compiler/";
    private const string Facade = "the root";

    // What the SDK adds to every file of the compiler.
    private const string GlobalUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
           where Path.GetFileNameWithoutExtension(path) != Project
           select MetadataReference.CreateFromFile(path),
    ];

    /// <summary>Every use that the table does not allow, as <c>Emit uses Binding (Scope) in src/…/Emit/Writer.cs:7</c>.</summary>
    /// <param name="files">Path from the root of the repository, and text. Files under a <c>Generated</c> folder are only resolved against.</param>
    public IReadOnlyList<string> FindViolations(IEnumerable<(string Path, string Text)> files)
    {
        var compilation = Compile(files);
        // Names in bodies are looked up below, each once; it is the references of the project that could be missing as a whole.
        var unresolved = compilation.GetDeclarationDiagnostics().Where(diagnostic => diagnostic.Id is "CS0246" or "CS0234").ToList();
        if (unresolved.Count > 0)
        {
            throw new InvalidOperationException($"the check is blind where names do not resolve: {string.Join("; ", unresolved)}");
        }

        var violations = new ConcurrentBag<string>();
        Parallel.ForEach(
            compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0 && !tree.FilePath.Contains("/Generated/")),
            tree => CheckFile(compilation.GetSemanticModel(tree), violations.Add));
        return [.. violations.Distinct().Order(StringComparer.Ordinal)];
    }

    private void CheckFile(SemanticModel model, Action<string> report)
    {
        var path = model.SyntaxTree.FilePath;
        var folder = path[ProjectFolder.Length..].Split('/')[..^1];
        if (folder.Length == 0)
        {
            return; // The façade may use everything.
        }

        var layer = LayerOf(string.Join('.', folder));
        if (!mayUse.TryGetValue(layer, out var allowed))
        {
            report($"{layer} has no row in the table, in {path}");
            return;
        }

        foreach (var name in model.SyntaxTree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (UsedLayer(model, name) is { } used && used != layer && !allowed.Contains(used))
            {
                var line = name.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                report($"{layer} uses {used} ({name.Identifier.ValueText}) in {path}:{line}");
            }
        }
    }

    /// <summary>The folder or outside world that a name leads to; null for what every folder may use.</summary>
    private string? UsedLayer(SemanticModel model, SimpleNameSyntax name)
    {
        var info = model.GetSymbolInfo(name);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        return symbol switch
        {
            null => null,
            INamespaceSymbol space => IsWholeNameOfUsing(name) ? LayerOfNamespace(space) : null,
            _ => LayerOfNamespace(symbol.ContainingNamespace),
        };
    }

    // In `CccRules.Compiler.Text` the first two names lead to the façade's namespace, but only the last one is used.
    private static bool IsWholeNameOfUsing(SimpleNameSyntax name)
    {
        SyntaxNode whole = name.Parent is QualifiedNameSyntax qualified && qualified.Right == name ? qualified : name;
        return whole.Parent is UsingDirectiveSyntax;
    }

    private string? LayerOfNamespace(INamespaceSymbol? space)
    {
        var full = space?.ToDisplayString() ?? string.Empty;
        return full switch
        {
            Project => Facade,
            _ when full.StartsWith($"{Project}.", StringComparison.Ordinal) => LayerOf(full[(Project.Length + 1)..]),
            _ when IsWithin(full, "CccRules.Runtime") => Runtime,
            _ when IsWithin(full, "Antlr4") => Antlr,
            _ when IsWithin(full, "Microsoft.CodeAnalysis") => Roslyn,
            _ => null,
        };
    }

    /// <summary>The longest row of the table that a folder lies in; the folder itself if it has none.</summary>
    private string LayerOf(string folder) =>
        mayUse.Keys.Where(row => IsWithin(folder, row)).MaxBy(row => row.Length) ?? folder;

    private static bool IsWithin(string name, string outer) =>
        name == outer || name.StartsWith($"{outer}.", StringComparison.Ordinal);

    private static CSharpCompilation Compile(IEnumerable<(string Path, string Text)> files)
    {
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path))
            .Append(CSharpSyntaxTree.ParseText(GlobalUsings, ParseOptions));
        return CSharpCompilation.Create(
            Project,
            trees,
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
    }
}
