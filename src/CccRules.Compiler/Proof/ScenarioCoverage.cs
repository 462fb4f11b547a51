using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Text;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Proof;

/// <summary>What the scenarios of a ruleset show of one norm.</summary>
/// <param name="Statuses">Statuses that some scenario expects for certain, of those that some record can have.</param>
/// <param name="Unseen">Statuses that a record can have and no scenario expects.</param>
/// <param name="Conditions">Conditions of the norm that hold in one of its scenarios and fail in another.</param>
/// <param name="OneSided">Conditions that only ever hold, or only ever fail, or neither.</param>
/// <param name="Boundaries">Cut points with a scenario on both sides.</param>
/// <param name="Untried">Cut points that no pair of scenarios tries.</param>
internal sealed record NormCoverage(
    NormSymbol Norm,
    int Statuses,
    ImmutableArray<string> Unseen,
    int Conditions,
    ImmutableArray<(TextLocation Place, string Text)> OneSided,
    int Boundaries,
    ImmutableArray<string> Untried);

/// <summary>How much of the rules their scenarios try: statuses, conditions, and values at which outcomes change.</summary>
internal sealed class ScenarioCoverage
{
    private readonly ProofRules _rules;
    private readonly IRecordEvaluator _evaluator;
    private readonly Dictionary<NormSymbol, List<Assignment>> _scenarios = [];

    private ScenarioCoverage(ProofRules rules, IRecordEvaluator evaluator)
    {
        _rules = rules;
        _evaluator = evaluator;
    }

    /// <param name="recordOf">A scenario's record.</param>
    public static ImmutableArray<NormCoverage> Of(ProofRules rules, IRecordEvaluator evaluator, Func<BoundScenario, Assignment> recordOf, CancellationToken cancellation)
    {
        var coverage = new ScenarioCoverage(rules, evaluator);
        foreach (var scenario in rules.Ruleset.Scenarios.Where(scenario => scenario.KnownDay is null))
        {
            var record = recordOf(scenario);
            foreach (var norm in scenario.Expectations.OfType<BoundExpectedOutcome>().Select(expectation => expectation.Norm).Distinct())
            {
                if (!coverage._scenarios.TryGetValue(norm, out var list))
                {
                    coverage._scenarios[norm] = list = [];
                }

                list.Add(record);
            }
        }

        var boundaries = new BoundaryRecords(rules.Module, evaluator, cancellation).Find().ToLookup(boundary => boundary.Norm.Index);
        return
        [
            .. rules.Ruleset.Declarations.Where(declaration => declaration.Symbol is NormSymbol)
                .Select(declaration => coverage.Of((NormSymbol)declaration.Symbol, declaration, boundaries))
                .OrderBy(norm => norm.Norm.QualifiedName, StringComparer.Ordinal),
        ];
    }

    private NormCoverage Of(NormSymbol norm, BoundDeclaration declaration, ILookup<int, Boundary> boundaries)
    {
        var schema = _rules.Module.Norms.First(candidate => candidate.QualifiedName == norm.QualifiedName);
        var records = _scenarios.GetValueOrDefault(norm, []);
        var conditions = Conditions(declaration).Where(condition => _rules.Nodes.ContainsKey(condition)).ToList();
        var (seen, holds, fails) = (Outcome.Nothing, new HashSet<BoundExpression>(ReferenceEqualityComparer.Instance), new HashSet<BoundExpression>(ReferenceEqualityComparer.Instance));
        foreach (var record in records)
        {
            _evaluator.Evaluate(record);
            var outcome = _evaluator.OutcomeOf(schema.Index);
            seen |= outcome.IsSettled() ? outcome : Outcome.Nothing;
            foreach (var condition in conditions)
            {
                _ = _evaluator.NodeOf(_rules.Nodes[condition]) switch
                {
                    Truth.True => holds.Add(condition),
                    Truth.False => fails.Add(condition),
                    _ => false,
                };
            }
        }

        var possible = Possible(schema);
        var oneSided = conditions.Where(condition => !holds.Contains(condition) || !fails.Contains(condition)).ToList();
        var untried = boundaries[schema.Index].Where(boundary => !IsTried(boundary, records)).ToList();
        return new NormCoverage(
            norm,
            possible.Count(status => (seen & status) != Outcome.Nothing),
            [.. possible.Where(status => (seen & status) == Outcome.Nothing).Select(status => status.Name(schema.Kind))],
            conditions.Count - oneSided.Count,
            [.. oneSided.Select(condition => (ProofContext.At(norm, condition.Syntax), Sides(condition, holds, fails)))],
            boundaries[schema.Index].Count() - untried.Count,
            [.. untried.Select(boundary => $"{boundary.Fact.Name} {ScenarioText.Value(_rules.Module, Assignment.Empty.With(boundary.Fact.Index, boundary.Cut), boundary.Fact.Index)}")]);
    }

    private static string Sides(BoundExpression condition, HashSet<BoundExpression> holds, HashSet<BoundExpression> fails) =>
        holds.Contains(condition) ? "never fails" : fails.Contains(condition) ? "never holds" : "never decides";

    private static bool IsTried(Boundary boundary, List<Assignment> records) =>
        records.Exists(record => record.Numbers.TryGetValue(boundary.Fact.Index, out var number) && number == boundary.Cut)
        && records.Exists(record => record.Numbers.TryGetValue(boundary.Fact.Index, out var number) && number == boundary.Cut - 1);

    /// <summary>The statuses that some record has.</summary>
    private List<Outcome> Possible(NormSchema schema)
    {
        try
        {
            var space = ProofSpace.OfNorms(_rules.Module, [schema.Index]);
            return [.. ProofSpace.Statuses(schema).Where(status => space.Find(space.Exactly(schema.Index, status), _ => true).Kind != AnswerKind.Nothing)];
        }
        catch (ProofLimitException)
        {
            return [.. ProofSpace.Statuses(schema)];
        }
    }

    /// <summary>The conditions that a norm's own clauses are made of, down to names and comparisons.</summary>
    private static IEnumerable<BoundExpression> Conditions(BoundDeclaration declaration)
    {
        BoundExpression?[] clauses = declaration switch
        {
            BoundNorm norm => [norm.When, norm.Unless, norm.Fulfilled, .. norm.Windows.Select(window => window.Where)],
            BoundDeadline deadline => [deadline.When, deadline.Unless, deadline.Met],
            _ => [],
        };
        var stack = new Stack<BoundExpression>(clauses.OfType<BoundExpression>());
        while (stack.TryPop(out var condition))
        {
            if (condition is BoundAnd or BoundOr or BoundNot or BoundAtLeast)
            {
                foreach (var part in BoundTree.Parts(condition))
                {
                    stack.Push(part);
                }
            }
            else if (condition is not BoundConstant)
            {
                yield return condition;
            }
        }
    }
}
