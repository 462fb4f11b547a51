using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Syntax;

namespace CccRules.Compiler;

/// <summary>
/// Rules text on its way to a loaded ruleset: the whole pipeline on one screen. Immutable; each stage is computed once,
/// when first asked for, and any number of threads may ask. The only place where diagnostics of the stages are summed.
/// </summary>
public sealed class Compilation
{
    private readonly Lazy<(BoundRuleset Ruleset, SemanticInfo Info)> _bound;
    private readonly Lazy<ImmutableArray<Diagnostic>> _diagnostics;

    private Compilation(ImmutableArray<SyntaxTree> trees)
    {
        SyntaxTrees = trees;
        _bound = new(() => Binder.Bind(trees));
        _diagnostics = new(CollectDiagnostics);
    }

    public ImmutableArray<SyntaxTree> SyntaxTrees { get; }

    /// <summary>Everything the stages found, by place, each once.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.Value;

    /// <summary>Errors keep the ruleset from being lowered; warnings keep nothing.</summary>
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>The bound rules, with error parts where the text has errors.</summary>
    public BoundRuleset Bound => _bound.Value.Ruleset;

    public static Compilation Create(params IEnumerable<SyntaxTree> trees) => new([.. trees]);

    /// <summary>What names and expressions of a tree mean.</summary>
    public SemanticModel GetSemanticModel(SyntaxTree tree) => new(tree, _bound.Value.Info);

    private ImmutableArray<Diagnostic> CollectDiagnostics() =>
        [.. SyntaxTrees.SelectMany(tree => tree.Diagnostics).Concat(Bound.Diagnostics).Distinct().Order(Diagnostic.Order)];
}
