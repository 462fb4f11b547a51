using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Proof;

/// <summary>What the proofs of one ruleset share: the rules, the evaluator, and what has been found.</summary>
internal sealed class ProofContext(ProofRules rules, IRecordEvaluator evaluator, CancellationToken cancellation)
{
    private readonly SortedDictionary<string, (int Asked, int Found, int NotProved)> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _norms = rules.Module.Norms.ToDictionary(norm => norm.QualifiedName, norm => norm.Index, StringComparer.Ordinal);

    public ProofRules Rules { get; } = rules;

    public IrModule Module => Rules.Module;

    public IRecordEvaluator Evaluator { get; } = evaluator;

    public WitnessFinder Witnesses { get; } = new(evaluator);

    public List<ProofFinding> Findings { get; } = [];

    public List<string> NotProved { get; } = [];

    public IEnumerable<ProofCount> Counts => _counts.Select(entry => new ProofCount(entry.Key, entry.Value.Asked, entry.Value.Found, entry.Value.NotProved));

    public int IndexOf(NormSymbol norm) => _norms[norm.QualifiedName];

    public static bool Holds(IRecordEvaluator evaluator, int node) => evaluator.NodeOf(node) == Truth.True;

    public static TextLocation At(Symbol owner, SyntaxElement? syntax) =>
        syntax is null ? owner.Location : owner.Location.Text.GetLocation(syntax.Span);

    public void CheckCancellation() => cancellation.ThrowIfCancellationRequested();

    /// <summary>Counts an answer, and tells of one that was not found.</summary>
    /// <returns>Whether it was proved that no record meets the question.</returns>
    public bool IsNothing(string what, ProofAnswer answer, string about)
    {
        Count(what, 0, answer.Kind == AnswerKind.NotProved ? 1 : 0);
        if (answer.Kind == AnswerKind.NotProved)
        {
            NotProved.Add($"{about}: {answer.Reason}");
        }

        return answer.Kind == AnswerKind.Nothing;
    }

    public void Report(string what, Diagnostic diagnostic, DefinitionSymbol? cited = null, Witness? witness = null)
    {
        var count = _counts.GetValueOrDefault(what);
        _counts[what] = count with { Found = count.Found + 1 };
        Findings.Add(new ProofFinding(cited is null ? diagnostic : diagnostic with { Citation = Citation(cited) }, witness));
    }

    public void Count(string what, int found, int notProved)
    {
        var count = _counts.GetValueOrDefault(what);
        _counts[what] = (count.Asked + 1, count.Found + found, count.NotProved + notProved);
    }

    /// <summary>The scenario of a record: what some norms and categories come to on it.</summary>
    public Witness Witness(string name, Assignment record, IEnumerable<NormSymbol> norms, IEnumerable<CategorySymbol>? categories = null)
    {
        Evaluator.Evaluate(record);
        var expectations = norms.Distinct().Select(norm => ScenarioText.Expect(Module, IndexOf(norm), Evaluator.OutcomeOf(IndexOf(norm))))
            .Concat((categories ?? []).Distinct().Select(category => $"{ScenarioText.Name(category.Name)} {TruthOf(category)}"))
            .ToList();
        return new Witness(record, ScenarioText.Write(name, Module, record, expectations));
    }

    public int NodeOf(CategorySymbol category) => Module.Categories.First(schema => schema.Name == category.QualifiedName).Node;

    private string TruthOf(CategorySymbol category) => Evaluator.NodeOf(NodeOf(category)) switch
    {
        Truth.True => "yes",
        Truth.False => "no",
        _ => "open",
    };

    private static string? Citation(DefinitionSymbol symbol) => symbol.Citations.IsEmpty ? null
        : symbol.Citations[0] is { Locator: { } locator } first ? $"{first.Source.Title}, {locator}" : symbol.Citations[0].Source.Title;
}
