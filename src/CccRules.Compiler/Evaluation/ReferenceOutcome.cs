using System.Collections.Immutable;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Programs;

namespace CccRules.Compiler.Evaluation;

/// <summary>What a norm means for one record, with the four conditions that decide it.</summary>
internal sealed record ReferenceOutcome
{
    public required NormSymbol Norm { get; init; }

    /// <summary>The possible statuses.</summary>
    public required Outcome Statuses { get; init; }

    /// <summary>The facts that the outcome still hangs on; empty where it is settled.</summary>
    public required ImmutableHashSet<MissingFact> Missing { get; init; }

    /// <summary>The day from which a norm judged by the evaluation date will be in force; null: none is known.</summary>
    public required long? AppliesFrom { get; init; }

    /// <summary><c>when</c> and not <c>unless</c>.</summary>
    public required ReferenceCondition Applies { get; init; }

    /// <summary>An exemption holds.</summary>
    public required ReferenceCondition Exempted { get; init; }

    public required ReferenceCondition InForce { get; init; }

    /// <summary>Null where the norm does not say.</summary>
    public required ReferenceCondition? Fulfilled { get; init; }

    /// <summary>Whether each exemption holds and is in force on the norm's date, in the order of the norm's exemptions.</summary>
    public required ImmutableArray<(ExemptionSymbol Exemption, ReferenceCondition Holds)> Exemptions { get; init; }
}
