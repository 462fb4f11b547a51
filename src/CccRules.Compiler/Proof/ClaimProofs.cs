using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Proof;

/// <summary>
/// Claims: first over records whose facts are all known, then over all records. A claim that holds for known facts can be
/// open where facts are missing, for Kleene's logic does not see that one of two cases must hold.
/// </summary>
internal sealed class ClaimProofs(ProofContext context)
{
    private const string What = "claims";

    public ClaimAnswer Answer(BoundClaim claim)
    {
        context.CheckCancellation();
        var answer = Find(claim);
        context.Count(What, answer.Status == ClaimStatus.Refuted ? 1 : 0, answer.Status == ClaimStatus.NotProved ? 1 : 0);
        return answer;
    }

    private ClaimAnswer Find(BoundClaim claim)
    {
        try
        {
            return Complete(claim);
        }
        catch (ProofLimitException)
        {
            return new ClaimAnswer(claim, ClaimStatus.NotProved, ModelFinder.Limit, null);
        }
    }

    private ClaimAnswer Complete(BoundClaim claim)
    {
        var that = context.Rules.Nodes[claim.That];
        var when = claim.When is null ? -1 : context.Rules.Nodes[claim.When];
        var space = ProofSpace.Of(context.Module, Roots(when, that));
        var meets = when < 0 ? Diagrams.True : space.Must(when);
        var answer = context.Witnesses.Find(
            space,
            space.Diagrams.And(meets, space.Diagrams.Not(space.Can(that))),
            evaluator => (when < 0 || ProofContext.Holds(evaluator, when)) && evaluator.NodeOf(that) == Truth.False);
        switch (answer.Kind)
        {
            case AnswerKind.Found:
                var witness = context.Witness($"refutes: {claim.Claim.Name}", answer.Record, Norms(claim), Categories(claim));
                return new ClaimAnswer(claim, ClaimStatus.Refuted, null, witness);
            case AnswerKind.NotProved:
                return new ClaimAnswer(claim, ClaimStatus.NotProved, answer.Reason, null);
            default:
                var isEmpty = space.Find(meets, _ => true).Kind == AnswerKind.Nothing;
                return new ClaimAnswer(claim, IsCertain(when, that) ? ClaimStatus.ProvedForAllRecords : ClaimStatus.Proved, null, null, isEmpty);
        }
    }

    /// <summary>Wherever the claim's condition is certain, so is what it claims.</summary>
    private bool IsCertain(int when, int that)
    {
        try
        {
            var space = ProofSpace.Of(context.Module, Roots(when, that), isPartial: true);
            var question = space.Diagrams.And(when < 0 ? Diagrams.True : space.Must(when), space.Diagrams.Not(space.Must(that)));
            return space.Find(question, _ => true).Kind == AnswerKind.Nothing;
        }
        catch (ProofLimitException)
        {
            return false;
        }
    }

    private static IEnumerable<int> Roots(int when, int that) => when < 0 ? [that] : [when, that];

    private static IEnumerable<NormSymbol> Norms(BoundClaim claim) => Parts(claim).OfType<BoundStatusTest>().Select(test => test.Norm);

    private static IEnumerable<CategorySymbol> Categories(BoundClaim claim) => Parts(claim).OfType<BoundCategoryReference>().Select(reference => reference.Category);

    private static IEnumerable<BoundExpression> Parts(BoundClaim claim)
    {
        var stack = new Stack<BoundExpression>(claim.When is { } when ? [claim.That, when] : [claim.That]);
        while (stack.TryPop(out var part))
        {
            yield return part;
            foreach (var inner in BoundTree.Parts(part))
            {
                stack.Push(inner);
            }
        }
    }
}
