using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CccRules.Batch.Counting;

namespace CccRules.Batch.Reporting;

/// <summary>Breached and open records by month as columns side by side, drawn as SVG. Months without records keep their place.</summary>
internal static class MonthChart
{
    private const int Width = 1040;
    private const int Height = 230;
    private const int Left = 84;
    private const int Bottom = 40;
    private const int Top = 12;
    private const int MostMonths = 120;

    public static string Draw(ImmutableSortedDictionary<string, GroupCounts> counts)
    {
        var months = Filled(counts);
        var most = Ceiling(months.Max(month => Math.Max(month.Counts.Breached, month.Counts.Open)));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\">\n<title>Breached and open records by month</title>\n");
        for (var line = 0; line <= 4; line++)
        {
            var value = most * line / 4;
            var y = Y(value, most);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" y1=\"{y}\" x2=\"{Width}\" y2=\"{y}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{Left - 8}\" y=\"{y + 4}\" text-anchor=\"end\">{Html.Number(value)}</text>\n");
        }

        var slot = (double)(Width - Left) / months.Count;
        var bar = Math.Min(26, slot * 0.38);
        var step = (int)Math.Ceiling(62 / slot);
        for (var i = 0; i < months.Count; i++)
        {
            var centre = Left + (slot * (i + 0.5));
            Bar(svg, "breached", centre - bar, bar, months[i].Counts.Breached, most, months[i].Month);
            Bar(svg, "open", centre, bar, months[i].Counts.Open, most, months[i].Month);
            if (i % step == 0)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{centre:0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{Html.Escape(months[i].Month)}</text>\n");
            }
        }

        return svg.Append("</svg>\n<p class=\"legend\"><span><i class=\"breached\"></i>breached</span><span><i class=\"open\"></i>open</span></p>").ToString();
    }

    private static void Bar(StringBuilder svg, string style, double x, double width, long value, long most, string month)
    {
        var y = Y(value, most);
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{x:0.##}\" y=\"{y}\" width=\"{width:0.##}\" height=\"{Height - Bottom - y}\"><title>{Html.Escape(month)}: {Html.Number(value)} {style}</title></rect>");
    }

    private static int Y(long value, long most) => Height - Bottom - (int)Math.Round((double)value / most * (Height - Bottom - Top));

    /// <summary>A round number at least as large, that four lines divide.</summary>
    private static long Ceiling(long value)
    {
        for (var unit = 1L; ; unit *= 10)
        {
            foreach (var factor in (int[])[4, 8, 12, 20, 40])
            {
                if (value <= unit * factor)
                {
                    return unit * factor;
                }
            }
        }
    }

    private static List<(string Month, GroupCounts Counts)> Filled(ImmutableSortedDictionary<string, GroupCounts> counts)
    {
        var last = Number(counts.Keys.Last());
        var first = Math.Max(Number(counts.Keys.First()), last - MostMonths + 1);
        return [.. Enumerable.Range(first, last - first + 1).Select(Name).Select(month => (month, counts.GetValueOrDefault(month)))];
    }

    private static int Number(string month) =>
        (int.Parse(month.AsSpan(0, 4), CultureInfo.InvariantCulture) * 12) + int.Parse(month.AsSpan(5, 2), CultureInfo.InvariantCulture) - 1;

    private static string Name(int month) => string.Create(CultureInfo.InvariantCulture, $"{month / 12:0000}-{(month % 12) + 1:00}");
}
