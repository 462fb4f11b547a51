using System.Collections.Immutable;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Diagnostics;

/// <summary>A further place that a diagnostic speaks of.</summary>
/// <param name="Location">The place.</param>
/// <param name="Text">What is there; lower case, no final stop.</param>
public sealed record DiagnosticLabel(TextLocation Location, string Text)
{
    /// <summary>The law that the text at this place states, such as <c>the directive, art. 2</c>.</summary>
    public string? Citation { get; init; }
}

/// <summary>One finding about a text. Two are equal if all their parts are.</summary>
/// <param name="Descriptor">Number, name and severity.</param>
/// <param name="Location">The smallest place that still shows what is wrong.</param>
/// <param name="Message">What is wrong, in one line that stands alone; lower case, no final stop.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, TextLocation Location, string Message)
{
    /// <summary>The number, such as <c>CCC2001</c>.</summary>
    public string Id => Descriptor.Id;

    /// <summary>How much it weighs.</summary>
    public DiagnosticSeverity Severity => Descriptor.Severity;

    /// <summary>What the text at <see cref="Location"/> is.</summary>
    public string? Label { get; init; }

    /// <summary>The law that the text at <see cref="Location"/> states, such as <c>the directive, art. 2</c>.</summary>
    public string? Citation { get; init; }

    /// <summary>Further places, in the order in which they are shown.</summary>
    public ImmutableArray<DiagnosticLabel> Labels { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Facts: the other definition, the period, an example.</summary>
    public ImmutableArray<string> Notes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Ways out, the best first.</summary>
    public ImmutableArray<Fix> Fixes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The order in which diagnostics are listed: by path, start, length, number, then message.</summary>
    public static IComparer<Diagnostic> Order { get; } = Comparer<Diagnostic>.Create(Compare);

    /// <inheritdoc/>
    public bool Equals(Diagnostic? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Descriptor == other.Descriptor
            && Location == other.Location
            && Message == other.Message
            && Label == other.Label
            && Citation == other.Citation
            && Labels.AsSpan().SequenceEqual(other.Labels.AsSpan())
            && Notes.AsSpan().SequenceEqual(other.Notes.AsSpan())
            && Fixes.AsSpan().SequenceEqual(other.Fixes.AsSpan()));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Descriptor.Id, Location, Message);

    /// <summary>One line: <c>path:line:column: severity[id]: message</c>.</summary>
    public override string ToString() => $"{Location}: {Severity.ToWord()}[{Id}]: {Message}";

    private static int Compare(Diagnostic left, Diagnostic right)
    {
        var order = string.CompareOrdinal(left.Location.Path, right.Location.Path);
        order = order != 0 ? order : left.Location.Span.Start.CompareTo(right.Location.Span.Start);
        order = order != 0 ? order : left.Location.Span.Length.CompareTo(right.Location.Span.Length);
        order = order != 0 ? order : string.CompareOrdinal(left.Id, right.Id);
        return order != 0 ? order : string.CompareOrdinal(left.Message, right.Message);
    }
}
