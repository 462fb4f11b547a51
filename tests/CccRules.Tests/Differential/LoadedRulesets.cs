using System.Collections.Immutable;
using System.Runtime.Loader;
using CccRules.Compiler.Emit;
using CccRules.Runtime;
using CccRules.Runtime.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CccRules.Tests.Differential;

/// <summary>
/// Many emitted rulesets compiled into one assembly, each in a namespace of its own: calling the C# compiler is what takes the
/// time. One that does not compile, or uses what it may not, is named and keeps none of the others.
/// </summary>
internal sealed class LoadedRulesets
{
    private const string Namespace = "namespace CccRules.Emitted;";

    private readonly Dictionary<EmitResult, Ruleset> _rulesets = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<EmitResult, string> _faults = new(ReferenceEqualityComparer.Instance);

    public LoadedRulesets(IEnumerable<EmitResult> emitted)
    {
        var left = emitted.ToList();
        while (left.Count > 0 && !TryLoad(left))
        {
            // Without those that were found at fault the rest compiles.
            left.RemoveAll(_faults.ContainsKey);
        }
    }

    /// <exception cref="InvalidOperationException">The C# of this one does not compile; the message says why.</exception>
    public Ruleset this[EmitResult emitted] =>
        _faults.TryGetValue(emitted, out var fault) ? throw new InvalidOperationException(fault) : _rulesets[emitted];

    private static string Line(Diagnostic finding) =>
        finding.Location.SourceTree?.GetText().Lines[finding.Location.GetLineSpan().StartLinePosition.Line].ToString() ?? "";

    private bool TryLoad(List<EmitResult> emitted)
    {
        var trees = emitted.Select((one, i) => CSharpSyntaxTree.ParseText(one.Source.Replace(Namespace, $"namespace M{i};", StringComparison.Ordinal))).ToImmutableArray();
        var compilation = CSharpCompilation.Create(
            "CccRules.Many",
            trees,
            ReferenceAssemblies.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        var findings = result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToList();
        foreach (var finding in findings)
        {
            var at = finding.Location.SourceTree is { } tree ? trees.IndexOf(tree) : 0;
            _faults.TryAdd(emitted[at], $"The emitted C# does not compile: {finding} {Line(finding)}");
        }

        if (findings.Count > 0)
        {
            return false;
        }

        var violations = AssemblyGuard.Violations(image.ToArray());
        if (!violations.IsEmpty)
        {
            throw new InvalidOperationException($"Emitted C# uses {string.Join(", ", violations)}");
        }

        image.Position = 0;
        var assembly = new AssemblyLoadContext("many", isCollectible: true).LoadFromStream(image);
        foreach (var (i, one) in emitted.Index())
        {
            var program = (RuleProgram?)assembly.CreateInstance($"M{i}.Rules") ?? throw new InvalidOperationException($"M{i}.Rules is not there");
            var lists = one.Manifest.Lists.Select((_, list) => (RuleProgram?)assembly.CreateInstance($"M{i}.{Ruleset.ProgramClassOfList(list).Split('.')[^1]}") ?? throw new InvalidOperationException("a list is not there"));
            _rulesets[one] = new Ruleset(program, one.Manifest, [.. lists]);
        }

        return true;
    }
}
