using System.Runtime.Loader;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Ir;
using CccRules.Runtime;
using CccRules.Runtime.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CccRules.Tests.Engine;

/// <summary>Many modules in one assembly, each in a namespace of its own: compiling is what takes the time.</summary>
internal static class RandomRulesets
{
    public static List<(IrModule Module, Ruleset Ruleset)> Compile(IEnumerable<IrModule> modules)
    {
        // Small modules would all be computed in planes and by code: each second one, and the second two of four, take the other form.
        var emitted = modules.Select((module, i) => (Module: module, Result: CSharpEmitter.Emit(
            module,
            batchForm: i % 2 == 0 ? BatchForm.Planes : BatchForm.Candidates,
            recordForm: i % 4 < 2 ? RecordForm.Code : RecordForm.Steps))).ToList();
        var trees = emitted.Select((entry, i) =>
            CSharpSyntaxTree.ParseText(entry.Result.Source.Replace("namespace CccRules.Emitted;", $"namespace M{i};", StringComparison.Ordinal)));
        var compilation = CSharpCompilation.Create(
            "CccRules.Random",
            trees,
            ReferenceAssemblies.All,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(x => x.ToString()));
        Assert.Empty(AssemblyGuard.Violations(image.ToArray()));
        image.Position = 0;
        var assembly = new AssemblyLoadContext("random", isCollectible: true).LoadFromStream(image);
        return [.. emitted.Select((entry, i) => (
            entry.Module,
            new Ruleset(Assert.IsAssignableFrom<RuleProgram>(assembly.CreateInstance($"M{i}.Rules")), entry.Result.Manifest)))];
    }
}
