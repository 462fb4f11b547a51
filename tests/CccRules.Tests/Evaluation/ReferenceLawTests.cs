using CccRules.Compiler.Evaluation;
using CccRules.Runtime.Programs;
using static CccRules.Tests.Evaluation.BoundTrees;

namespace CccRules.Tests.Evaluation;

/// <summary>What holds for every ruleset and record, tried on random small ones.</summary>
public sealed class ReferenceLawTests
{
    private const int Rulesets = 300;

    [Fact]
    public void Learning_a_fact_only_narrows_answers_and_only_those_that_list_it_as_missing()
    {
        var (narrowed, unchanged) = (0, 0);
        for (var seed = 0; seed < Rulesets; seed++)
        {
            var ruleset = new RandomBoundRuleset(seed);
            var record = ruleset.RandomRecord();
            var before = ruleset.Evaluate(record);
            foreach (var (fact, learnt) in ruleset.Learn(record))
            {
                var after = ruleset.Evaluate(learnt);
                foreach (var (norm, outcome) in before.Outcomes)
                {
                    AssertNarrows(outcome, after.Outcomes[norm], fact, $"seed {seed}, learning {fact}");
                    narrowed += after.Outcomes[norm].Statuses != outcome.Statuses ? 1 : 0;
                    unchanged += outcome.Missing.IsEmpty || outcome.Missing.Contains(fact) ? 0 : 1;
                }

                foreach (var (category, truth) in before.Categories)
                {
                    var now = after.Categories[category];
                    Assert.True((truth.CanBeTrue || !now.CanBeTrue) && (truth.CanBeFalse || !now.CanBeFalse), $"seed {seed}: {truth} became {now}");
                }
            }
        }

        // Dull rulesets would show nothing.
        Assert.True(narrowed > 500 && unchanged > 500, $"{narrowed} answers narrowed, {unchanged} open ones did not depend on the fact");
    }

    [Fact]
    public void An_answer_is_open_exactly_where_facts_are_missing()
    {
        for (var seed = 0; seed < Rulesets; seed++)
        {
            var ruleset = new RandomBoundRuleset(seed);
            Assert.All(ruleset.Evaluate(ruleset.RandomRecord()).Outcomes.Values, outcome => Assert.Equal(outcome.Statuses.IsSettled(), outcome.Missing.IsEmpty));
            Assert.All(ruleset.Evaluate(ruleset.FullRecord()).Outcomes.Values, outcome => Assert.True(outcome.Statuses.IsSettled()));
        }
    }

    private static void AssertNarrows(ReferenceOutcome before, ReferenceOutcome after, MissingFact learnt, string where)
    {
        Assert.True(after.Statuses != 0, $"{where}: no status is left");
        Assert.True((after.Statuses & ~before.Statuses) == 0, $"{where}: {before.Statuses} became {after.Statuses}");
        Assert.True(after.Missing.IsSubsetOf(before.Missing), $"{where}: missing {Names(before.Missing)} became {Names(after.Missing)}");
        Assert.True(before.Missing.Contains(learnt) || after.Statuses == before.Statuses, $"{where}: it was not listed as missing");
    }
}
