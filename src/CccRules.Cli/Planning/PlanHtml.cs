using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CccRules.Cli.Documents;
using CccRules.Compiler.Planning;
using CccRules.Compiler.Symbols;

namespace CccRules.Cli.Planning;

/// <summary>A plan as a page: the chart, and for each process a table with both ways, what each step needs, and where it is from.</summary>
internal static class PlanHtml
{
    public static string Write(Plan plan)
    {
        var title = string.Join(", ", plan.Processes.Where(process => process.IsRequested).Select(PlanWords.Heading));
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<h1>{HtmlText.Escape(title)}</h1>\n");
        body.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{Question(plan.Request)}</p>\n");
        foreach (var process in plan.Processes)
        {
            var summary = PlanWords.Summary(process, plan.Request);
            body.Append(CultureInfo.InvariantCulture, $"<div class=\"card{(process.Longest.DaysLate > 0 ? " warn" : "")}\"><strong>{HtmlText.Escape(PlanWords.Heading(process))}</strong>\n");
            foreach (var line in summary)
            {
                body.Append(CultureInfo.InvariantCulture, $"<p>{HtmlText.Escape(line)}</p>\n");
            }

            body.Append("</div>\n");
        }

        body.Append("<div class=\"card\">\n").Append(PlanSvg.Write(plan, hasSummary: false)).Append("</div>\n");
        foreach (var process in plan.Processes)
        {
            WriteProcess(process, body);
        }

        return HtmlPage.Of(title, body.ToString());
    }

    private static string Question(PlanRequest request) =>
        (request.ReadyBy is { } readyBy ? $"Planned backwards: ready by {PlanWords.Day(readyBy)}" : $"Planned forwards: begun on {PlanWords.Day(request.Start ?? 0)}")
        + (request.Today is { } today ? $", nothing before {PlanWords.Day(today)}." : ".");

    private static void WriteProcess(ProcessPlan plan, StringBuilder body)
    {
        var process = plan.Process;
        body.Append(CultureInfo.InvariantCulture, $"<h2>{HtmlText.Escape(PlanWords.Heading(plan))}</h2>\n");
        foreach (var norm in process.Norms)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p>Leads to: {HtmlText.Escape(norm.Title)} <code>{HtmlText.Escape(norm.QualifiedName)}</code></p>\n");
        }

        body.Append("<div class=\"card wide\">\n<table>\n<thead><tr><th>Step</th><th>Takes</th><th>Earliest</th><th>At the latest</th><th>If all takes its shortest</th><th class=\"number\">Slack</th></tr></thead>\n<tbody>\n");
        foreach (var step in plan.Longest.Steps)
        {
            var best = plan.Shortest.Steps.First(other => other.Step == step.Step);
            body.Append("<tr><td>").Append(Step(step)).Append("</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{HtmlText.Escape(PlanWords.Length(step, plan))}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"date\">{Span(step.EarliestStart, step.EarliestEnd)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"date\">{Span(step.LatestStart, step.LatestEnd)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"date soft\">{Span(best.EarliestStart, best.EarliestEnd)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{(step.Slack == 0 ? "none" : PlanWords.Days(step.Slack))}</td></tr>\n");
        }

        body.Append("</tbody>\n</table>\n</div>\n");
        WriteNotes(process.Needs, process.SubjectTo, process.Citations, body);
    }

    private static string Step(ScheduledStep scheduled)
    {
        var step = scheduled.Step;
        var cell = new StringBuilder();
        cell.Append(CultureInfo.InvariantCulture, $"{(scheduled.IsCritical ? "<strong>" : "")}{HtmlText.Escape(step.Title)}{(scheduled.IsCritical ? "</strong> <span class=\"mark open\">critical</span>" : "")}");
        var asides = new[]
        {
            step.After.IsEmpty ? "" : $"after {PlanWords.After(step)}",
            step.Actor is { } actor ? $"by {actor.Title}" : "",
            step.Needs.IsEmpty ? "" : $"needs {string.Join(", ", step.Needs)}",
            step.SubjectTo.IsEmpty ? "" : $"subject to {string.Join("; ", step.SubjectTo)}",
            step.Citations.IsEmpty ? "" : $"source: {PlanWords.Citations(step.Citations)}",
        };
        foreach (var aside in asides.Where(aside => aside.Length > 0))
        {
            cell.Append(CultureInfo.InvariantCulture, $"<div class=\"small soft\">{HtmlText.Escape(aside)}</div>");
        }

        return cell.ToString();
    }

    private static string Span(long from, long to) => $"{PlanWords.Day(from)} to<br>{PlanWords.Day(to)}";

    private static void WriteNotes(ImmutableArray<string> needs, ImmutableArray<string> subjectTo, ImmutableArray<CitationSymbol> citations, StringBuilder body)
    {
        foreach (var need in needs)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"small\">Needs: {HtmlText.Escape(need)}</p>\n");
        }

        foreach (var condition in subjectTo)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"small\">Subject to: {HtmlText.Escape(condition)}</p>\n");
        }

        if (!citations.IsEmpty)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"small soft\">Source: {HtmlText.Escape(PlanWords.Citations(citations))}</p>\n");
        }
    }
}
