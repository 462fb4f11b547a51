using System.Collections.Immutable;
using System.Numerics;

namespace CccRules.Compiler.Proof;

/// <summary>What kind of values a cell holds.</summary>
internal enum ProofCellKind : byte
{
    Value,
    None,

    /// <summary>The fact is not known.</summary>
    Missing,

    /// <summary>An HS code with too few digits for some condition.</summary>
    CoarseCode,
}

/// <summary>
/// Values of a fact that no condition of a proof tells apart. Unlike the cells that are told to readers these are exact:
/// every cut point of every condition is among their bounds.
/// </summary>
/// <param name="Value">A number that stands for the cell, as <see cref="Runtime.Facts.Fact"/> says.</param>
internal sealed record ProofCell(ProofCellKind Kind, long Value)
{
    /// <summary>First and last number in turn: one pair for an interval, several for classes of HS codes (13 digits); empty for others.</summary>
    public ImmutableArray<BigInteger> Bounds { get; init; } = [];

    /// <summary>The text, for text facts.</summary>
    public string? Text { get; init; }

    /// <summary>The cell holds more than one value and has no bounds: all other texts, all other countries.</summary>
    public bool IsRest { get; init; }

    public bool IsSingle => Kind == ProofCellKind.Value && !IsRest && (Bounds.IsEmpty || (Bounds.Length == 2 && Bounds[0] == Bounds[1]));
}

/// <summary>What a variable of a diagram stands for.</summary>
internal abstract record ProofVariable;

/// <summary>Which cell a fact lies in.</summary>
internal sealed record FactVariable(int Fact, ImmutableArray<ProofCell> Cells) : ProofVariable;

/// <summary>A set of members is not known (0), none (1), or there (2).</summary>
internal sealed record SetVariable(int Fact, bool CanBeMissing, bool CanBeNone) : ProofVariable;

/// <summary>A set of members has some of a group of members that the rules always name together (1), or none of them (0).</summary>
internal sealed record MembersVariable(int Fact, long Mask) : ProofVariable;

/// <summary>A sum of multiples of facts is at most a bound (1), or more (0).</summary>
internal sealed record SumVariable(LinearBound Bound) : ProofVariable;

/// <summary>Two facts have one value (1), or not (0); of use only where both lie in the rest of their values.</summary>
internal sealed record SameVariable(int Left, int Right) : ProofVariable;

/// <summary>A condition that the proof does not look into: true (1) or false (0).</summary>
/// <param name="Reason">Why not, in a reader's words.</param>
internal sealed record OpaqueVariable(string Reason) : ProofVariable;
