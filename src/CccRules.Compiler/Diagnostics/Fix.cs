using System.Collections.Immutable;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Diagnostics;

/// <summary>Whether a fix may be applied without asking its author.</summary>
public enum Applicability
{
    /// <summary>It cannot change an outcome: layout, the case of a keyword.</summary>
    Safe,

    /// <summary>It can change an outcome; somebody who knows the law must look at it.</summary>
    Review,
}

/// <summary>Replaces the text at a place; an empty span inserts, an empty text deletes.</summary>
/// <param name="Location">What goes.</param>
/// <param name="NewText">What comes.</param>
public sealed record TextEdit(TextLocation Location, string NewText);

/// <summary>A way out of a diagnostic.</summary>
/// <param name="Help">What to do, as a statement; lower case, no final stop.</param>
/// <param name="Edits">Edits that do it, none of which overlap; empty where only a person can.</param>
/// <param name="Applicability">Whether the edits may be applied without asking.</param>
public sealed record Fix(string Help, ImmutableArray<TextEdit> Edits, Applicability Applicability = Applicability.Review)
{
    /// <summary>Advice without an edit.</summary>
    public Fix(string help)
        : this(help, [])
    {
    }

    /// <summary>Edits that do it; empty where only a person can.</summary>
    public ImmutableArray<TextEdit> Edits { get; init => field = value.IsDefault ? [] : value; } =
        Edits.IsDefault ? [] : Edits;

    /// <inheritdoc/>
    public bool Equals(Fix? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Help == other.Help
            && Applicability == other.Applicability
            && Edits.AsSpan().SequenceEqual(other.Edits.AsSpan()));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Help, Applicability, Edits.Length);
}
