using System.Collections.Immutable;
using CccRules.Compiler.Analysis;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Lowering;
using CccRules.Compiler.Proof;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Runtime;
using CccRules.Runtime.Schema;

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
    private readonly Lazy<ProofRules> _provable;
    private readonly Lazy<ProofRules> _unclaimed;
    private readonly CancellationToken _cancellation;

    private Compilation(ImmutableArray<SyntaxTree> trees, CompilationOptions options, CancellationToken cancellation)
    {
        SyntaxTrees = trees;
        Options = options;
        _cancellation = cancellation;
        _bound = new(() => Binder.Bind(trees, new DataFiles(options.Files), cancellation));
        _diagnostics = new(CollectDiagnostics);
        _ir = new(() => Lowerer.Lower(WithoutErrors(Known)));
        _emitted = new(() => CSharpEmitter.Emit(Ir));
        _provable = new(() => PrepareProof(withClaims: true));
        _unclaimed = new(() => PrepareProof(withClaims: false));
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

    /// <summary>The rules as a proof needs them, with the conditions of claims.</summary>
    internal ProofRules Provable => _provable.Value;

    /// <summary>The rules as a comparison needs them: of the very module that <see cref="Load"/> runs.</summary>
    internal ProofRules Unclaimed => _unclaimed.Value;

    public static Compilation Create(params IEnumerable<SyntaxTree> trees) => new([.. trees], CompilationOptions.Default, CancellationToken.None);

    /// <param name="cancellation">Ends every stage, soon, with an <see cref="OperationCanceledException"/>.</param>
    public static Compilation Create(IEnumerable<SyntaxTree> trees, CompilationOptions options, CancellationToken cancellation = default) =>
        new([.. trees], options, cancellation);

    /// <summary>What names and expressions of a tree mean.</summary>
    public SemanticModel GetSemanticModel(SyntaxTree tree) => new(tree, _bound.Value.Info);

    /// <summary>Compiles to an assembly that runs with <c>CccRules.Runtime</c> alone.</summary>
    /// <exception cref="InvalidOperationException">The rules have errors.</exception>
    public byte[] Emit()
    {
        // What is kept somewhere may need no compiling.
        if (Options.Assemblies is null && !HasErrors && !_emitted.IsValueCreated)
        {
            RulesetLoader.Prepare();
        }

        return RulesetLoader.Compile(Emitted, Options.Assemblies, _cancellation);
    }

    /// <summary>C# to compile into an application, in place of an assembly of its own; nothing of the rules' text stands in it.</summary>
    /// <param name="programClass">Full name of the class, such as <c>My.App.RulesProgram</c>.</param>
    /// <exception cref="InvalidOperationException">The rules have errors.</exception>
    public EmittedSource EmitSource(string programClass)
    {
        var emitted = CSharpEmitter.Emit(Ir, programClass);
        return new EmittedSource(
            emitted.Source, ManifestSerializer.Write(emitted.Manifest), [.. emitted.Manifest.Lists.Select((_, list) => Ruleset.ProgramClassOfList(list, programClass))]);
    }

    /// <summary>Compiles and loads.</summary>
    /// <param name="isCollectible">The code can be unloaded; costs speed in long runs.</param>
    /// <exception cref="InvalidOperationException">The rules have errors.</exception>
    public Ruleset Load(bool isCollectible = false) => RulesetLoader.Load(Emit(), isCollectible);

    /// <summary>Compiles and loads what evaluates single records and no batches, in a fraction of the time.</summary>
    /// <exception cref="InvalidOperationException">The rules have errors.</exception>
    internal Ruleset LoadForRecords() => LoadForRecords(Ir);

    /// <summary>Proves what can be proved about the rules, and answers their claims.</summary>
    /// <exception cref="InvalidOperationException">The rules have errors.</exception>
    internal ProofReport Prove(CancellationToken cancellation)
    {
        // Compiling, looking for findings, and answering claims take about as long: all at once.
        var rules = Provable;
        var ruleset = LargeStack.Run(() => LoadForRecords(rules.Module));
        CompiledRecords Records() => new(new Lazy<Ruleset>(() => ruleset.GetAwaiter().GetResult()));
        var claims = LargeStack.Run(() => RulesProver.Answer(rules, Records(), cancellation));
        var report = RulesProver.Prove(rules, Records(), cancellation);
        return report.With(claims.GetAwaiter().GetResult());
    }

    /// <summary>Where outcomes change.</summary>
    /// <exception cref="InvalidOperationException">The rules have errors.</exception>
    internal BoundaryRecords Boundaries(CancellationToken cancellation, out ImmutableArray<Boundary> found)
    {
        var boundaries = new BoundaryRecords(Provable.Module, EvaluatorOf(Provable), cancellation);
        found = [.. boundaries.Find()];
        return boundaries;
    }

    /// <summary>What the scenarios try of the rules.</summary>
    /// <exception cref="InvalidOperationException">The rules have errors.</exception>
    internal ImmutableArray<NormCoverage> Coverage(CancellationToken cancellation)
    {
        var compiled = new Lazy<Ruleset>(() => LoadForRecords(Provable.Module));
        return ScenarioCoverage.Of(Provable, new CompiledRecords(compiled), scenario => CompiledScenarioEngine.RecordOf(Provable.Ruleset, scenario, compiled), cancellation);
    }

    /// <summary>What is cheap to prove: conditions that never or always hold, guards that are never reached.</summary>
    /// <exception cref="InvalidOperationException">The rules have errors.</exception>
    internal ImmutableArray<Diagnostic> ProveConditions(CancellationToken cancellation) => RulesProver.ProveConditions(Provable, EvaluatorOf(Provable), cancellation);

    private CompiledRecords EvaluatorOf(ProofRules rules) => new(new Lazy<Ruleset>(() => LoadForRecords(rules.Module)));

    private Ruleset LoadForRecords(IrModule module) =>
        RulesetLoader.Load(RulesetLoader.Compile(CSharpEmitter.Emit(module, form: EmitForm.RecordsAlone), Options.Assemblies, _cancellation), isCollectible: true);

    /// <summary>Claims speak of all rules; of the rules of a day of their own there are none.</summary>
    private ProofRules PrepareProof(bool withClaims)
    {
        var known = WithoutErrors(withClaims && Options.KnownOn is null ? Known : Known with { Claims = [] });
        var lowered = Lowerer.LowerWith(known, ProofRules.ConditionsOf(known));
        return new ProofRules(known, lowered.Module, lowered.Nodes, lowered.Windows);
    }

    private BoundRuleset WithoutErrors(BoundRuleset bound) =>
        HasErrors ? throw new InvalidOperationException("The rules have errors; look at Diagnostics first.") : bound;

    /// <summary>The sum of the stages. A file with more errors than anybody reads shows the first hundred.</summary>
    private ImmutableArray<Diagnostic> CollectDiagnostics()
    {
        if (LimitChecks.Check(SyntaxTrees, Options.Files, Options.Limits) is { } beyond)
        {
            return [beyond];
        }

        var texts = SyntaxTrees.SelectMany(tree => tree.Diagnostics).ToList();
        var isBound = texts.Count == 0 && !Bound.HasErrors;
        var all = texts.Concat(Bound.Diagnostics).Concat(isBound ? Analyzer.Analyze(Bound, _cancellation) : []).Distinct().Order(Diagnostic.Order);
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
