namespace CccRules.Compiler.Diagnostics;

/// <summary>A run of rendered text that has one look.</summary>
internal readonly record struct RenderedSegment(string Text, RenderStyle Style);

/// <summary>What a run of rendered text is; whoever shows it chooses a colour.</summary>
internal enum RenderStyle
{
    /// <summary>Text without a look of its own, line ends included.</summary>
    Plain,

    /// <summary><c>error[CCC2001]</c>, and the underline of an error with its label.</summary>
    Error,

    /// <summary>The same of a warning.</summary>
    Warning,

    /// <summary>The same of an information.</summary>
    Info,

    /// <summary>The message.</summary>
    Message,

    /// <summary>Line numbers, bars and arrows.</summary>
    Gutter,

    /// <summary>The quoted text.</summary>
    Source,

    /// <summary>A character of the quoted text that is shown by its number.</summary>
    Escape,

    /// <summary>Underline and label of a further place.</summary>
    Secondary,

    /// <summary>The words <c>note</c>, <c>help</c> and <c>see</c>.</summary>
    Keyword,
}
