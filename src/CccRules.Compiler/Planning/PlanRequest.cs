using System.Collections.Immutable;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Planning;

/// <summary>
/// What is to be planned. Days are counted since 0001-01-01 and lie in the years 1 to 9999. Either <see cref="ReadyBy"/> or
/// <see cref="Start"/> is given.
/// </summary>
public sealed record PlanRequest
{
    /// <summary>The processes; what they come after is planned with them.</summary>
    public required ImmutableArray<ProcessSymbol> Processes { get; init; }

    /// <summary>The day on which all of them have to be over: the plan is made backwards.</summary>
    public long? ReadyBy { get; init; }

    /// <summary>The day on which they begin: the plan is made forwards.</summary>
    public long? Start { get; init; }

    /// <summary>The first day on which anything can still begin; only with <see cref="ReadyBy"/>. Null: any.</summary>
    public long? Today { get; init; }

    /// <summary>Lengths that are known better than the rules know them.</summary>
    public ImmutableDictionary<StepSymbol, (StepLength Shortest, StepLength Longest)> Lengths { get; init; } =
        ImmutableDictionary<StepSymbol, (StepLength, StepLength)>.Empty;
}
