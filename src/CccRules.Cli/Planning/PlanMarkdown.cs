using System.Globalization;
using System.Text;
using CccRules.Cli.Documents;
using CccRules.Compiler.Planning;

namespace CccRules.Cli.Planning;

/// <summary>A plan as Markdown: a heading, its sentences, and a table for each process.</summary>
internal static class PlanMarkdown
{
    public static string Write(Plan plan)
    {
        var text = new StringBuilder();
        foreach (var process in plan.Processes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? "\n" : "")}## {MarkdownText.Escape(PlanWords.Heading(process))}\n\n");
            foreach (var line in PlanWords.Summary(process, plan.Request))
            {
                text.Append(CultureInfo.InvariantCulture, $"{MarkdownText.Escape(line)}\n");
            }

            text.Append('\n');
            text.Append(MarkdownText.Row("Step", "Takes", "Earliest", "At the latest", "Slack", "Source"));
            text.Append(MarkdownText.Row("---", "---", "---", "---", "---:", "---"));
            foreach (var step in process.Longest.Steps)
            {
                var title = MarkdownText.Escape(step.Step.Title);
                text.Append(MarkdownText.Row(
                    step.IsCritical ? $"**{title}** (critical)" : title,
                    PlanWords.Length(step, process),
                    $"{PlanWords.Day(step.EarliestStart)} to {PlanWords.Day(step.EarliestEnd)}",
                    $"{PlanWords.Day(step.LatestStart)} to {PlanWords.Day(step.LatestEnd)}",
                    step.Slack == 0 ? "none" : PlanWords.Days(step.Slack),
                    MarkdownText.Escape(PlanWords.Citations(step.Step.Citations.IsEmpty ? process.Process.Citations : step.Step.Citations))));
            }
        }

        return text.ToString();
    }
}
