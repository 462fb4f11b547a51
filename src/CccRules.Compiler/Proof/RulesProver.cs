using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Compiler.Proof;

/// <summary>
/// Asks of rules everything that a sound ruleset answers with no: on one screen, in the order of the report. Each question
/// is put to the smallest space that knows its conditions.
/// </summary>
internal static class RulesProver
{
    /// <summary>The cheap part: conditions that never or always hold, and guards that are never reached.</summary>
    public static ImmutableArray<Diagnostic> ProveConditions(ProofRules rules, IRecordEvaluator evaluator, CancellationToken cancellation)
    {
        var context = new ProofContext(rules, evaluator, cancellation);
        var conditions = new ConditionProofs(context);
        foreach (var declaration in rules.Ruleset.Declarations)
        {
            context.CheckCancellation();
            conditions.Check(declaration);
        }

        return [.. context.Findings.Select(finding => finding.Diagnostic).Order(Diagnostic.Order)];
    }

    /// <summary>Looks for findings; claims are answered by <see cref="Answer"/>.</summary>
    /// <param name="evaluator">Evaluates records of the module that is proved.</param>
    public static ProofReport Prove(ProofRules rules, IRecordEvaluator evaluator, CancellationToken cancellation)
    {
        var context = new ProofContext(rules, evaluator, cancellation);
        var conditions = new ConditionProofs(context);
        var norms = new NormProofs(context);
        foreach (var declaration in rules.Ruleset.Declarations)
        {
            context.CheckCancellation();
            conditions.Check(declaration);
            if (declaration is BoundNorm norm)
            {
                norms.Check(norm);
            }
            else if (declaration is BoundDeadline deadline)
            {
                norms.Check(deadline);
            }
        }

        new CategoryProofs(context).Check();
        new ConflictProofs(context).Check();
        new QuestionProofs(context).Check();
        return Report(context, []);
    }

    /// <summary>Answers the claims.</summary>
    public static ProofReport Answer(ProofRules rules, IRecordEvaluator evaluator, CancellationToken cancellation)
    {
        var context = new ProofContext(rules, evaluator, cancellation);
        var claims = new ClaimProofs(context);
        return Report(context, [.. rules.Ruleset.Claims.Select(claims.Answer)]);
    }

    private static ProofReport Report(ProofContext context, ImmutableArray<ClaimAnswer> answers) => new(
        [.. context.Findings.DistinctBy(finding => (finding.Diagnostic.Id, finding.Diagnostic.Location, finding.Diagnostic.Message)).OrderBy(finding => finding.Diagnostic, Diagnostic.Order)],
        answers,
        [.. context.Counts],
        [.. context.NotProved]);
}
