using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Lowering;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Differential;

/// <summary>
/// Random rules bound and lowered. What analysis has against them (a condition that always holds) is no hindrance: they mean
/// something all the same.
/// </summary>
internal sealed record GeneratedRules(ImmutableArray<SourceText> Files, BoundRuleset Rules, IrModule Module, EmitResult Emitted)
{
    public static GeneratedRules Create(ImmutableArray<SourceText> files)
    {
        var rules = Bind(files);
        return Of(files, rules);
    }

    /// <param name="withTablesAsData">Even short tables are looked up as long ones are, which must mean the same.</param>
    public static GeneratedRules Of(ImmutableArray<SourceText> files, BoundRuleset rules, bool withTablesAsData = false, BatchForm? form = null, RecordForm? records = null)
    {
        var module = withTablesAsData ? Lowerer.Lower(rules, mostRowsAsConditions: 0) : Lowerer.Lower(rules);
        var faults = IrVerifier.Verify(module);
        return faults.IsEmpty
            ? new GeneratedRules(files, rules, module, CSharpEmitter.Emit(module, batchForm: form, recordForm: records))
            : throw new InvalidOperationException($"the lowered code is not sound: {string.Join(", ", faults)}");
    }

    /// <summary>The rules, or null where they have errors.</summary>
    public static BoundRuleset? TryBind(IEnumerable<SourceText> files, out ImmutableArray<Diagnostic> errors)
    {
        var trees = files.Select(file => SyntaxTree.Parse(file)).ToList();
        var (rules, _) = Binder.Bind(trees, RandomRules.Files);
        errors = [.. trees.SelectMany(tree => tree.Diagnostics).Concat(rules.Diagnostics).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        return errors.IsEmpty ? rules : null;
    }

    public static string Print(IEnumerable<SourceText> files) => string.Join("\n", files.Select(file => $"// {file.Path}\n{file.Content}"));

    private static BoundRuleset Bind(ImmutableArray<SourceText> files) =>
        TryBind(files, out var errors) ?? throw new InvalidOperationException($"{errors[0]}\n{Print(files)}");
}
