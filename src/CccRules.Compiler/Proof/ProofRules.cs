using CccRules.Compiler.Binding;
using CccRules.Compiler.Ir;

namespace CccRules.Compiler.Proof;

/// <summary>Rules as a proof needs them: what is proved, and what to call it.</summary>
/// <param name="Nodes">The logic node of each condition.</param>
/// <param name="Windows">The logic node of each window on a norm's date.</param>
internal sealed record ProofRules(
    BoundRuleset Ruleset,
    IrModule Module,
    IReadOnlyDictionary<BoundExpression, int> Nodes,
    IReadOnlyDictionary<(BoundWindow Window, int Day), int> Windows)
{
    /// <summary>Obligations and options.</summary>
    public IEnumerable<BoundNorm> Norms => Ruleset.Declarations.OfType<BoundNorm>();

    /// <summary>The conditions of claims, which no declaration uses.</summary>
    public static IEnumerable<BoundExpression> ConditionsOf(BoundRuleset ruleset) =>
        ruleset.Claims.SelectMany(claim => claim.When is { } when ? new[] { when, claim.That } : [claim.That]);
}
