using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;

namespace CccRules.Compiler.Evaluation;

/// <summary>Scenarios by <see cref="ReferenceEvaluator"/>.</summary>
internal sealed class ReferenceScenarioEngine : IScenarioEngine
{
    public IScenarioAnswers Evaluate(BoundRuleset ruleset, ReferenceRecord record) =>
        new Answers(ReferenceEvaluator.Evaluate(ruleset, record));

    private sealed class Answers(ReferenceEvaluator evaluator) : IScenarioAnswers
    {
        public Outcome OutcomeOf(NormSymbol norm) => evaluator.Outcomes[norm].Statuses;

        public ImmutableHashSet<MissingFact> MissingOf(NormSymbol norm) => evaluator.Outcomes[norm].Missing;

        public long? AppliesFrom(NormSymbol norm) => evaluator.Outcomes[norm].AppliesFrom;

        public (long Earliest, long Latest) DueOf(NormSymbol deadline) => evaluator.Dues[deadline];

        public Truth TruthOf(CategorySymbol category) => evaluator.Categories[category].Truth;

        public ImmutableHashSet<MissingFact> MissingOf(CategorySymbol category) => evaluator.Categories[category].Missing;
    }
}
