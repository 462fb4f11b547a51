using System.Collections.Immutable;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Diagnostics;

/// <summary>A line of a text as it is quoted: at most <see cref="MaximumWidth"/> columns of it, around a span.</summary>
internal sealed class QuotedLine
{
    /// <summary>Most columns that are quoted, dots for what was left out included.</summary>
    public const int MaximumWidth = 120;

    private const int TabWidth = 4;
    private const int ContextWidth = 40;
    private const string Dots = "...";

    // A line can be many megabytes: only this many units before and after the start of the span are looked at.
    private const int UnitsBefore = 240;
    private const int UnitsAfter = 480;

    private readonly ImmutableArray<Cell> _cells;
    private readonly bool _isCutBefore;
    private readonly bool _isCutAfter;
    private readonly TextSpan _line;

    private QuotedLine(TextSpan line, ImmutableArray<Cell> cells, bool isCutBefore, bool isCutAfter)
    {
        _line = line;
        _cells = cells;
        _isCutBefore = isCutBefore;
        _isCutAfter = isCutAfter;
    }

    /// <summary>Quotes the line at <paramref name="lineIndex"/> so that the start of <paramref name="span"/> is in it.</summary>
    public static QuotedLine Create(SourceText text, int lineIndex, TextSpan span)
    {
        var line = text.Lines[lineIndex].Span;
        var mark = Clip(span, line);
        var from = Math.Max(line.Start, mark.Start - UnitsBefore);
        var to = Math.Min(line.End, mark.Start + UnitsAfter);
        from -= from > line.Start && char.IsSurrogatePair(text[from - 1], text[from]) ? 1 : 0;
        to += to < line.End && to > from && char.IsSurrogatePair(text[to - 1], text[to]) ? 1 : 0;
        var cells = ToCells(text.Content, from, to);
        if (from == line.Start && to == line.End && cells.Sum(cell => cell.Width) <= MaximumWidth)
        {
            return new QuotedLine(line, cells, isCutBefore: false, isCutAfter: false);
        }

        var (first, last) = ChooseWindow(cells, mark);
        return new QuotedLine(line, cells[first..last], from > line.Start || first > 0, to < line.End || last < cells.Length);
    }

    /// <summary>Whether the whole of <paramref name="span"/> can be seen.</summary>
    public bool Shows(TextSpan span)
    {
        var first = _isCutBefore ? _cells[0].Span.Start : _line.Start;
        var last = _isCutAfter ? _cells[^1].Span.End : _line.End;
        return span.Start >= first && span.Start <= last && (span.End <= last || !_isCutAfter);
    }

    /// <summary>Columns to the left of <paramref name="span"/>, and columns that it takes: at least one.</summary>
    public (int Column, int Width) Locate(TextSpan span)
    {
        var column = _isCutBefore ? Dots.Length : 0;
        var width = 0;
        foreach (var cell in _cells)
        {
            if (cell.Span.End <= span.Start)
            {
                column += cell.Width;
            }
            else if (cell.Span.Start < span.End)
            {
                width += cell.Width;
            }
        }

        return (column, Math.Max(1, width));
    }

    /// <summary>Writes the line without its line break.</summary>
    public void WriteTo(SegmentWriter writer)
    {
        writer.Write(_isCutBefore ? Dots : "", RenderStyle.Gutter);
        foreach (var cell in _cells)
        {
            writer.Write(cell.Shown, cell.IsEscaped ? RenderStyle.Escape : RenderStyle.Source);
        }

        writer.Write(_isCutAfter ? Dots : "", RenderStyle.Gutter);
    }

    private static TextSpan Clip(TextSpan span, TextSpan line)
    {
        var start = Math.Clamp(span.Start, line.Start, line.End);
        return TextSpan.FromBounds(start, Math.Clamp(span.End, start, line.End));
    }

    private static ImmutableArray<Cell> ToCells(string content, int from, int to)
    {
        var cells = ImmutableArray.CreateBuilder<Cell>(to - from);
        while (from < to)
        {
            if (content[from] == '\t')
            {
                cells.Add(new Cell(new TextSpan(from, 1), new string(' ', TabWidth), TabWidth, IsEscaped: false));
                from++;
                continue;
            }

            var shown = DisplayText.Next(content.AsSpan(from, to - from), out var consumed, out var width, out var isEscaped);
            cells.Add(new Cell(new TextSpan(from, consumed), shown, width, isEscaped));
            from += consumed;
        }

        return cells.ToImmutable();
    }

    /// <summary>The cells to quote: the span's start, as much after it as there is room for, and some before it.</summary>
    private static (int First, int Last) ChooseWindow(ImmutableArray<Cell> cells, TextSpan span)
    {
        var room = MaximumWidth - (2 * Dots.Length);
        var start = cells.TakeWhile(cell => cell.Span.End <= span.Start).Count();
        var spanWidth = cells.Skip(start).TakeWhile(cell => cell.Span.Start < span.End).Sum(cell => cell.Width);
        var used = 0;
        var first = TakeBefore(start, Math.Clamp(room - spanWidth, 0, ContextWidth));
        var last = start;
        while (last < cells.Length && used + cells[last].Width <= room)
        {
            used += cells[last].Width;
            last++;
        }

        first = TakeBefore(first, room);

        // A mark without the character that it sits on would sit on the dots.
        while (first > 0 && first < start && cells[first].Width == 0)
        {
            first++;
        }

        return (first, last);

        int TakeBefore(int index, int limit)
        {
            while (index > 0 && used + cells[index - 1].Width <= limit)
            {
                index--;
                used += cells[index].Width;
            }

            return index;
        }
    }

    /// <summary>One character of the text and what is shown for it.</summary>
    private readonly record struct Cell(TextSpan Span, string Shown, int Width, bool IsEscaped);
}
