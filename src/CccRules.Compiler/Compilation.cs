using System.Collections.Immutable;
using CccRules.Compiler.Analysis;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Lowering;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Runtime;

namespace CccRules.Compiler;

/// <summary>
/// Rules text on its way to a loaded ruleset: the whole pipeline on one screen. Immutable; each stage is computed once,
/// when first asked for, and any number of threads may ask. The only place where diagnostics of the stages are summed.
/// </summary>
public sealed class Compilation
{
    /// <summary>Errors shown for one file.</summary>
    public const int MostErrors = 100;

    private readonly Lazy<(BoundRuleset Ruleset, SemanticInfo Info)> _bound;
    private readonly Lazy<ImmutableArray<Diagnostic>> _diagnostics;
    private readonly Lazy<IrModule> _ir;
    private readonly Lazy<EmitResult> _emitted;

    private Compilation(ImmutableArray<SyntaxTree> trees, CompilationOptions options)
    {
        SyntaxTrees = trees;
        Options = options;
        _bound = new(() => Binder.Bind(trees));
        _diagnostics = new(CollectDiagnostics);
        _ir = new(() => Lowerer.Lower(WithoutErrors(Known)));
        _emitted = new(() => CSharpEmitter.Emit(Ir));
    }

    public ImmutableArray<SyntaxTree> SyntaxTrees { get; }

    public CompilationOptions Options { get; }

    /// <summary>Everything the stages found, by place, each once.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.Value;

    /// <summary>Errors keep the ruleset from being lowered; warnings keep nothing.</summary>
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>
    /// Processes in the order of their modules and of the text, as they were known on <see cref="CompilationOptions.KnownOn"/>.
    /// </summary>
    public ImmutableArray<ProcessSymbol> Processes => Known.Processes;

    /// <summary>The bound rules, with error parts where the text has errors.</summary>
    internal BoundRuleset Bound => _bound.Value.Ruleset;

    /// <summary>The bound rules as they were known on <see cref="CompilationOptions.KnownOn"/>.</summary>
    internal BoundRuleset Known => Options.KnownOn is { } day ? Knowledge.KnownOn(Bound, day) : Bound;

    internal IrModule Ir => _ir.Value;

    internal EmitResult Emitted => _emitted.Value;

    public static Compilation Create(params IEnumerable<SyntaxTree> trees) => new([.. trees], CompilationOptions.Default);

    public static Compilation Create(IEnumerable<SyntaxTree> trees, CompilationOptions options) => new([.. trees], options);

    /// <summary>What names and expressions of a tree mean.</summary>
    public SemanticModel GetSemanticModel(SyntaxTree tree) => new(tree, _bound.Value.Info);

    /// <summary>Compiles to an assembly that runs with <c>CccRules.Runtime</c> alone.</summary>
    /// <exception cref="InvalidOperationException">The rules have errors.</exception>
    public byte[] Emit() => RulesetLoader.Compile(Emitted);

    /// <summary>Compiles and loads.</summary>
    /// <param name="isCollectible">The code can be unloaded; costs speed in long runs.</param>
    /// <exception cref="InvalidOperationException">The rules have errors.</exception>
    public Ruleset Load(bool isCollectible = false) => RulesetLoader.Load(Emitted, isCollectible);

    private BoundRuleset WithoutErrors(BoundRuleset bound) =>
        HasErrors ? throw new InvalidOperationException("The rules have errors; look at Diagnostics first.") : bound;

    /// <summary>The sum of the stages. A file with more errors than anybody reads shows the first hundred.</summary>
    private ImmutableArray<Diagnostic> CollectDiagnostics()
    {
        var texts = SyntaxTrees.SelectMany(tree => tree.Diagnostics).ToList();
        var isBound = texts.Count == 0 && !Bound.HasErrors;
        var all = texts.Concat(Bound.Diagnostics).Concat(isBound ? Analyzer.Analyze(Bound) : []).Distinct().Order(Diagnostic.Order);
        return [.. all.GroupBy(diagnostic => diagnostic.Location.Path, StringComparer.Ordinal).SelectMany(Shorten)];
    }

    private static IEnumerable<Diagnostic> Shorten(IEnumerable<Diagnostic> ofFile)
    {
        var list = ofFile.ToList();
        var errors = list.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (errors <= MostErrors)
        {
            return list;
        }

        var last = list.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ElementAt(MostErrors);
        return list.TakeWhile(diagnostic => diagnostic != last).Append(ToolchainDiagnostics.MoreErrors(last.Location, errors - MostErrors));
    }
}
