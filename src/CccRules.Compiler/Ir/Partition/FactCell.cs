using System.Collections.Immutable;
using System.Numerics;

namespace CccRules.Compiler.Ir.Partition;

/// <summary>Values of a fact that no condition tells apart, with one of them to stand for all.</summary>
/// <param name="Value">
/// The value that stands for the others, as <see cref="Runtime.Facts.Fact"/> says; of no meaning where <see cref="Example"/> is given.
/// </param>
/// <param name="Text">The values in a reader's words: <c>from 2026-03-01 to 2027-02-28</c>, <c>sale</c>, <c>none</c>.</param>
internal sealed record FactCell(long Value, string Text)
{
    /// <summary>A text that stands for the others; null for facts that are no texts.</summary>
    public string? Example { get; init; }

    /// <summary>First and last number of a cell of a number, date or duration; empty for others.</summary>
    public ImmutableArray<BigInteger> Bounds { get; init; } = [];
}

/// <summary>What is known of the values that a fact is compared with, by position in <see cref="IrModule.Values"/>; null: not known.</summary>
internal sealed record KnownValues(Func<int, BigInteger?> Number, Func<int, string?> Text)
{
    /// <summary>Nothing but what the rules themselves say.</summary>
    public static KnownValues Nothing { get; } = new(_ => null, _ => null);
}
