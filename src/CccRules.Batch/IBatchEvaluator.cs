using CccRules.Runtime;
using CccRules.Runtime.Explanations;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Batch;

/// <summary>What a batch run needs of an engine. One instance serves one thread; a factory makes one for each.</summary>
public interface IBatchEvaluator
{
    /// <summary>The ruleset's facts and norms; the same for every instance of one run.</summary>
    RulesetManifest Manifest { get; }

    /// <summary>Computes every norm for each row of the batch's columns, after what follows from the rows' lists. What was asked of an earlier batch is void from then on.</summary>
    void Classify(RecordBatch batch);

    /// <summary>Outcomes of a norm, one byte a row of the batch last classified: a set of statuses.</summary>
    ReadOnlySpan<byte> Outcomes(int norm);

    /// <summary>Adds the indices of the facts that a norm's outcome in a row of the columns last classified still hangs on.</summary>
    void Missing(int row, int norm, ICollection<int> facts);

    /// <summary>The HS codes that can concern some norms; for runs that read no more than they must.</summary>
    /// <param name="norms">The norms, as positions in the ruleset's norms.</param>
    /// <param name="known">What is the same in every record; one number a fact, as <see cref="Fact"/> says, and missing for the others.</param>
    ConcernedCodes ConcernedCodes(IReadOnlyList<int> norms, ReadOnlySpan<long> known);

    /// <summary>When a deadline is due in a row of the columns last classified; missing throughout for other norms.</summary>
    DueDates DueOf(int norm, int row);

    /// <summary>Why a norm has its outcome in a row of the columns last classified.</summary>
    Explanation Explain(int row, int norm);
}
