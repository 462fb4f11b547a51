using System.Collections.Immutable;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Proof;

/// <summary>
/// The records that some conditions can tell apart, and questions about them. A space knows the conditions that it was made
/// for and nothing else, so that a question over few facts is answered over few facts.
/// </summary>
internal sealed class ProofSpace
{
    /// <summary>Nodes of one space's diagrams; a bound on time and memory.</summary>
    private const int MostNodes = 1_500_000;

    private readonly Translator _translator;
    private readonly ModelFinder _finder;
    private readonly VariableTable _variables;

    private ProofSpace(IrModule module, Cone cone, bool isPartial, int mostNodes, Assignment? pins)
    {
        Module = module;
        IsPartial = isPartial;
        Facts = cone.Facts;
        Diagrams = new Diagrams(mostNodes);
        var cuts = new CutTable(module);
        new Translator(module, Diagrams, cuts, null).Translate(cone);
        foreach (var fact in cone.Facts)
        {
            Pin(cuts, pins ?? Assignment.Empty, fact);
        }

        _variables = new VariableTable(Diagrams, cuts, module, cone.Facts, isPartial);
        _translator = new Translator(module, Diagrams, cuts, _variables);
        _translator.Translate(cone);
        _finder = new ModelFinder(module, Diagrams, _variables, areListsGiven: pins is not null);
    }

    public IrModule Module { get; }

    /// <summary>Facts may be missing; else every fact is known.</summary>
    public bool IsPartial { get; }

    /// <summary>The facts that the conditions read.</summary>
    public ImmutableArray<int> Facts { get; }

    public Diagrams Diagrams { get; }

    public VariableTable Variables => _variables;

    /// <summary>The space of some conditions.</summary>
    /// <param name="roots">Logic nodes; a norm's nodes where its outcome is asked.</param>
    /// <param name="isPartial">Over records with missing facts as well.</param>
    /// <exception cref="ProofLimitException">The conditions are too large.</exception>
    public static ProofSpace Of(IrModule module, IEnumerable<int> roots, bool isPartial = false, int mostNodes = MostNodes) =>
        new(module, Cone.Of(module, roots), isPartial, mostNodes, null);

    /// <summary>The space of some conditions around a record: each of its values is a cell of its own.</summary>
    /// <exception cref="ProofLimitException">The conditions are too large.</exception>
    public static ProofSpace Around(IrModule module, IEnumerable<int> roots, Assignment record) =>
        new(module, Cone.Of(module, roots), isPartial: true, MostNodes, record);

    /// <summary>The space of some norms' outcomes.</summary>
    /// <exception cref="ProofLimitException">The conditions are too large.</exception>
    public static ProofSpace OfNorms(IrModule module, IEnumerable<int> norms, IEnumerable<int>? nodes = null, bool isPartial = false) =>
        Of(module, norms.SelectMany(norm => Cone.NodesOf(module, norm)).Concat(nodes ?? []), isPartial);

    /// <summary>The records where a condition can hold.</summary>
    public int Can(int node) => _translator[node].Can;

    /// <summary>The records where a condition must hold.</summary>
    public int Must(int node) => _translator[node].Must;

    public Rails StatusOf(int norm, Outcome statuses) => _translator.StatusOf(norm, statuses);

    /// <summary>The records for which a norm has exactly some possible statuses. Over known facts: that one status.</summary>
    public int Exactly(int norm, Outcome statuses)
    {
        var all = Diagrams.True;
        foreach (var status in Statuses(Module.Norms[norm]))
        {
            var isPossible = StatusOf(norm, status).Can;
            all = Diagrams.And(all, (statuses & status) != Outcome.Nothing ? isPossible : Diagrams.Not(isPossible));
        }

        return all;
    }

    /// <summary>The statuses that a norm can have.</summary>
    public static ImmutableArray<Outcome> Statuses(NormSchema norm)
    {
        if (norm.Kind == NormKind.Deadline)
        {
            return [Outcome.NotApplicable, .. norm.Fulfilled < 0 ? Array.Empty<Outcome>() : [Outcome.Fulfilled], Outcome.Breached, Outcome.Soon, Outcome.Required];
        }

        Outcome[] due = norm.Fulfilled < 0 ? [Outcome.Required] : [Outcome.Fulfilled, norm.Kind == NormKind.Option ? Outcome.Required : Outcome.Breached];
        return [Outcome.NotApplicable, Outcome.Exempt, Outcome.NotInForce, .. due];
    }

    /// <summary>A date value lies within days, both included.</summary>
    public int IsDayIn(int value, long first, long last) => _translator.IsDayIn(value, first, last);

    /// <summary>The space was made with a value among what its conditions are computed from.</summary>
    public bool HasValue(int value) => _translator.HasValue(value);

    /// <summary>A dated parameter is asked for on a day before its first.</summary>
    public int IsBeforeFirst(int step) => _translator.IsBeforeFirst(step);

    /// <summary>Does any record meet a question? The one that weighs least is looked for.</summary>
    /// <param name="weight">What a variable's value weighs.</param>
    public ProofAnswer Find(int question, Func<Assignment, bool> confirm, Func<int, int, long> weight) => _finder.Find(question, confirm, weight);

    private static void Pin(CutTable cuts, Assignment record, int fact)
    {
        if (record.Texts.TryGetValue(fact, out var text))
        {
            cuts.Name(text);
        }
        else if (record.Numbers.TryGetValue(fact, out var number))
        {
            cuts.Pin(fact, number);
        }
    }

    /// <summary>Does any record meet a question?</summary>
    /// <param name="confirm">Whether a record truly does, by an evaluator.</param>
    public ProofAnswer Find(int question, Func<Assignment, bool> confirm) => _finder.Find(question, confirm);
}
