using System.Globalization;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Diagnostics;

/// <summary>Quotes the places of one diagnostic: an arrow to each, its lines, and underlines with labels.</summary>
internal sealed class SnippetRenderer
{
    /// <summary>Most lines of one place that are quoted without leaving some out.</summary>
    private const int MaximumLines = 4;

    private readonly List<Block> _blocks = [];
    private readonly RenderStyle _severity;

    /// <summary>Plans the blocks; nothing is written yet.</summary>
    public SnippetRenderer(Diagnostic diagnostic, RenderStyle severity)
    {
        _severity = severity;
        Add(new Mark(diagnostic.Location, diagnostic.Label, IsPrimary: true), diagnostic.Citation);
        foreach (var label in diagnostic.Labels)
        {
            Add(new Mark(label.Location, label.Text, IsPrimary: false), label.Citation);
        }

        var lastNumber = _blocks.Max(block => block.Lines?.Last ?? 0) + 1;
        Gutter = new string(' ', lastNumber.ToString(CultureInfo.InvariantCulture).Length);
    }

    /// <summary>Blanks as wide as the widest line number.</summary>
    public string Gutter { get; }

    /// <summary>Writes all blocks, each with an empty line before and after its quotation.</summary>
    public void WriteTo(SegmentWriter writer)
    {
        var arrow = "--> ";
        foreach (var block in _blocks)
        {
            WriteArrow(writer, block, arrow);
            arrow = "::: ";
            if (block.Lines is not { } lines)
            {
                continue;
            }

            WriteBar(writer);
            writer.EndLine();
            WriteLines(writer, block, lines);
            WriteBar(writer);
            writer.EndLine();
        }
    }

    /// <summary>Places on one line share a quotation where all of them can be seen in it.</summary>
    private void Add(Mark mark, string? citation)
    {
        var lines = GetLines(mark.Location);
        var shared = lines is not { Count: 1, First: var line } ? null : _blocks.Find(block =>
            block.Lines == lines
            && block.Marks[0].Location.Text.Equals(mark.Location.Text)
            && (citation is null || citation == block.Citation)
            && Quote(block.Marks[0].Location, line).Shows(mark.Location.Span));
        if (shared is null)
        {
            _blocks.Add(new Block(lines, citation, [mark]));
        }
        else
        {
            shared.Marks.Add(mark);
        }
    }

    /// <summary>The lines that a place touches; null in an empty text, which has nothing to quote.</summary>
    private static LineRange? GetLines(TextLocation location)
    {
        if (location.Text.Length == 0)
        {
            return null;
        }

        // A place that ends with a line break does not touch the line after it.
        var first = location.StartLine;
        var last = location.EndLine > first && location.EndColumn == 0 ? location.EndLine - 1 : location.EndLine;
        return new LineRange(first, last);
    }

    private static QuotedLine Quote(TextLocation location, int line) =>
        QuotedLine.Create(location.Text, line, location.Span);

    private void WriteArrow(SegmentWriter writer, Block block, string arrow)
    {
        var location = block.Marks[0].Location;
        var place = block.Lines is null ? "" : $":{location.Start}";
        writer.Write(Gutter + arrow, RenderStyle.Gutter);
        writer.Write(DisplayText.Escape(location.Path) + place, RenderStyle.Plain);
        if (block.Citation is not null)
        {
            writer.Write($"     (cites: {DisplayText.Escape(block.Citation)})", RenderStyle.Plain);
        }

        writer.EndLine();
    }

    private void WriteLines(SegmentWriter writer, Block block, LineRange lines)
    {
        for (var line = lines.First; line <= lines.Last; line++)
        {
            if (lines.Count > MaximumLines && line == lines.First + MaximumLines - 2)
            {
                writer.Write("...", RenderStyle.Gutter);
                writer.EndLine();
                line = lines.Last;
            }

            var quoted = Quote(block.Marks[0].Location, line);
            var number = (line + 1).ToString(CultureInfo.InvariantCulture).PadLeft(Gutter.Length);
            writer.Write($"{number} | ", RenderStyle.Gutter);
            quoted.WriteTo(writer);
            writer.EndLine();
            foreach (var mark in block.Marks)
            {
                WriteUnderline(writer, mark, quoted, line, isLast: line == lines.Last);
            }
        }
    }

    private void WriteUnderline(SegmentWriter writer, Mark mark, QuotedLine quoted, int line, bool isLast)
    {
        var part = GetPart(mark.Location, line);
        var label = isLast && !string.IsNullOrEmpty(mark.Label) ? " " + DisplayText.Escape(mark.Label) : "";
        if (part.IsEmpty && !mark.Location.Span.IsEmpty && !isLast)
        {
            return;
        }

        var (column, width) = quoted.Locate(part);
        WriteBar(writer);
        writer.Write(new string(' ', column + 1), RenderStyle.Plain);
        var underline = new string(mark.IsPrimary ? '^' : '-', width);
        writer.Write(underline + label, mark.IsPrimary ? _severity : RenderStyle.Secondary);
        writer.EndLine();
    }

    /// <summary>The part of a place on one of its lines; on lines after the first without the indentation.</summary>
    private static TextSpan GetPart(TextLocation location, int line)
    {
        var content = location.Text.Lines[line].Span;
        var start = Math.Min(Math.Max(location.Span.Start, content.Start), content.End);
        var end = Math.Clamp(location.Span.End, start, content.End);
        while (line > location.StartLine && start < end && location.Text[start] is ' ' or '\t')
        {
            start++;
        }

        return TextSpan.FromBounds(start, end);
    }

    private void WriteBar(SegmentWriter writer) => writer.Write($"{Gutter} |", RenderStyle.Gutter);

    /// <summary>Lines of a text by their 0-based index, the last one included.</summary>
    private readonly record struct LineRange(int First, int Last)
    {
        public int Count => Last - First + 1;
    }

    /// <summary>A place and what to say about it.</summary>
    private sealed record Mark(TextLocation Location, string? Label, bool IsPrimary);

    /// <summary>Lines quoted together, and the places underlined in them; the first chooses what can be seen.</summary>
    private sealed record Block(LineRange? Lines, string? Citation, List<Mark> Marks);
}
