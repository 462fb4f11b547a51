using CccRules.Batch;
using CccRules.Batch.Lists;
using CccRules.Runtime;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Explanations;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Classification;

/// <summary>A compiled ruleset as the engine of a batch run.</summary>
internal sealed class RulesetBatchEvaluator(Ruleset ruleset) : IBatchEvaluator
{
    private readonly Evaluator _evaluator = new(ruleset);
    private readonly FactDeriver _lists = new(ruleset);
    private readonly FactSet _missing = new(ruleset.Manifest.Facts.Length);
    private ColumnBatch? _batch;
    private int _row = -1;

    public RulesetManifest Manifest => ruleset.Manifest;

    public void Classify(RecordBatch batch)
    {
        _lists.Derive(batch);
        _evaluator.Classify(batch.Columns);
        _batch = batch.Columns;
        _row = -1;
    }

    public ReadOnlySpan<byte> Outcomes(int norm) => _evaluator.Outcomes(norm);

    /// <summary>Only an open row is evaluated again by itself, once for all its norms.</summary>
    public void Missing(int row, int norm, ICollection<int> facts)
    {
        Evaluate(row);
        _missing.Clear();
        _evaluator.Missing(norm, _missing);
        foreach (var fact in _missing)
        {
            facts.Add(fact);
        }
    }

    public ConcernedCodes ConcernedCodes(IReadOnlyList<int> norms, ReadOnlySpan<long> known) => new(ruleset, norms, known);

    public DueDates DueOf(int norm, int row) => _evaluator.DueOf(norm, row);

    public Explanation Explain(int row, int norm)
    {
        Evaluate(row);
        return _evaluator.Explain(norm);
    }

    private void Evaluate(int row)
    {
        if (row != _row)
        {
            _evaluator.EvaluateRow(_batch ?? throw new InvalidOperationException("No batch was classified."), row);
            _row = row;
        }
    }
}
