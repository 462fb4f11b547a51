using System.Collections.Immutable;
using CccRules.Compiler;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Evaluation;

namespace CccRules.Tests.Evaluation;

/// <summary>Compiled rulesets and the reference evaluator give the same answers: outcomes, missing facts, days.</summary>
public sealed class ReferenceAgreementTests
{
    private const int Rulesets = 20;
    private const int Records = 60;

    [Fact]
    public void A_compiled_ruleset_answers_as_the_reference_evaluator_does()
    {
        List<string> wrong = [];
        var (compiled, reference) = (new CompiledScenarioEngine(), new ReferenceScenarioEngine());
        for (var seed = 0; seed < Rulesets; seed++)
        {
            var random = new RandomBoundRuleset(seed);
            for (var i = 0; i < Records; i++)
            {
                var record = random.RandomRecord();
                var expected = Answers(random.Ruleset, reference.Evaluate(random.Ruleset, record));
                var actual = Answers(random.Ruleset, compiled.Evaluate(random.Ruleset, record));
                wrong.AddRange(expected.Zip(actual)
                    .Where(pair => pair.First != pair.Second)
                    .Select(pair => $"seed {seed}, record {i}: expected {pair.First}, got {pair.Second}"));
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} differences:\n{string.Join('\n', wrong.Take(20))}");
    }

    private static ImmutableArray<string> Answers(BoundRuleset ruleset, IScenarioAnswers answers) =>
    [
        .. ruleset.Norms.Select(norm =>
            $"{norm.Name} {answers.OutcomeOf(norm)}, missing ({BoundTrees.Names(answers.MissingOf(norm))}), from {answers.AppliesFrom(norm)}"),
        .. ruleset.Declarations.OfType<BoundCategory>().Select(category =>
            $"{category.Category.Name} {answers.TruthOf(category.Category)}, missing ({BoundTrees.Names(answers.MissingOf(category.Category))})"),
    ];
}
