using System.Collections.Immutable;

namespace CccRules.Runtime.Schema;

/// <summary>
/// The form for large rulesets: the class of a record's key (most often its HS code) picks the norms that can concern it, and
/// only those are computed, 63 at a time, by looking up what each column's cell means for them. For all other norms the outcome is
/// <c>not_applicable</c>.
/// </summary>
public sealed record CandidatePlan
{
    /// <summary>Batches are computed so; else only single records are.</summary>
    public required bool IsForBatches { get; init; }

    /// <summary>The key's position in <see cref="Columns"/>.</summary>
    public required int Key { get; init; }

    public required ImmutableArray<CandidateColumn> Columns { get; init; }

    public required ImmutableArray<CandidateLiteral> Literals { get; init; }

    /// <summary>The norms that the key picks; all others are computed in planes.</summary>
    public required ImmutableArray<CandidateNorm> Norms { get; init; }
}

/// <summary>
/// A column that tells candidates apart: the classes of a fact's or a value's column under its tests; or the truth of a logic node that
/// is computed in planes, as its only test.
/// </summary>
/// <param name="Tests">The tests; null for a logic node.</param>
/// <param name="Node">The logic node; -1 for tests.</param>
/// <param name="Plane">The plane that holds where the node is certain; the next holds where it is possible. -1 for tests.</param>
public sealed record CandidateColumn(ColumnTests? Tests, int Node, int Plane);

/// <summary>What one column says to a slot: for each part of a norm a condition on the column's tests, in postfix order.</summary>
/// <param name="Parts">
/// Applies, exempted, in force, fulfilled. Empty: no condition. Numbers from 0: the test; below: <see cref="Not"/>, <see cref="And"/>, <see cref="Or"/>.
/// </param>
public sealed record CandidateLiteral(int Column, ImmutableArray<ImmutableArray<int>> Parts)
{
    public const int Not = -1;
    public const int And = -2;
    public const int Or = -3;
}

/// <summary>A norm as alternatives: each of its parts holds where it holds in some slot.</summary>
/// <param name="IsOption">An option that says when it is taken: one that is not taken is available, not breached.</param>
public sealed record CandidateNorm(int Norm, bool IsOption, ImmutableArray<CandidateSlot> Slots);

/// <summary>An alternative: all its literals must hold.</summary>
/// <param name="Initial">
/// The four parts, two bits each (certain, possible), before any literal: 3 where the slot has an alternative of the part, 0 where not. A
/// norm that does not say what fulfils it has 1, "certain and not possible", as its fourth.
/// </param>
public sealed record CandidateSlot(byte Initial, ImmutableArray<int> Literals);
