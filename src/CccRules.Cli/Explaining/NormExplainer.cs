using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Ir.Partition;
using CccRules.Compiler.Proof;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Trade;

namespace CccRules.Cli.Explaining;

/// <summary>Explains one record.</summary>
internal sealed class NormExplainer
{
    private readonly IrModule _module;
    private readonly Ruleset _ruleset;
    private readonly RulesetManifest _manifest;
    private readonly RecordFacts _record;
    private readonly Evaluator _evaluator;
    private readonly Evaluator _trial;
    private readonly ReasonTree _reasons;
    private readonly RecordAdvice _advice;
    private readonly Obstacles _obstacles;
    private readonly Dictionary<int, (FactPartition Partition, Outcome[][] Outcomes)> _trials = [];

    /// <param name="module">The intermediate code that the ruleset was made from.</param>
    /// <param name="isFull">Tell conditions as well that make no difference.</param>
    public NormExplainer(IrModule module, Ruleset ruleset, RecordFacts record, bool isFull)
    {
        _module = module;
        _ruleset = ruleset;
        _manifest = ruleset.Manifest;
        _record = record;
        _evaluator = new Evaluator(ruleset);
        _evaluator.Evaluate(record.Values, record.Texts);
        _trial = new Evaluator(ruleset);
        _reasons = new ReasonTree(_manifest, _evaluator, record, isFull);
        _advice = new RecordAdvice(module, new CompiledRecords(new Lazy<Ruleset>(ruleset)), record.ToAssignment());
        _obstacles = new Obstacles(_manifest, _evaluator, record);
    }

    /// <summary>Looks for what would change a settled outcome, and for ways to comply with a breached one.</summary>
    public bool FindsWays { get; init; }

    /// <summary>A status of which it is told why it does not come out.</summary>
    public string? WhyNot { get; init; }

    public NormExplanation Explain(NormSchema norm)
    {
        var outcome = _evaluator[norm.Index];
        var missing = new FactSet(_manifest.Facts.Length);
        _evaluator.Missing(norm.Index, missing);
        var answers = ImmutableArray.CreateBuilder<MissingFactAnswer>();
        foreach (var fact in missing)
        {
            answers.Add(new MissingFactAnswer(_manifest.Facts[fact], Answers(norm, fact)));
        }

        return new NormExplanation(norm, outcome)
        {
            Settling = outcome.IsSettled() ? [] : _advice.Settling(norm),
            AskNext = outcome.IsSettled() ? null : Best(answers),
            Flips = FindsWays && outcome.IsSettled() ? _advice.Flips(norm) : [],
            Compliance = FindsWays && outcome == Outcome.Breached ? _advice.Compliance(norm) : [],
            WhyNot = WhyNot,
            Obstacles = WhyNot is { } status ? _obstacles.Of(norm, status) : [],
            Day = _evaluator.ValueOf(norm.Date),
            Due = norm.Deadline is null || !outcome.CanBeDue() ? null : _evaluator.DueOf(norm.Index),
            AppliesFrom = _evaluator.AppliesFrom(norm.Index),
            NextFrom = NextFrom(norm),
            Reasons = _reasons.Of(norm),
            Missing = [.. answers.OrderBy(answer => !answer.Narrows)],
        };
    }

    /// <summary>The fact whose values settle most often, and leave the fewest statuses where they do not.</summary>
    private static FactSchema? Best(IEnumerable<MissingFactAnswer> answers) => answers
        .Where(answer => answer.Narrows)
        .MinBy(answer => answer.Answers.Average(entry => BitOperations.PopCount((uint)entry.Outcome)))?.Fact;

    /// <summary>Whether a condition holds for the record.</summary>
    public Truth TruthOf(int node) => _evaluator.NodeOf(node);

    /// <summary>As "applies from", also for norms that are judged by a day of their own.</summary>
    private long NextFrom(NormSchema norm)
    {
        var day = _evaluator.ValueOf(norm.Date);
        if (!Fact.IsKnown(day) || TruthOf(norm.Applies) == Truth.False || TruthOf(norm.InForce) == Truth.True)
        {
            return Fact.Missing;
        }

        var days = norm.Windows
            .Where(window => window.From >= 0 && (window.Where < 0 || TruthOf(window.Where) != Truth.False))
            .Select(window => _evaluator.ValueOf(window.From))
            .Where(from => Fact.IsKnown(from) && from > day);
        return days.DefaultIfEmpty(Fact.Missing).Min();
    }

    /// <summary>What each value of a missing fact would make of a norm; values that come to the same are told together.</summary>
    private ImmutableArray<(ImmutableArray<string> Values, Outcome Outcome)> Answers(NormSchema norm, int fact)
    {
        var (partition, outcomes) = TrialsOf(fact);
        var groups = new List<(List<FactCell> Cells, Outcome Outcome)>();
        foreach (var (cell, index) in partition.Cells.Select((cell, index) => (cell, index)))
        {
            var outcome = outcomes[index][norm.Index];
            var at = partition.IsOrdered ? groups.Count - 1 : groups.FindIndex(group => group.Outcome == outcome);
            if (at >= 0 && groups[at].Outcome == outcome)
            {
                groups[at].Cells.Add(cell);
            }
            else
            {
                groups.Add(([cell], outcome));
            }
        }

        return [.. groups.Select(group => (groups.Count == 1 ? ["any value"] : partition.Describe([.. group.Cells]), group.Outcome))];
    }

    /// <summary>The outcomes of all norms with each value that a missing fact can have; found once, however many norms hang on it.</summary>
    private (FactPartition Partition, Outcome[][] Outcomes) TrialsOf(int fact)
    {
        if (!_trials.TryGetValue(fact, out var trials))
        {
            var current = _record.Values[fact];
            HsCode? within = _manifest.Facts[fact].Kind == FactKind.HsCode && Fact.IsKnown(current) ? HsCode.FromEncoded(current) : null;
            var partition = FactPartition.Of(_module, fact, new KnownValues(KnownNumber, KnownText), within);
            _trials[fact] = trials = (partition, [.. partition.Cells.Select(cell => Try(fact, cell))]);
        }

        return trials;
    }

    private Outcome[] Try(int fact, FactCell cell)
    {
        var facts = _record.Values.ToArray();
        facts[fact] = cell.Example is { } text ? _record.Texts.Intern(text) : cell.Value;
        _record.Derive(_ruleset, facts);
        _trial.Evaluate(facts, _record.Texts);
        return [.. _manifest.Norms.Select(norm => _trial[norm.Index])];
    }

    private BigInteger? KnownNumber(int value) =>
        !_module.Values[value].Type.IsWide && Fact.IsKnown(_evaluator.ValueOf(value)) ? _evaluator.ValueOf(value) : null;

    private string? KnownText(int value) =>
        _module.Values[value] is IrFact { Type.Kind: IrKind.Text } fact && Fact.IsKnown(_record.Values[fact.Fact])
            ? _record.Texts[(int)_record.Values[fact.Fact]]
            : null;
}
