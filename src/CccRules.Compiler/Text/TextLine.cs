namespace CccRules.Compiler.Text;

/// <summary>One line of a text: its content and the line break that ends it.</summary>
/// <param name="Span">The content without the line break.</param>
/// <param name="BreakLength">UTF-16 units of the line break: 2 for CR LF, 1 for CR or LF, 0 on the last line.</param>
public readonly record struct TextLine(TextSpan Span, int BreakLength)
{
    /// <summary>Index of the line's first unit.</summary>
    public int Start => Span.Start;

    /// <summary>Index after the content, where the line break begins.</summary>
    public int End => Span.End;

    /// <summary>The content with the line break.</summary>
    public TextSpan SpanWithBreak => new(Span.Start, Span.Length + BreakLength);
}
