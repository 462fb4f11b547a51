using System.Globalization;
using System.Net;
using System.Text;
using CccRules.Compiler.Proof;

namespace CccRules.Cli.Comparing;

/// <summary>A comparison as one HTML page without scripts: both sides beside each other, bars for the records.</summary>
internal static class DiffHtml
{
    private const int BarWidth = 320;

    private const string Style = """
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff }
        h2 { margin-top: 2.5rem; border-top: 1px solid #ddd; padding-top: 1rem } code, pre { font: 14px/1.4 ui-monospace, monospace }
        .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem } .pair pre { background: #f6f6f6; padding: .75rem; margin: 0; overflow-x: auto }
        .stricter { color: #a40000 } .lenient { color: #00640a } .different { color: #444 } table { border-collapse: collapse; margin: 1rem 0 }
        td, th { padding: .25rem .75rem; text-align: left; border-bottom: 1px solid #eee } td.number { text-align: right; font-variant-numeric: tabular-nums }
        @media (prefers-color-scheme: dark) { body { color: #e8e8e8; background: #181818 } .pair pre { background: #262626 } .stricter { color: #ff8a80 } .lenient { color: #8ae68f } .different { color: #bbb } }
        """;

    public static string Write(DiffReport report)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<title>{Text(report.Old)} → {Text(report.New)}</title>\n<style>\n{Style}\n</style>\n");
        html.Append(CultureInfo.InvariantCulture, $"<h1>From {Text(report.Old)} to {Text(report.New)}</h1>\n<p>{Text(DiffText.Summary(report))}.</p>\n");
        foreach (var norm in report.Changed)
        {
            Write(html, report, norm);
        }

        return html.Append("</html>\n").ToString();
    }

    private static void Write(StringBuilder html, DiffReport report, NormChanges norm)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(norm.Title)}</h2>\n<p><code>{Text(norm.Name)}</code>: {DiffReport.Words(norm.Difference)}</p>\n");
        foreach (var change in norm.Classes)
        {
            var kind = change.Direction switch { ChangeDirection.Stricter => "stricter", ChangeDirection.MoreLenient => "lenient", _ => "different" };
            html.Append(CultureInfo.InvariantCulture, $"<h3 class=\"{kind}\">{Text(DiffReport.Status(norm, change, change.Old))} → {Text(DiffReport.Status(norm, change, change.New))} {Text(DiffReport.Direction(norm, change))}</h3>\n");
            html.Append(change.Scenario is null
                ? $"<p>Not proved: {Text(change.Reason ?? "")}</p>\n"
                : $"<div class=\"pair\"><pre>{Text(change.OldScenario ?? "")}</pre><pre>{Text(change.Scenario)}</pre></div>\n");
        }

        WriteCounts(html, report, norm);
        if (!norm.Because.IsEmpty)
        {
            html.Append("<ul>\n");
            foreach (var cause in norm.Because)
            {
                html.Append(CultureInfo.InvariantCulture, $"<li>{DiffReport.Words(cause.Difference)}: {cause.Symbol.Noun} <code>{Text(cause.Symbol.Name)}</code>{string.Concat(cause.Citations.Select(citation => $"<br>{Text(citation)}"))}</li>\n");
            }

            html.Append("</ul>\n");
        }
    }

    private static void WriteCounts(StringBuilder html, DiffReport report, NormChanges norm)
    {
        var counts = report.CountsOf(norm).ToList();
        if (counts.Count == 0)
        {
            return;
        }

        var most = counts.Max(count => count.Records);
        html.Append(CultureInfo.InvariantCulture, $"<table><tr><th>records<th><th>before<th>after{string.Concat(report.Counts!.SumOf.Select(name => $"<th>{Text(name)}"))}</tr>\n");
        foreach (var count in counts)
        {
            var width = Math.Max(1, count.Records * BarWidth / most);
            html.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"number\">{count.Records:N0}<td><svg width=\"{BarWidth}\" height=\"14\" role=\"img\" aria-label=\"{count.Records} records\"><rect width=\"{width}\" height=\"14\" rx=\"2\" fill=\"#4a7bd0\"/></svg>");
            html.Append(CultureInfo.InvariantCulture, $"<td>{Text(count.Old ?? "not there")}<td>{Text(count.New ?? "not there")}");
            foreach (var sum in count.Sums)
            {
                html.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{sum:N2}");
            }

            html.Append("</tr>\n");
        }

        html.Append("</table>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
