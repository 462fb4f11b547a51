using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Compiler.Proof;

/// <summary>A record that shows something, and the scenario that says so.</summary>
internal sealed record Witness(Assignment Record, string Scenario);

/// <summary>Something that a sound ruleset does not have, or that its author may want to know.</summary>
internal sealed record ProofFinding(Diagnostic Diagnostic, Witness? Witness);

/// <summary>What became of a claim.</summary>
internal enum ClaimStatus : byte
{
    /// <summary>It holds for every record whose facts are all known.</summary>
    Proved,

    /// <summary>It holds for every record, and is certain there however much is missing.</summary>
    ProvedForAllRecords,

    Refuted,
    NotProved,
}

/// <summary>A claim with its answer.</summary>
/// <param name="IsEmpty">No record meets its <c>when</c>, so that it says nothing.</param>
internal sealed record ClaimAnswer(BoundClaim Claim, ClaimStatus Status, string? Reason, Witness? Witness, bool IsEmpty = false);

/// <summary>What was asked of the rules without finding anything.</summary>
/// <param name="What">Such as <c>conditions that never or always hold</c>.</param>
/// <param name="Asked">How many were asked.</param>
/// <param name="Found">How many came to a finding.</param>
/// <param name="NotProved">How many were not answered.</param>
internal sealed record ProofCount(string What, int Asked, int Found, int NotProved);

/// <summary>Everything that a proof of rules came to.</summary>
internal sealed record ProofReport(
    ImmutableArray<ProofFinding> Findings,
    ImmutableArray<ClaimAnswer> Claims,
    ImmutableArray<ProofCount> Counts,
    ImmutableArray<string> NotProved)
{
    /// <summary>Both as one.</summary>
    public ProofReport With(ProofReport other) => new(
        [.. Findings, .. other.Findings],
        [.. Claims, .. other.Claims],
        [.. Counts.Concat(other.Counts).OrderBy(count => count.What, StringComparer.Ordinal)],
        [.. NotProved, .. other.NotProved]);
}
