using CccRules.Compiler;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Lowering;
using CccRules.Compiler.Symbols;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Tests.Differential;

namespace CccRules.Tests.Promises;

/// <summary>Bound rules down to C#, or what went wrong on the way.</summary>
/// <param name="Origin">Name of the rules that this is a variant of.</param>
internal sealed record Emitted(string Origin, string Name, PromisedRules Source, BoundRuleset Rules, IrModule? Module, EmitResult? Result, string? Fault)
{
    /// <summary>The day as of whose knowledge the rules are; null: today's.</summary>
    public long? KnownDay { get; init; }

    public override string ToString() => Name;

    public static Emitted Of(PromisedRules source, string name, BoundRuleset rules, int mostRowsAsConditions = TableLowerer.MostRowsAsConditions)
    {
        try
        {
            var module = Lowerer.Lower(rules, mostRowsAsConditions);
            return new Emitted(source.Name, name, source, rules, module, CSharpEmitter.Emit(module), null);
        }
        catch (Exception fault)
        {
            return new Emitted(source.Name, name, source, rules, null, null, $"{name}: {fault}");
        }
    }
}

/// <summary>The records that <c>scenario</c> declarations give.</summary>
internal static class ScenarioRecords
{
    public static ReferenceRecord Of(BoundScenario scenario) => ReferenceRecord.Empty with
    {
        Fields = ReferenceRecord.Empty.Fields.SetItems(scenario.Facts.Select(fact => KeyValuePair.Create(fact.Field, fact.Value))),
        Answers = ReferenceRecord.Empty.Answers.SetItems(scenario.Assumptions.Select(assumption => KeyValuePair.Create(assumption.Question, assumption.Answer))),
        EvaluationDay = scenario.AsOfDay,
    };
}

/// <summary>Runs <c>scenario</c> declarations through rulesets that are loaded already.</summary>
internal sealed class LoadedScenarioEngine(IReadOnlyList<Emitted> emitted, LoadedRulesets loaded) : IScenarioEngine
{
    public IScenarioAnswers Evaluate(BoundRuleset ruleset, ReferenceRecord record)
    {
        // Each scenario makes its rules of a past day anew: they are found by what they declare.
        var one = emitted.First(one => one.Rules.Scenarios == ruleset.Scenarios && one.Rules.Declarations.Select(part => part.Symbol).SequenceEqual(ruleset.Declarations.Select(part => part.Symbol)));
        var evaluator = new Evaluator(loaded[one.Result!]);
        var texts = new TextDictionary();
        var facts = FactEncoder.Encode(ruleset, record, texts);
        CompiledScenarioEngine.Derive(ruleset, loaded[one.Result!], record, facts, texts);
        evaluator.Evaluate(facts, texts);
        return new Answers(evaluator, [.. ruleset.Facts]);
    }

    private sealed class Answers(Evaluator evaluator, List<Symbol?> facts) : IScenarioAnswers
    {
        public Outcome OutcomeOf(NormSymbol norm) => evaluator[IndexOf(norm)];

        public long? AppliesFrom(NormSymbol norm) => evaluator.AppliesFrom(IndexOf(norm)) is var day && Fact.IsKnown(day) ? day : null;

        public (long Earliest, long Latest) DueOf(NormSymbol deadline) => evaluator.DueOf(IndexOf(deadline)) is var due ? (due.Earliest, due.Latest) : default;

        public Truth TruthOf(CategorySymbol category) => evaluator.CategoryOf(IndexOf(category));

        public System.Collections.Immutable.ImmutableHashSet<MissingFact> MissingOf(NormSymbol norm)
        {
            var missing = new FactSet(facts.Count);
            evaluator.Missing(IndexOf(norm), missing);
            return Symbols(missing);
        }

        public System.Collections.Immutable.ImmutableHashSet<MissingFact> MissingOf(CategorySymbol category)
        {
            var missing = new FactSet(facts.Count);
            evaluator.MissingOfCategory(IndexOf(category), missing);
            return Symbols(missing);
        }

        private int IndexOf(NormSymbol norm) => evaluator.Ruleset.Manifest.Norms.Index().First(entry => entry.Item.QualifiedName == norm.QualifiedName).Index;

        private int IndexOf(CategorySymbol category) => evaluator.Ruleset.Manifest.Categories.Index().First(entry => entry.Item.Name == category.QualifiedName).Index;

        private System.Collections.Immutable.ImmutableHashSet<MissingFact> Symbols(FactSet set)
        {
            var symbols = new List<MissingFact>();
            foreach (var fact in set)
            {
                symbols.Add(new MissingFact(facts[fact]));
            }

            return [.. symbols];
        }
    }
}
