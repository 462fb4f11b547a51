using BenchmarkDotNet.Attributes;
using CccRules.Runtime;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;

namespace CccRules.Benchmarks;

/// <summary>The shipped rulesets over one record and over a batch; the memory column shows that neither allocates.</summary>
[MemoryDiagnoser]
public class EvaluationBenchmarks
{
    private const int Rows = ColumnBatch.DefaultCapacity;
    private const int Records = 256;

    private readonly TextDictionary _texts = new();
    private Evaluator _evaluator = null!;
    private ColumnBatch _batch = null!;
    private long[][] _records = [];

    [GlobalSetup]
    public void Load()
    {
        var ruleset = ShippedRules.Load();
        var random = new Random(ShippedRules.Seed);
        _evaluator = new Evaluator(ruleset);
        _batch = ShippedRules.Batch(ruleset, Rows);
        _records = [.. Enumerable.Range(0, Records).Select(_ => ShippedRules.Record(ruleset, random))];
    }

    /// <summary>Every norm of one record.</summary>
    [Benchmark(OperationsPerInvoke = Records)]
    public Outcome Record()
    {
        var last = Outcome.Nothing;
        foreach (var record in _records)
        {
            _evaluator.Evaluate(record, _texts);
            last = _evaluator[0];
        }

        return last;
    }

    /// <summary>Outcomes of one record without reasons.</summary>
    [Benchmark(OperationsPerInvoke = Records)]
    public int RecordOutcomes()
    {
        var count = 0;
        foreach (var record in _records)
        {
            count += _evaluator.ClassifyRecord(record, _texts).Count;
        }

        return count;
    }

    /// <summary>Each row of a batch with the norms that concern it; the time is for one row.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public int BatchSparse() => _evaluator.ClassifySparse(_batch).Count;

    /// <summary>Every norm of each row of a batch; the time is for one row.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public byte Batch()
    {
        _evaluator.Classify(_batch);
        return _evaluator.Outcomes(0)[0];
    }
}
