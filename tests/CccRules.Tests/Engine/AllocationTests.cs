using CccRules.Compiler.Emit;
using CccRules.Compiler.Ir;
using CccRules.Runtime;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Kernels;
using CccRules.Tests.Promises;

namespace CccRules.Tests.Engine;

public sealed class AllocationTests
{
    [Fact]
    public void Evaluating_records_and_asking_what_is_missing_allocates_nothing_once_warm()
    {
        var (evaluator, records, _) = Prepare(KernelCatalog.Best);
        var missing = new FactSet(evaluator.Ruleset.Manifest.Facts.Length);
        void Run()
        {
            for (var i = 0; i < records.Facts.Count; i++)
            {
                evaluator.Evaluate(records.Facts[i], records.Texts);
                evaluator.ClassifyRecord(records.Facts[i], records.Texts);
                for (var norm = 0; norm < evaluator.Ruleset.Manifest.Norms.Length; norm++)
                {
                    missing.Clear();
                    evaluator.Missing(norm, missing);
                    evaluator.AppliesFrom(norm);
                }
            }
        }

        Assert.Equal(0, BytesOfLaterRuns(Run));
    }

    [Fact]
    public void Classifying_batches_allocates_nothing_once_warm()
    {
        foreach (var (kernels, form) in from kernels in KernelCatalog.Supported from form in Enum.GetValues<BatchForm>() select (kernels, form))
        {
            var (evaluator, records, module) = Prepare(kernels, form);
            var batch = new ColumnBatch(module.Facts, 1000);
            var order = Enumerable.Range(0, 1000).Select(i => i % records.Facts.Count).ToArray();
            records.Fill(batch, order);

            Assert.Equal(0, BytesOfLaterRuns(() => evaluator.Classify(batch)));
            Assert.Equal(0, BytesOfLaterRuns(() => evaluator.ClassifySparse(batch)));
        }
    }

    private static long BytesOfLaterRuns(Action run)
    {
        // Regular expressions build their automata while they see new texts; the tests' own texts are all seen in the first runs.
        for (var i = 0; i < 5; i++)
        {
            run();
        }

        return AllocatedBytes.OfRuns(5, run);
    }

    private static (Evaluator Evaluator, RandomRecords Records, IrModule Module) Prepare(KernelSet kernels, BatchForm form = BatchForm.Planes)
    {
        // A module with values, texts, sums and guards.
        var module = RandomModule.Create(10);
        var evaluator = new Evaluator(RulesetLoader.Load(CSharpEmitter.Emit(module, batchForm: form)), kernels);
        return (evaluator, new RandomRecords(module, 1, 100), module);
    }
}
