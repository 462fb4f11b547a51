using System.Collections.Immutable;
using CccRules.Cli.Documents;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Planning;

namespace CccRules.Cli.Planning;

/// <summary>A plan for a terminal: a table for each process, and one chart on one line of time. Made for 80 columns.</summary>
internal sealed class PlanText(Screen screen)
{
    private const int MostColumns = 100;
    private const int LabelColumns = 24;
    private const string Gap = "  ";

    private readonly int _columns = Math.Clamp(screen.Width, 72, MostColumns);

    public void Write(Plan plan)
    {
        foreach (var process in plan.Processes)
        {
            WriteProcess(process, plan.Request);
        }

        WriteChart(plan);
    }

    private void WriteProcess(ProcessPlan plan, PlanRequest request)
    {
        screen.Write(Screen.Escape(PlanWords.Heading(plan)), RenderStyle.Message);
        screen.WriteLine(plan.IsRequested ? "" : "   (needed by another)");
        foreach (var norm in plan.Process.Norms)
        {
            WriteWrapped($"for {Screen.Escape(norm.Name)}: {Screen.Escape(norm.Title)}", Gap);
        }

        var isLate = plan.Longest.DaysLate > 0;
        foreach (var line in PlanWords.Summary(plan, request))
        {
            WriteWrapped(line, Gap, isLate ? RenderStyle.Warning : RenderStyle.Plain);
            isLate = false;
        }

        screen.WriteLine();
        WriteTable(plan, request);
        screen.WriteLine();
    }

    private void WriteTable(ProcessPlan plan, PlanRequest request)
    {
        string[] headings = request.ReadyBy is null
            ? ["step", "takes", "over at best", "at worst", "slack"]
            : ["step", "takes", "begin by", "over by", "slack"];
        var rows = plan.Longest.Steps.Select(step => Row(step, plan, request)).ToList();
        int[] widths = [0, .. Enumerable.Range(1, 4).Select(column => rows.Select(row => CellText.Width(row.Cells[column])).Append(headings[column].Length).Max())];
        widths[0] = Math.Min(rows.Max(row => CellText.Width(row.Cells[0])), _columns - 4 - widths.Sum() - (4 * Gap.Length));
        widths[0] = Math.Max(widths[0], 12);
        WriteRow("  ", headings, widths, RenderStyle.Gutter);
        foreach (var (cells, isCritical) in rows)
        {
            var lines = CellText.Wrap(cells[0], widths[0]);
            WriteRow(isCritical ? "* " : "  ", [lines[0], .. cells[1..]], widths, isCritical ? RenderStyle.Keyword : RenderStyle.Plain);
            foreach (var more in lines[1..])
            {
                WriteRow("  ", [more, "", "", "", ""], widths, isCritical ? RenderStyle.Keyword : RenderStyle.Plain);
            }
        }
    }

    private static (string[] Cells, bool IsCritical) Row(ScheduledStep step, ProcessPlan plan, PlanRequest request)
    {
        var best = plan.Shortest.Steps.First(other => other.Step == step.Step);
        var slack = step.Slack == 0 ? "-" : PlanWords.Days(step.Slack);
        string[] dates = request.ReadyBy is null
            ? [PlanWords.Day(best.EarliestEnd), PlanWords.Day(step.EarliestEnd)]
            : [PlanWords.Day(step.LatestStart), PlanWords.Day(step.LatestEnd)];
        return ([Screen.Escape(step.Step.Title), PlanWords.Length(step, plan), .. dates, slack], step.IsCritical);
    }

    private void WriteRow(string mark, string[] cells, int[] widths, RenderStyle style)
    {
        var text = string.Join(Gap, cells.Select((cell, column) => column == cells.Length - 1
            ? new string(' ', Math.Max(0, widths[column] - CellText.Width(cell))) + cell
            : CellText.Pad(cell, widths[column])));
        screen.Write((Gap + mark + text).TrimEnd(), style);
        screen.WriteLine();
    }

    private void WriteWrapped(string text, string indent, RenderStyle style = RenderStyle.Plain)
    {
        foreach (var line in CellText.Wrap(text, _columns - indent.Length))
        {
            screen.Write(indent + line, style);
            screen.WriteLine();
        }
    }

    private void WriteChart(Plan plan)
    {
        var (first, last) = Span(plan);
        var width = _columns - LabelColumns - 5;
        var scale = new TimeScale(first, last, width, 1);
        var indent = new string(' ', LabelColumns + 4);
        WriteLabels(scale.Ticks.Select(tick => (tick.Day, tick.Year ?? "")), scale, width, indent);
        WriteLabels(scale.Ticks.Select(tick => (tick.Day, tick.Label)), scale, width, indent);
        foreach (var process in plan.Processes)
        {
            if (plan.Processes.Length > 1)
            {
                screen.Write(Screen.Escape(PlanWords.Heading(process)), RenderStyle.Message);
                screen.WriteLine();
            }

            foreach (var step in process.Longest.Steps)
            {
                WriteBar(step, process, plan.Request, scale, width);
            }
        }

        ImmutableArray<(long, string)> days =
        [
            .. plan.Request.Today is { } today ? [(today, $"^ today {PlanWords.Day(today)}")] : Array.Empty<(long, string)>(),
            .. plan.Request.ReadyBy is { } readyBy ? [(readyBy, $"^ ready by {PlanWords.Day(readyBy)}")] : Array.Empty<(long, string)>(),
        ];
        foreach (var day in days)
        {
            WriteMarker(day, scale, width, indent);
        }

        screen.WriteLine();
        WriteWrapped($"* {PlanWords.Legend}", Gap, RenderStyle.Gutter);
        WriteWrapped("██ ▄▄ the shortest time, critical or not   ▒▒ ░░ up to the longest   ·· slack", Gap, RenderStyle.Gutter);
    }

    /// <summary>The days that a chart of a plan shows.</summary>
    public static (long First, long Last) Span(Plan plan)
    {
        var first = plan.Processes.Min(process => process.Longest.Start);
        var last = plan.Processes.Max(process => process.Longest.Steps.Select(step => Math.Max(step.EarliestEnd, step.LatestEnd)).Max());
        return (Math.Min(first, plan.Request.Today ?? first), Math.Max(last, plan.Request.ReadyBy ?? last) + 1);
    }

    private void WriteLabels(IEnumerable<(long Day, string Text)> labels, TimeScale scale, int width, string indent)
    {
        var line = new char[width];
        Array.Fill(line, ' ');
        var free = 0;
        foreach (var (day, text) in labels.Where(label => label.Text.Length > 0))
        {
            var at = (int)scale.At(day);
            if (at >= free && at + text.Length <= width)
            {
                text.CopyTo(line.AsSpan(at));
                free = at + text.Length + 1;
            }
        }

        screen.Write((indent + new string(line)).TrimEnd(), RenderStyle.Gutter);
        screen.WriteLine();
    }

    private void WriteBar(ScheduledStep step, ProcessPlan plan, PlanRequest request, TimeScale scale, int width)
    {
        var best = plan.Shortest.Steps.First(other => other.Step == step.Step);
        var begin = Column(step.EarliestStart);
        var least = Column(step.EarliestStart + (best.EarliestEnd - best.EarliestStart));
        var end = Math.Max(Column(step.EarliestEnd), step.Length is { Number: > 0 } ? begin + 1 : begin);
        var (solid, light) = step.IsCritical ? ('█', '▒') : ('▄', '░');
        var line = new char[width];
        for (var column = 0; column < width; column++)
        {
            line[column] = column < begin ? ' '
                : column < end ? column < Math.Max(least, best.Length is { Number: > 0 } ? begin + 1 : begin) ? solid : light
                : column < Column(step.LatestEnd) ? '·'
                : ' ';
        }

        if (end == begin)
        {
            line[Math.Min(begin, width - 1)] = '◆';
        }

        if (request.ReadyBy is { } readyBy && line[Math.Min(Column(readyBy), width - 1)] is ' ' or '·')
        {
            line[Math.Min(Column(request.ReadyBy ?? 0), width - 1)] = '│';
        }

        var labels = CellText.Wrap(Screen.Escape(step.Step.Title), LabelColumns);
        screen.Write(step.IsCritical ? "  * " : "    ", RenderStyle.Warning);
        screen.Write(CellText.Pad(labels[0], LabelColumns), step.IsCritical ? RenderStyle.Keyword : RenderStyle.Plain);
        screen.Write(new string(line).TrimEnd(), step.IsCritical ? RenderStyle.Warning : RenderStyle.Secondary);
        screen.WriteLine();
        foreach (var more in labels[1..])
        {
            screen.Write($"    {more}", step.IsCritical ? RenderStyle.Keyword : RenderStyle.Plain);
            screen.WriteLine();
        }

        int Column(long day) => (int)Math.Round(scale.At(day), MidpointRounding.AwayFromZero);
    }

    private void WriteMarker((long Day, string Text) marker, TimeScale scale, int width, string indent)
    {
        var at = Math.Min((int)Math.Round(scale.At(marker.Day), MidpointRounding.AwayFromZero), width - 1);
        // The words stand to the left of their mark where there is no room to its right.
        var words = marker.Text[2..];
        var line = at + 2 + words.Length <= width ? new string(' ', at) + marker.Text
            : (words + " ^").PadLeft(at + 1);
        screen.Write(indent + line, RenderStyle.Gutter);
        screen.WriteLine();
    }
}
