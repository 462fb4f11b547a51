using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Evaluation;

/// <summary>Runs the scenarios of a ruleset through an engine.</summary>
internal sealed class ScenarioRunner
{
    private readonly BoundRuleset _ruleset;
    private readonly IScenarioEngine _engine;
    private readonly Dictionary<long, BoundRuleset> _knownOn = [];

    /// <param name="ruleset">Bound without errors.</param>
    public ScenarioRunner(BoundRuleset ruleset, IScenarioEngine engine)
    {
        _ruleset = ruleset;
        _engine = engine;
    }

    /// <summary>Every scenario, in the order of the ruleset.</summary>
    public ImmutableArray<ScenarioResult> RunAll() => [.. _ruleset.Scenarios.Select(Run)];

    public ScenarioResult Run(BoundScenario scenario)
    {
        var known = KnownOn(scenario.KnownDay);
        var findings = new Findings(known, _engine.Evaluate(known, RecordOf(scenario)));
        return new ScenarioResult(scenario, [.. scenario.Expectations.Select(expectation => Check(expectation, scenario, findings))]);
    }

    /// <summary>The record that a scenario gives. Where a fact or an answer is given twice, the last counts.</summary>
    public static ReferenceRecord RecordOf(BoundScenario scenario) => new()
    {
        Fields = ImmutableDictionary<FieldSymbol, ConstantValue>.Empty.SetItems(
            scenario.Facts.Select(fact => KeyValuePair.Create(fact.Field, fact.Value))),
        Answers = ImmutableDictionary<QuestionSymbol, bool>.Empty.SetItems(
            scenario.Assumptions.Select(assumption => KeyValuePair.Create(assumption.Question, assumption.Answer))),
        Lists = ImmutableDictionary<FieldSymbol, ImmutableArray<ImmutableDictionary<FieldSymbol, ConstantValue>>>.Empty.SetItems(scenario.Lists.Select(list => KeyValuePair.Create(
            list.List,
            list.Entries.Select(entry => entry.ToImmutableDictionary(fact => fact.Field, fact => fact.Value)).ToImmutableArray()))),
        EvaluationDay = scenario.AsOfDay,
    };

    private static ExpectationResult Check(BoundExpectation expectation, BoundScenario scenario, Findings findings)
    {
        switch (expectation)
        {
            case BoundExpectedOutcome outcome:
                var kind = outcome.Norm.Kind;
                return Compare(
                    expectation, $"`{outcome.Norm.Name}`", outcome.Outcome, findings.OutcomeOf(outcome.Norm), set => set.Name(kind));
            case BoundExpectedCategory category:
                return Compare(
                    expectation, $"`{category.Category.Name}`", TruthOf(category.Holds), findings.TruthOf(category.Category), NameOf);
            case BoundExpectedApplies applies:
                return Compare(
                    expectation, $"`{applies.Norm.Name}` applies from", applies.Day, findings.AppliesFrom(applies.Norm), NameOf);
            case BoundExpectedDue due:
                return Compare(
                    expectation, $"`{due.Deadline.Name}` due", (due.Earliest, due.Latest), findings.DueOf(due.Deadline), NameOfDue);
            case BoundExpectedMissing missing:
                var expected = missing.Facts.Select(fact => new MissingFact(fact)).ToImmutableHashSet();
                var actual = MissingOf(scenario, findings);
                return new ExpectationResult(expectation, expected.SetEquals(actual), "missing", NameOf(expected), NameOf(actual));
            default:
                throw new UnreachableException();
        }
    }

    private static ExpectationResult Compare<T>(
        BoundExpectation expectation, string subject, T expected, T actual, Func<T, string> nameOf) =>
        new(expectation, EqualityComparer<T>.Default.Equals(expected, actual), subject, nameOf(expected), nameOf(actual));

    /// <summary>All facts that matter for the norms and categories that the scenario names; for all norms where it names none.</summary>
    private static ImmutableHashSet<MissingFact> MissingOf(BoundScenario scenario, Findings findings)
    {
        var named = scenario.Expectations.Select(SubjectOf).OfType<DefinitionSymbol>().ToImmutableArray();
        return (named.IsEmpty ? findings.Norms : named)
            .Aggregate(ImmutableHashSet<MissingFact>.Empty, (union, symbol) => union.Union(findings.MissingOf(symbol)));
    }

    private static DefinitionSymbol? SubjectOf(BoundExpectation expectation) => expectation switch
    {
        BoundExpectedOutcome outcome => outcome.Norm,
        BoundExpectedCategory category => category.Category,
        BoundExpectedApplies applies => applies.Norm,
        BoundExpectedDue due => due.Deadline,
        BoundExpectedMissing => null,
        _ => throw new UnreachableException(),
    };

    private BoundRuleset KnownOn(long? day)
    {
        if (day is not { } known)
        {
            return _ruleset;
        }

        if (!_knownOn.TryGetValue(known, out var ruleset))
        {
            ruleset = Knowledge.KnownOn(_ruleset, known);
            _knownOn.Add(known, ruleset);
        }

        return ruleset;
    }

    private static Truth TruthOf(bool? holds) => holds switch
    {
        true => Truth.True,
        false => Truth.False,
        null => Truth.Open,
    };

    private static string NameOf(Truth truth) => truth switch
    {
        Truth.True => "yes",
        Truth.False => "no",
        Truth.Open => "open",
        _ => throw new UnreachableException(),
    };

    private static string NameOfDue((long Earliest, long Latest) due)
    {
        static string Day(long day, string unknown) => day == Fact.None ? "none" : day == Fact.Missing ? unknown : CivilDate.Format(day);
        return due.Earliest == due.Latest && due.Earliest != Fact.Missing ? Day(due.Earliest, "") : $"{Day(due.Earliest, "any day")} to {Day(due.Latest, "any day")}";
    }

    private static string NameOf(long? day) => day is { } known ? CivilDate.Format(known) : "no later date";

    private static string NameOf(ImmutableHashSet<MissingFact> facts) => facts.IsEmpty
        ? "nothing"
        : string.Join(", ", facts.Select(fact => fact.ToString()).Order(StringComparer.Ordinal));

    /// <summary>An engine's answers, and for what was not known on the scenario's day that it does not apply.</summary>
    private sealed class Findings(BoundRuleset known, IScenarioAnswers answers)
    {
        private readonly ImmutableHashSet<DefinitionSymbol> _declared = [.. known.Declarations.Select(declaration => declaration.Symbol)];

        public ImmutableArray<DefinitionSymbol> Norms => [.. known.Norms];

        public Outcome OutcomeOf(NormSymbol norm) => _declared.Contains(norm) ? answers.OutcomeOf(norm) : Outcome.NotApplicable;

        public Truth TruthOf(CategorySymbol category) => _declared.Contains(category) ? answers.TruthOf(category) : Truth.False;

        public long? AppliesFrom(NormSymbol norm) => _declared.Contains(norm) ? answers.AppliesFrom(norm) : null;

        public (long Earliest, long Latest) DueOf(NormSymbol deadline) => _declared.Contains(deadline) ? answers.DueOf(deadline) : (Fact.None, Fact.None);

        public ImmutableHashSet<MissingFact> MissingOf(DefinitionSymbol symbol) => symbol switch
        {
            _ when !_declared.Contains(symbol) => [],
            NormSymbol norm => answers.MissingOf(norm),
            CategorySymbol category => answers.MissingOf(category),
            _ => throw new UnreachableException(),
        };
    }
}
