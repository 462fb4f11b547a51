using CccRules.Compiler.Binding;
using CccRules.Compiler.Emit;
using CccRules.Compiler.Evaluation;
using CccRules.Compiler.Lowering;
using CccRules.Compiler.Symbols;
using CccRules.Runtime;
using CccRules.Runtime.Facts;

namespace CccRules.Tests.Evaluation;

/// <summary>Compiled rulesets and the reference evaluator give the same answers: outcomes, missing facts, days.</summary>
public sealed class ReferenceAgreementTests
{
    private const int Rulesets = 40;
    private const int Records = 60;

    [Fact]
    public void A_compiled_ruleset_answers_as_the_reference_evaluator_does()
    {
        List<string> wrong = [];
        for (var seed = 0; seed < Rulesets; seed++)
        {
            var random = new RandomBoundRuleset(seed);
            var evaluator = new Evaluator(RulesetLoader.Load(CSharpEmitter.Emit(Lowerer.Lower(random.Ruleset)), isCollectible: true));
            for (var i = 0; i < Records; i++)
            {
                var record = random.RandomRecord();
                var expected = random.Evaluate(record);
                evaluator.Evaluate(FactsOf(random.Ruleset, record), new TextDictionary());
                wrong.AddRange(Differences(random.Ruleset, expected, evaluator).Select(difference => $"seed {seed}, record {i}: {difference}"));
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} differences:\n{string.Join('\n', wrong.Take(20))}");
    }

    private static IEnumerable<string> Differences(BoundRuleset ruleset, ReferenceEvaluator expected, Evaluator evaluator)
    {
        var manifest = evaluator.Ruleset.Manifest;
        foreach (var norm in manifest.Norms)
        {
            var reference = expected.Outcomes.Values.Single(outcome => outcome.Norm.QualifiedName == norm.QualifiedName);
            var missing = new FactSet(manifest.Facts.Length);
            evaluator.Missing(norm.Index, missing);
            var day = evaluator.AppliesFrom(norm.Index);
            var (mine, theirs) = (
                $"{reference.Statuses} missing ({NamesOf(ruleset, reference.Missing)}) from {reference.AppliesFrom}",
                $"{evaluator[norm.Index]} missing ({NamesOf(ruleset, missing)}) from {(day == Fact.Missing ? null : day)}");
            if (mine != theirs)
            {
                yield return $"{norm.Name}: expected {mine}, got {theirs}";
            }
        }

        for (var i = 0; i < manifest.Categories.Length; i++)
        {
            var reference = expected.Categories.Single(category => category.Key.QualifiedName == manifest.Categories[i].Name).Value;
            var missing = new FactSet(manifest.Facts.Length);
            evaluator.MissingOfCategory(i, missing);
            var (mine, theirs) = (
                $"{reference.Truth} missing ({NamesOf(ruleset, reference.Missing)})",
                $"{evaluator.CategoryOf(i)} missing ({NamesOf(ruleset, missing)})");
            if (mine != theirs)
            {
                yield return $"{manifest.Categories[i].Name}: expected {mine}, got {theirs}";
            }
        }
    }

    private static string NamesOf(BoundRuleset ruleset, FactSet facts)
    {
        List<MissingFact> missing = [];
        Symbol[] symbols = [.. ruleset.Fields, .. ruleset.Questions];
        foreach (var fact in facts)
        {
            missing.Add(fact < symbols.Length ? new MissingFact(symbols[fact]) : MissingFact.EvaluationDate);
        }

        return BoundTrees.Names(missing);
    }

    private static string NamesOf(BoundRuleset ruleset, IEnumerable<MissingFact> missing)
    {
        Assert.All(missing, fact => Assert.True(fact.Symbol is null || ruleset.Fields.Contains(fact.Symbol) || ruleset.Questions.Contains(fact.Symbol)));
        return BoundTrees.Names(missing);
    }

    private static long[] FactsOf(BoundRuleset ruleset, ReferenceRecord record) =>
    [
        .. ruleset.Fields.Select(field => record.Fields.GetValueOrDefault(field) is { } value ? (long)ValueLowerer.Encode(value, field.Type) : Fact.Missing),
        .. ruleset.Questions.Select(question => record.Answers.TryGetValue(question, out var answer) ? answer ? 1 : 0 : Fact.Missing),
        record.EvaluationDay ?? Fact.Missing,
    ];
}
