namespace CccRules.Compiler.Text;

/// <summary>A span in a certain text. Lines and columns are counted from 0; <see cref="ToString"/> counts from 1.</summary>
public sealed record TextLocation
{
    /// <summary>The place of <paramref name="span"/> in <paramref name="text"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span ends outside the text.</exception>
    public TextLocation(SourceText text, TextSpan span)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(span.End, text.Length, nameof(span));
        Text = text;
        Span = span;
    }

    /// <summary>The text pointed into.</summary>
    public SourceText Text { get; }

    /// <summary>The units pointed at.</summary>
    public TextSpan Span { get; }

    /// <summary>The path of the text.</summary>
    public string Path => Text.Path;

    /// <summary>Where the span starts.</summary>
    public LinePosition Start => Text.GetLinePosition(Span.Start);

    /// <summary>Where the span ends: the place after its last unit.</summary>
    public LinePosition End => Text.GetLinePosition(Span.End);

    /// <summary>The 0-based line of the start.</summary>
    public int StartLine => Start.Line;

    /// <summary>The 0-based column of the start.</summary>
    public int StartColumn => Start.Column;

    /// <summary>The 0-based line of the end.</summary>
    public int EndLine => End.Line;

    /// <summary>The 0-based column of the end.</summary>
    public int EndColumn => End.Column;

    /// <summary>The text at this place.</summary>
    public string SpanText => Text.ToString(Span);

    /// <summary>Path, line and column, from 1, as <c>path:line:column</c>.</summary>
    public override string ToString() => $"{Path}:{Start}";
}
