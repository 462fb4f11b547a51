using CccRules.Compiler.Ir;
using CccRules.Compiler.Proof;
using CccRules.Runtime.Facts;
using CccRules.Tests.Differential;
using Xunit.Abstractions;

namespace CccRules.Tests.Proof;

/// <summary>
/// Proofs against lists of every record: on small domains each answer of a proof is the answer of the list, and each record that
/// it shows is one. <c>CCC_FUZZ=40</c> looks at 20,000 rulesets.
/// </summary>
public sealed class BruteForceTests(ITestOutputHelper output)
{
    private const int Rulesets = 500;

    /// <summary>Records of one question; of longer lists a part is looked at.</summary>
    private const int MostRecords = 400;

    private const int SampledRecords = 100;

    [Fact]
    public void Every_answer_is_that_of_the_list_of_all_records()
    {
        var (answered, open, sampled) = (0, 0, 0);
        for (var seed = 0; seed < Rulesets * DifferentialTests.Times; seed++)
        {
            var text = SmallDomain.Create(seed);
            var rules = SmallDomain.Bind(text);
            foreach (var question in Questions(rules))
            {
                var kind = Check(rules.Module, question, isPartial: false, $"seed {seed}\n{text}", out var isListed);
                answered += kind is AnswerKind.Nothing or AnswerKind.Found ? 1 : 0;
                open += kind == AnswerKind.NotProved ? 1 : 0;
                sampled += isListed ? 0 : 1;
            }

            if (seed % 10 == 0)
            {
                foreach (var question in Questions(rules).Take(6))
                {
                    Check(rules.Module, question, isPartial: true, $"with missing facts, seed {seed}\n{text}", out _);
                }
            }
        }

        output.WriteLine($"{answered} answers, {open} not proved, {sampled} of them checked against a part of the list");
        Assert.True(open * 50 < answered, $"{open} of {answered + open} not proved");
    }

    /// <summary>Questions of every kind that the prover asks: a condition, its opposite, two together, a norm's statuses.</summary>
    private static IEnumerable<Question> Questions(ProofRules rules)
    {
        var nodes = rules.Module.Categories.Select(category => category.Node).Concat(rules.Nodes.Values).Distinct().Order().Take(8).ToList();
        foreach (var node in nodes)
        {
            yield return new Question([node], space => space.Must(node), evaluator => evaluator.NodeOf(node) == Truth.True);
            yield return new Question([node], space => space.Diagrams.Not(space.Can(node)), evaluator => evaluator.NodeOf(node) == Truth.False);
        }

        foreach (var claim in rules.Ruleset.Claims)
        {
            var (when, that) = (rules.Nodes[claim.When!], rules.Nodes[claim.That]);
            yield return new Question(
                [when, that],
                space => space.Diagrams.And(space.Must(when), space.Diagrams.Not(space.Can(that))),
                evaluator => evaluator.NodeOf(when) == Truth.True && evaluator.NodeOf(that) == Truth.False);
        }

        foreach (var norm in rules.Module.Norms)
        {
            foreach (var status in ProofSpace.Statuses(norm))
            {
                yield return new Question(
                    Cone.NodesOf(rules.Module, norm.Index), space => space.Exactly(norm.Index, status), evaluator => evaluator.OutcomeOf(norm.Index) == status);
            }
        }
    }

    private static AnswerKind Check(IrModule module, Question question, bool isPartial, string context, out bool isListed)
    {
        var space = ProofSpace.Of(module, question.Roots, isPartial);
        var size = space.Facts.Aggregate(1L, (product, fact) => product * SmallDomain.Records(module, [fact], isPartial).Count());
        var records = size <= MostRecords ? SmallDomain.Records(module, space.Facts, isPartial) : SmallDomain.Sample(module, space.Facts, isPartial, SampledRecords);
        var evaluator = new NaiveRecords(module);
        bool Shows(Assignment record)
        {
            evaluator.Evaluate(record);
            return question.Shows(evaluator);
        }

        var answer = space.Find(question.Of(space), record => Shows(isPartial ? record : WitnessFinder.Complete(space, record)));
        Assert.False(answer.Kind == AnswerKind.Nothing && records.Any(Shows), $"a record was missed: {context}");
        // A record that was found was asked of the interpreter; the list may be too short to hold it.
        if (answer.Kind == AnswerKind.Found)
        {
            var witness = new WitnessFinder(evaluator).Find(space, question.Of(space), question.Shows);
            Assert.True(witness.Kind == AnswerKind.Found && Shows(witness.Record), $"the witness does not show it: {context}");
        }

        isListed = size <= MostRecords;
        return answer.Kind;
    }

    private sealed record Question(IEnumerable<int> Roots, Func<ProofSpace, int> Of, Func<IRecordEvaluator, bool> Shows);
}
