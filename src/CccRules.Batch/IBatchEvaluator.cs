using CccRules.Runtime;
using CccRules.Runtime.Explanations;
using CccRules.Runtime.Schema;

namespace CccRules.Batch;

/// <summary>What a batch run needs of an engine. One instance serves one thread; a factory makes one for each.</summary>
public interface IBatchEvaluator
{
    /// <summary>The ruleset's facts and norms; the same for every instance of one run.</summary>
    RulesetManifest Manifest { get; }

    /// <summary>Computes every norm for each row, after what follows from the rows' lists. What was asked of an earlier batch is void from then on.</summary>
    void Classify(RecordBatch batch);

    /// <summary>Outcomes of a norm, one byte a row of the batch last classified: a set of statuses.</summary>
    ReadOnlySpan<byte> Outcomes(int norm);

    /// <summary>Adds the indices of the facts that a norm's outcome in a row of the batch last classified still hangs on.</summary>
    void Missing(int row, int norm, ICollection<int> facts);

    /// <summary>When a deadline is due in a row of the batch last classified; missing throughout for other norms.</summary>
    DueDates DueOf(int norm, int row);

    /// <summary>Why a norm has its outcome in a row of the batch last classified.</summary>
    Explanation Explain(int row, int norm);
}
