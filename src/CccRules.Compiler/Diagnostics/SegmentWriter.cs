using System.Collections.Immutable;
using System.Text;

namespace CccRules.Compiler.Diagnostics;

/// <summary>Collects rendered text; no line ends in a space.</summary>
internal sealed class SegmentWriter
{
    private readonly ImmutableArray<RenderedSegment>.Builder _segments = ImmutableArray.CreateBuilder<RenderedSegment>();
    private readonly StringBuilder _run = new();
    private RenderStyle _style;

    /// <summary>Adds text, which holds no line end.</summary>
    public void Write(string text, RenderStyle style)
    {
        if (style != _style)
        {
            EndRun();
            _style = style;
        }

        _run.Append(text);
    }

    /// <summary>Ends the line.</summary>
    public void EndLine()
    {
        TrimLine();
        Write("\n", RenderStyle.Plain);
    }

    /// <summary>All that was written.</summary>
    public ImmutableArray<RenderedSegment> ToImmutable()
    {
        EndRun();
        return _segments.ToImmutable();
    }

    private void TrimLine()
    {
        EndRun();
        while (_segments.Count > 0)
        {
            var last = _segments[^1];
            var kept = last.Text.TrimEnd(' ');
            if (kept.Length == last.Text.Length)
            {
                return;
            }

            _segments.RemoveAt(_segments.Count - 1);
            if (kept.Length > 0)
            {
                _segments.Add(last with { Text = kept });
                return;
            }
        }
    }

    private void EndRun()
    {
        if (_run.Length > 0)
        {
            _segments.Add(new RenderedSegment(_run.ToString(), _style));
            _run.Clear();
        }
    }
}
