using System.Numerics;

namespace CccRules.Compiler.Analysis;

/// <summary>
/// A value as a point of its type's order: a number (as in a record; HS codes count as 13-digit codes), or a text, by its
/// UTF-16 code units. Points of the two kinds are never compared with each other.
/// </summary>
internal readonly record struct FactPoint(BigInteger Number, string? Text = null) : IComparable<FactPoint>
{
    public static FactPoint Of(BigInteger number) => new(number);

    public static FactPoint Of(string text) => new(BigInteger.Zero, text);

    /// <summary>The smallest point above: no text lies between one and the same with a zero behind it.</summary>
    public FactPoint Next => Text is null ? new(Number + 1) : new(Number, Text + "\0");

    public int CompareTo(FactPoint other) => Text is null ? Number.CompareTo(other.Number) : string.CompareOrdinal(Text, other.Text);
}
