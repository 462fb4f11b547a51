namespace CccRules.Runtime.Programs;

/// <summary>
/// The emitted part of a compiled ruleset: forms of the same conditions. Derived classes are generated;
/// they hold no state of an evaluation, so one instance serves any number of threads.
/// </summary>
public abstract class RuleProgram
{
    /// <summary>Computes every logic node, value and outcome of one record.</summary>
    public abstract void Evaluate(scoped in EvaluationFrame frame);

    /// <summary>Computes of one record only what <see cref="Schema.CandidatePlan"/> leaves over and what it looks at.</summary>
    public virtual void EvaluateRest(scoped in EvaluationFrame frame) => Evaluate(in frame);

    /// <summary>
    /// Computes the outcome of one norm of a record, and nothing that others need. Only where <see cref="Schema.ProgramTables.HasNormForm"/> says so.
    /// </summary>
    public virtual void EvaluateNorm(scoped in EvaluationFrame frame, int norm) => throw new NotSupportedException();

    /// <summary>Computes every norm's outcome for each row of a batch.</summary>
    public virtual void Classify(BatchFrame frame) => throw new NotSupportedException();
}
