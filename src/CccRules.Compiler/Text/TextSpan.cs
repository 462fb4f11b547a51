namespace CccRules.Compiler.Text;

/// <summary>A stretch of a text: where it starts and how long it is, in UTF-16 units.</summary>
public readonly record struct TextSpan
{
    /// <summary>A span of <paramref name="length"/> units from <paramref name="start"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the end exceeds an <see cref="int"/>.</exception>
    public TextSpan(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, int.MaxValue - start);
        Start = start;
        Length = length;
    }

    /// <summary>Index of the first unit.</summary>
    public int Start { get; }

    /// <summary>Number of units; 0 for a place between two units.</summary>
    public int Length { get; }

    /// <summary>Index after the last unit.</summary>
    public int End => Start + Length;

    /// <summary>Whether the span holds no unit.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The span from <paramref name="start"/> up to, and without, <paramref name="end"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative or after <paramref name="end"/>.</exception>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    /// <summary>Whether the unit at <paramref name="index"/> belongs to the span.</summary>
    public bool Contains(int index) => index >= Start && index < End;

    /// <summary>Whether <paramref name="other"/> lies wholly inside the span.</summary>
    public bool Contains(TextSpan other) => other.Start >= Start && other.End <= End;

    /// <summary>Whether the two spans share a unit.</summary>
    public bool OverlapsWith(TextSpan other) => Math.Max(Start, other.Start) < Math.Min(End, other.End);

    /// <summary>The bounds as <c>[start..end)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"[{Start}..{End})");
}
