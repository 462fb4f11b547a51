using CccRules.Compiler.Emit;
using CccRules.Compiler.Ir;
using CccRules.Runtime;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Kernels;

namespace CccRules.Tests.Engine;

public sealed class EngineAgreementTests
{
    private const int Modules = 16;
    private const int Records = 120;

    private static readonly int[] BatchSizes = [1, 7, 64, 1000];

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(2000)]
    public void All_forms_answer_as_the_naive_interpreter(int firstSeed)
    {
        var seeds = Enumerable.Range(firstSeed, Modules).ToList();
        var rulesets = RandomRulesets.Compile(seeds.Select(RandomModule.Create));
        for (var i = 0; i < rulesets.Count; i++)
        {
            var (module, ruleset) = rulesets[i];
            var records = new RandomRecords(module, seeds[i], Records);
            var naive = records.Naive.ConvertAll(record => new NaiveInterpreter(module, record));
            AssertRecordsAgree(seeds[i], module, ruleset, records, naive);
            foreach (var kernels in KernelCatalog.Supported)
            {
                AssertBatchesAgree(seeds[i], module, ruleset, records, naive, kernels);
            }
        }
    }

    [Fact]
    public void A_key_picks_norms_in_many_random_modules()
    {
        var choices = Enumerable.Range(0, Modules).Select(seed => BatchChoice.Of(RandomModule.Create(seed), BatchForm.Candidates)).ToList();
        Assert.True(choices.Count(choice => choice.Form == BatchForm.Candidates) > Modules / 2);
        Assert.Contains(choices, choice => choice.Roots.Norms.Length > 0 && choice.Form == BatchForm.Candidates);
        Assert.Contains(choices, choice => choice.Candidates.Columns.Nodes(choice.Candidates.UsedColumns).Any());
    }

    private static void AssertRecordsAgree(
        int seed, IrModule module, Ruleset ruleset, RandomRecords records, List<NaiveInterpreter> naive)
    {
        var evaluator = new Evaluator(ruleset);
        for (var record = 0; record < naive.Count; record++)
        {
            evaluator.Evaluate(records.Facts[record], records.Texts);
            for (var node = 0; node < module.Logic.Length; node++)
            {
                var expected = naive[record].Logic(node);
                if (TruthOf(expected) != evaluator.NodeOf(node))
                {
                    Assert.Fail($"Seed {seed}, record {record}: node {node} is {evaluator.NodeOf(node)} and should be {expected}.\n{IrPrinter.Print(module)}");
                }
            }

            var alone = SparseRows.ToColumns(evaluator.ClassifyRecord(records.Facts[record], records.Texts), module.Norms.Length);
            for (var norm = 0; norm < module.Norms.Length; norm++)
            {
                if (naive[record].OutcomeOf(norm) != evaluator[norm])
                {
                    Assert.Fail($"Seed {seed}, record {record}, norm {norm}");
                }

                if ((byte)naive[record].OutcomeOf(norm) != alone[norm][0])
                {
                    Assert.Fail($"Seed {seed}, record {record}, norm {norm} alone is {alone[norm][0]} and should be {naive[record].OutcomeOf(norm)}\n{IrPrinter.Print(module)}");
                }
            }
        }
    }

    private static void AssertBatchesAgree(
        int seed, IrModule module, Ruleset ruleset, RandomRecords records, List<NaiveInterpreter> naive, KernelSet kernels)
    {
        var random = new Random(seed);
        var evaluator = new Evaluator(ruleset, kernels);
        foreach (var size in BatchSizes)
        {
            var batch = new ColumnBatch(module.Facts, size);
            for (var round = 0; round < 2; round++)
            {
                var positions = Enumerable.Range(0, size).Select(_ => random.Next(naive.Count)).ToArray();
                records.Fill(batch, positions);
                evaluator.Classify(batch);
                for (var norm = 0; norm < module.Norms.Length; norm++)
                {
                    var outcomes = evaluator.Outcomes(norm);
                    var outcomesOf = naive.ConvertAll(interpreter => interpreter.OutcomeOf(norm));
                    Assert.Equal(size, outcomes.Length);
                    for (var row = 0; row < size; row++)
                    {
                        var expected = (byte)outcomesOf[positions[row]];
                        if (expected != outcomes[row])
                        {
                            Assert.Fail($"Seed {seed}, {kernels.Name}, batch of {size}, record {positions[row]}: norm {norm} is {outcomes[row]} and should be {expected}.\n{IrPrinter.Print(module)}");
                        }
                    }
                }

                var columns = SparseRows.ToColumns(evaluator.ClassifySparse(batch), module.Norms.Length);
                for (var norm = 0; norm < module.Norms.Length; norm++)
                {
                    for (var row = 0; row < size; row++)
                    {
                        var expected = (byte)naive[positions[row]].OutcomeOf(norm);
                        if (expected != columns[norm][row])
                        {
                            Assert.Fail($"Seed {seed}, {kernels.Name}, sparse batch of {size}, record {positions[row]}: norm {norm} is {columns[norm][row]} and should be {expected}.\n{IrPrinter.Print(module)}");
                        }
                    }
                }

                for (var category = 0; category < module.Categories.Length; category++)
                {
                    for (var row = 0; row < size; row++)
                    {
                        var expected = TruthOf(naive[positions[row]].Logic(module.Categories[category].Node));
                        if (expected != evaluator.CategoryOf(category, row))
                        {
                            Assert.Fail($"Seed {seed}, {kernels.Name}, category {category}");
                        }
                    }
                }
            }
        }
    }

    private static Truth TruthOf(NaiveTruth truth) => truth switch
    {
        { CanBeTrue: true, CanBeFalse: true } => Truth.Open,
        { CanBeTrue: true } => Truth.True,
        _ => Truth.False,
    };
}
