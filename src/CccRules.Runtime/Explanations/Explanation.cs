using System.Collections.Immutable;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Explanations;

/// <summary>Why a norm has its outcome for a record. Holds data only: it outlives the evaluator and the ruleset.</summary>
/// <param name="Reasons">Applicability, exemptions, force and fulfilment, in the law's words, each with its truth.</param>
/// <param name="Exemptions">Exemptions that hold or can still hold.</param>
/// <param name="Missing">Facts that an open outcome still hangs on; empty for a settled one.</param>
/// <param name="AppliesFrom">Day (since 0001-01-01) from which the norm will be in force, or <see cref="Fact.Missing"/>.</param>
public sealed record Explanation(
    NormSchema Norm,
    Outcome Outcome,
    ImmutableArray<Reason> Reasons,
    ImmutableArray<PossibleExemption> Exemptions,
    ImmutableArray<FactSchema> Missing,
    long AppliesFrom);

/// <summary>A condition in the reader's words, its truth for the record, and the conditions it consists of.</summary>
public sealed record Reason(
    string Text,
    Truth Truth,
    ImmutableArray<CitationSchema> Citations,
    ImmutableArray<Reason> Parts)
{
    /// <summary>Qualified name of the definition that the text names; null where it is the condition itself.</summary>
    public string? Definition { get; init; }
}

/// <summary>An exemption that holds (<see cref="Truth.True"/>) or can hold (<see cref="Truth.Open"/>).</summary>
public sealed record PossibleExemption(ExemptionSchema Exemption, Truth Truth);
