using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace CccRules.Compiler.Diagnostics;

/// <summary>
/// Diagnostics as people read them. Every line ends in a line feed; no character of a text reaches the result that
/// could steer a terminal.
/// </summary>
internal static class DiagnosticRenderer
{
    /// <summary>One diagnostic as plain text.</summary>
    public static string Render(Diagnostic diagnostic) =>
        string.Concat(RenderSegments(diagnostic).Select(segment => segment.Text));

    /// <summary>Several diagnostics as plain text in their given order, with an empty line between two.</summary>
    public static string Render(IEnumerable<Diagnostic> diagnostics) => string.Join("\n", diagnostics.Select(Render));

    /// <summary>One diagnostic as runs of text, for a reader that has colours.</summary>
    public static ImmutableArray<RenderedSegment> RenderSegments(Diagnostic diagnostic)
    {
        var writer = new SegmentWriter();
        var severity = GetStyle(diagnostic.Severity);
        writer.Write($"{diagnostic.Severity.ToWord()}[{diagnostic.Id}]", severity);
        writer.Write($": {DisplayText.Escape(diagnostic.Message)}", RenderStyle.Message);
        writer.EndLine();

        var snippets = new SnippetRenderer(diagnostic, severity);
        snippets.WriteTo(writer);
        foreach (var note in diagnostic.Notes)
        {
            WriteRemark(writer, snippets.Gutter, "note", note);
        }

        foreach (var fix in diagnostic.Fixes)
        {
            WriteRemark(writer, snippets.Gutter, "help", fix.Help);
        }

        WriteRemark(writer, snippets.Gutter, "see", diagnostic.Descriptor.HelpCommand);
        return writer.ToImmutable();
    }

    /// <summary>How many there are of each severity: <c>2 errors, 1 warning</c>.</summary>
    public static string Summarize(IEnumerable<Diagnostic> diagnostics)
    {
        var counts = diagnostics.CountBy(diagnostic => diagnostic.Severity).OrderByDescending(count => count.Key);
        var parts = counts.Select(count => string.Create(
            CultureInfo.InvariantCulture,
            $"{count.Value} {count.Key.ToWord()}{(count.Value == 1 ? "" : "s")}"));
        return string.Join(", ", parts.DefaultIfEmpty("no errors"));
    }

    private static void WriteRemark(SegmentWriter writer, string gutter, string keyword, string text)
    {
        writer.Write($"{gutter} = ", RenderStyle.Gutter);
        writer.Write($"{keyword}:", RenderStyle.Keyword);
        writer.Write($" {DisplayText.Escape(text)}", RenderStyle.Plain);
        writer.EndLine();
    }

    private static RenderStyle GetStyle(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => RenderStyle.Error,
        DiagnosticSeverity.Warning => RenderStyle.Warning,
        DiagnosticSeverity.Info => RenderStyle.Info,
        _ => throw new UnreachableException(),
    };
}
