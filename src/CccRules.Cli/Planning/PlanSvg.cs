using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CccRules.Cli.Documents;
using CccRules.Compiler.Planning;

namespace CccRules.Cli.Planning;

/// <summary>
/// A plan as a drawing: a row for each step on one line of time. All words stand in the column on the left, broken to its width, so
/// that nothing runs into a bar. The critical path is marked by a thick outline, a filled dot and heavy letters, not by colour alone.
/// </summary>
internal sealed class PlanSvg
{
    private const double Width = 1080;
    private const double LabelLeft = 44;
    private const double LabelWidth = 340;
    private const double ChartLeft = LabelLeft + LabelWidth + 24;
    private const double ChartWidth = Width - ChartLeft - 28;
    private const double AxisHeight = 68;
    private const double LineHeight = 18;
    private const double RowPadding = 9;
    private const double BarHeight = 18;

    private readonly StringBuilder _body = new();
    private readonly List<(double Top, double Bottom)> _rows = [];
    private readonly Plan _plan;
    private readonly bool _hasSummary;
    private readonly TimeScale _scale;
    private double _top;

    private PlanSvg(Plan plan, bool hasSummary)
    {
        _plan = plan;
        _hasSummary = hasSummary;
        var (first, last) = PlanText.Span(plan);
        _scale = new TimeScale(first, last, ChartWidth, 7.5);
    }

    /// <summary>The drawing as an SVG document, which also stands in a page as it is.</summary>
    /// <param name="hasSummary">With the sentences of each process; without where they stand beside the drawing.</param>
    public static string Write(Plan plan, bool hasSummary = true) => new PlanSvg(plan, hasSummary).Write();

    private string Write()
    {
        _top = AxisHeight;
        foreach (var process in _plan.Processes)
        {
            WriteHeading(process);
            var top = _top;
            foreach (var (step, index) in process.Longest.Steps.Select((step, index) => (step, index)))
            {
                WriteStep(step, process, isShaded: index % 2 == 1);
            }

            _rows.Add((top, _top));
            _top += 10;
        }

        var axis = Axis();
        WriteLegend();
        var height = _top + 12;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width:0.#} {height:0.#}\" width=\"{Width:0.#}\" height=\"{height:0.#}\" role=\"img\" aria-labelledby=\"plan-title plan-desc\" font-family=\"system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', sans-serif\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"plan-title\">{HtmlText.Escape(string.Join(", ", _plan.Processes.Where(process => process.IsRequested).Select(PlanWords.Heading)))}</title>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<desc id=\"plan-desc\">{HtmlText.Escape(string.Join(" ", _plan.Processes.SelectMany(process => PlanWords.Summary(process, _plan.Request).Prepend(PlanWords.Heading(process) + ":"))))}</desc>\n");
        svg.Append("<defs>"
            + "<pattern id=\"more\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"7\" height=\"7\" fill=\"#dbe6f6\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"7\" stroke=\"#6f97cf\" stroke-width=\"3\"/></pattern>"
            + "<pattern id=\"more-critical\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"7\" height=\"7\" fill=\"#fbe3d3\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"7\" stroke=\"#d9773a\" stroke-width=\"3\"/></pattern>"
            + "</defs>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width:0.#}\" height=\"{height:0.#}\" fill=\"#ffffff\"/>\n");
        svg.Append(axis).Append(_body).Append("</svg>\n");
        return svg.ToString();
    }

    private string Axis()
    {
        var axis = new StringBuilder();
        foreach (var (day, label, year) in _scale.Ticks)
        {
            var at = ChartLeft + _scale.At(day);
            axis.Append(Line(at, "stroke=\"#e1e6ec\""));
            if (at + TextWidth(label, 12) <= Width - 4)
            {
                axis.Append(Label(at + 3, AxisHeight - 14, label, 12, "#5a6675"));
                axis.Append(year is null ? "" : Label(at + 3, AxisHeight - 31, year, 12, "#1b2330", isHeavy: true));
            }
        }

        if (_plan.Request.Today is { } today)
        {
            axis.Append(DayLine(today, "today", "#5a6675"));
        }

        if (_plan.Request.ReadyBy is { } readyBy)
        {
            axis.Append(DayLine(readyBy, "ready by", "#1b2330"));
        }

        return axis.ToString();
    }

    /// <summary>A line through the chart with its words above the axis, on the side where there is room.</summary>
    private string DayLine(long day, string words, string colour)
    {
        var at = ChartLeft + _scale.At(day);
        var text = $"{words} {PlanWords.Day(day)}";
        var isRight = at + 5 + TextWidth(text, 12) <= Width - 6;
        return Line(at, $"stroke=\"{colour}\" stroke-width=\"1.6\" stroke-dasharray=\"5 3\"")
            + string.Create(CultureInfo.InvariantCulture, $"<line x1=\"{at:0.#}\" y1=\"6\" x2=\"{at:0.#}\" y2=\"{AxisHeight - 8:0.#}\" stroke=\"{colour}\" stroke-width=\"1.6\" stroke-dasharray=\"5 3\"/>\n")
            + Label(isRight ? at + 5 : at - 5, 15, text, 12, colour, isHeavy: true, anchor: isRight ? "start" : "end");
    }

    /// <summary>An upright line through the rows of every process, and not through the words between them.</summary>
    private string Line(double at, string look) => string.Concat(_rows.Select(rows =>
        string.Create(CultureInfo.InvariantCulture, $"<line x1=\"{at:0.#}\" y1=\"{rows.Top:0.#}\" x2=\"{at:0.#}\" y2=\"{rows.Bottom:0.#}\" {look}/>\n")));

    private void WriteHeading(ProcessPlan plan)
    {
        var isLate = plan.Longest.DaysLate > 0;
        _top += 6;
        foreach (var line in WrapText(PlanWords.Heading(plan), Width - LabelLeft - 20, 16, isHeavy: true))
        {
            _top += 20;
            _body.Append(Label(20, _top, line, 16, "#1b2330", isHeavy: true));
        }

        foreach (var (text, index) in (_hasSummary ? PlanWords.Summary(plan, _plan.Request) : []).Select((text, index) => (text, index)))
        {
            foreach (var line in WrapText(text, Width - 44, 13, isHeavy: false))
            {
                _top += 18;
                _body.Append(Label(20, _top, line, 13, isLate && index == 0 ? "#a4262c" : "#46515f", isHeavy: isLate && index == 0));
            }
        }

        _top += 12;
    }

    private void WriteStep(ScheduledStep step, ProcessPlan plan, bool isShaded)
    {
        var lines = WrapText(step.Step.Title, LabelWidth, 14, step.IsCritical);
        var detail = WrapText(Detail(step, plan), LabelWidth, 12, isHeavy: false);
        var height = (2 * RowPadding) + (LineHeight * lines.Length) + (16 * detail.Length);
        if (isShaded)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<rect x=\"12\" y=\"{_top:0.#}\" width=\"{Width - 24:0.#}\" height=\"{height:0.#}\" rx=\"5\" fill=\"#23508e\" fill-opacity=\"0.05\"/>\n");
        }

        var y = _top + RowPadding;
        if (step.IsCritical)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<circle cx=\"28\" cy=\"{y + 9:0.#}\" r=\"5.5\" fill=\"#b4490f\"/>\n");
        }

        foreach (var line in lines)
        {
            _body.Append(Label(LabelLeft, y + 13, line, 14, "#1b2330", step.IsCritical));
            y += LineHeight;
        }

        foreach (var line in detail)
        {
            _body.Append(Label(LabelLeft, y + 11, line, 12, "#5a6675"));
            y += 16;
        }

        WriteBar(step, plan, _top + ((height - BarHeight) / 2));
        _top += height;
    }

    private string Detail(ScheduledStep step, ProcessPlan plan) =>
        $"{PlanWords.Length(step, plan)} · " + (_plan.Request.ReadyBy is null
            ? $"over by {PlanWords.Day(step.EarliestEnd)}"
            : $"begin by {PlanWords.Day(step.LatestStart)}")
        + (step.Slack > 0 ? $" · {PlanWords.Days(step.Slack)} slack" : "");

    private void WriteBar(ScheduledStep step, ProcessPlan plan, double y)
    {
        var best = plan.Shortest.Steps.First(other => other.Step == step.Step);
        var begin = ChartLeft + _scale.At(step.EarliestStart);
        var least = ChartLeft + _scale.At(step.EarliestStart + (best.EarliestEnd - best.EarliestStart));
        var end = ChartLeft + _scale.At(step.EarliestEnd);
        var slack = ChartLeft + _scale.At(step.LatestEnd);
        _body.Append(CultureInfo.InvariantCulture, $"<g><title>{HtmlText.Escape($"{step.Step.Title}: {PlanWords.Day(step.EarliestStart)} to {PlanWords.Day(step.EarliestEnd)}")}</title>\n");
        if (slack > end + 1)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<line x1=\"{end:0.#}\" y1=\"{y + (BarHeight / 2):0.#}\" x2=\"{slack:0.#}\" y2=\"{y + (BarHeight / 2):0.#}\" stroke=\"#8a96a5\" stroke-width=\"2\" stroke-dasharray=\"1 5\" stroke-linecap=\"round\"/>\n");
        }

        if (step.Length is null or { Number: 0 })
        {
            var middle = y + (BarHeight / 2);
            _body.Append(CultureInfo.InvariantCulture, $"<path d=\"M {begin:0.#} {middle - 8:0.#} l 8 8 l -8 8 l -8 -8 z\" fill=\"{(step.Length is null ? "#ffffff" : "#46515f")}\" stroke=\"{(step.IsCritical ? "#8a3408" : "#46515f")}\" stroke-width=\"2\"/>\n</g>\n");
            return;
        }

        var (solid, hatch, edge, stroke) = step.IsCritical ? ("#d9622b", "more-critical", "#8a3408", 2.4) : ("#4a7fc1", "more", "#3a689f", 1.0);
        if (end - least > 0.5)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{begin:0.#}\" y=\"{y:0.#}\" width=\"{Math.Max(end - begin, 2):0.#}\" height=\"{BarHeight:0.#}\" rx=\"4\" fill=\"url(#{hatch})\"/>\n");
        }

        if (least - begin > 0.5 || end - least <= 0.5)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{begin:0.#}\" y=\"{y:0.#}\" width=\"{Math.Max(least - begin, 2):0.#}\" height=\"{BarHeight:0.#}\" rx=\"4\" fill=\"{solid}\"/>\n");
        }

        _body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{begin:0.#}\" y=\"{y:0.#}\" width=\"{Math.Max(end - begin, 2):0.#}\" height=\"{BarHeight:0.#}\" rx=\"4\" fill=\"none\" stroke=\"{edge}\" stroke-width=\"{stroke:0.#}\"/>\n</g>\n");
    }

    private void WriteLegend()
    {
        _top += 16;
        _body.Append(CultureInfo.InvariantCulture, $"<circle cx=\"28\" cy=\"{_top:0.#}\" r=\"5.5\" fill=\"#b4490f\"/>\n");
        var x = 42.0;
        x += WriteWords(x, PlanWords.Legend) + 26;
        x += WriteSample(x, "<rect width=\"26\" height=\"12\" rx=\"3\" fill=\"#4a7fc1\"/>", "shortest time") + 26;
        x += WriteSample(x, "<rect width=\"26\" height=\"12\" rx=\"3\" fill=\"url(#more)\" stroke=\"#3a689f\"/>", "up to the longest") + 26;
        WriteSample(x, "<line x1=\"0\" y1=\"6\" x2=\"26\" y2=\"6\" stroke=\"#8a96a5\" stroke-width=\"2\" stroke-dasharray=\"1 5\" stroke-linecap=\"round\"/>", "slack");
        if (_plan.Processes.Any(process => process.Longest.Steps.Any(step => step.Length is null)))
        {
            _top += 22;
            WriteSample(20, "<path d=\"M 12 -1 l 7 7 l -7 7 l -7 -7 z\" fill=\"#ffffff\" stroke=\"#46515f\" stroke-width=\"2\"/>", "a step whose time is not known, and not counted");
        }

        _top += 10;
    }

    private double WriteSample(double x, string shape, string words)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({x:0.#} {_top - 6:0.#})\">{shape}</g>\n");
        return 34 + WriteWords(x + 34, words);
    }

    private double WriteWords(double x, string words)
    {
        _body.Append(Label(x, _top + 4, words, 12, "#5a6675"));
        return TextWidth(words, 12);
    }

    private static string Label(double x, double y, string text, int size, string colour, bool isHeavy = false, string anchor = "start") =>
        string.Create(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size}\" fill=\"{colour}\"{(isHeavy ? " font-weight=\"600\"" : "")}{(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"")}>{HtmlText.Escape(text)}</text>\n");

    private static ImmutableArray<string> WrapText(string text, double width, int size, bool isHeavy)
    {
        // Widths are those of a wide typeface; a heavy one takes a little more.
        var columns = (int)(width / (size * (isHeavy ? 0.58 : 0.53)));
        return CellText.Wrap(Screen.Escape(text), Math.Max(8, columns));
    }

    private static double TextWidth(string text, int size) => CellText.Width(text) * size * 0.56;
}
