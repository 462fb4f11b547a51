using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sources;
using CccRules.Compare.Workload;
using CccRules.Runtime;
using CccRules.Runtime.Explanations;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Compare.Files;

/// <summary>A file of records through the batch classifier to the outcomes of every obligation, which are summed and not written.</summary>
internal static class CsvJob
{
    /// <summary>Runs it.</summary>
    /// <param name="isLazy">Reads records that no rule can concern in part.</param>
    /// <returns>By norm, sums of the outcomes with weights that tell records apart.</returns>
    public static ulong[] Run(InputBytes bytes, Ruleset ruleset, int threads, bool isLazy = false)
    {
        using var source = CsvSource.Open(bytes);
        var options = new BatchOptions
        {
            AsOf = EvaluationDate.On(RuleSet.EvaluationDate),
            Keep = KeptColumns.Named(["hs_code"]),
            Missing = MissingFacts.None,
            Threads = threads,
            Lazy = isLazy,
        };
        var layout = RecordLayout.Create(source, ruleset.Manifest, options);
        using var sink = new SumSink(ruleset.Manifest.Norms.Length);
        new BatchClassifier(layout, () => new Engine(ruleset), options).Run(source, sink);
        return sink.Sums;
    }

    private sealed class SumSink(int norms) : IRecordSink
    {
        private long _rows;

        public ulong[] Sums { get; } = new ulong[norms];

        public bool CanResume => false;

        public void Start(long? mark)
        {
        }

        public long Checkpoint() => throw new NotSupportedException();

        public void Keep()
        {
        }

        public void Prepare(ClassifiedBatch batch)
        {
        }

        public void Write(ClassifiedBatch batch)
        {
            // One row in 64 stands for the rest, so that summing costs little beside the work.
            for (var row = (int)(-_rows & 63); row < batch.Records.Count; row += 64)
            {
                var weight = (ulong)(1 + ((_rows + row) % 1021));
                for (var norm = 0; norm < Sums.Length; norm++)
                {
                    Sums[norm] += batch.Outcomes(norm)[row] * weight;
                }
            }

            _rows += batch.Records.Count;
        }

        public void Complete()
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class Engine(Ruleset ruleset) : IBatchEvaluator
    {
        private readonly Evaluator _evaluator = new(ruleset);

        public RulesetManifest Manifest => ruleset.Manifest;

        public void Classify(RecordBatch batch) => _evaluator.Classify(batch.Columns);

        public ReadOnlySpan<byte> Outcomes(int norm) => _evaluator.Outcomes(norm);

        public void Missing(int row, int norm, ICollection<int> facts)
        {
        }

        public ConcernedCodes ConcernedCodes(IReadOnlyList<int> norms, ReadOnlySpan<long> known) => new(ruleset, norms, known);

        public DueDates DueOf(int norm, int row) => throw new NotSupportedException();

        public Explanation Explain(int row, int norm) => throw new NotSupportedException();
    }
}
