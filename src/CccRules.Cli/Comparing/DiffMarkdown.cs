using System.Text;

namespace CccRules.Cli.Comparing;

/// <summary>A comparison as Markdown, for a review.</summary>
internal static class DiffMarkdown
{
    public static string Write(DiffReport report)
    {
        var text = new StringBuilder();
        Line(text, $"# From {Plain(report.Old)} to {Plain(report.New)}\n");
        Line(text, $"{DiffText.Summary(report)}.\n");
        foreach (var norm in report.Changed)
        {
            Line(text, $"## {Plain(norm.Title)}\n");
            Line(text, $"`{norm.Name}`: {DiffReport.Words(norm.Difference)}\n");
            Line(text, "| before | after | |");
            Line(text, "| --- | --- | --- |");
            foreach (var change in norm.Classes)
            {
                Line(text, $"| {DiffReport.Status(norm, change, change.Old)} | {DiffReport.Status(norm, change, change.New)} | {DiffReport.Direction(norm, change)} |");
            }

            Line(text, "");
            foreach (var change in norm.Classes)
            {
                Line(text, change.Scenario is null ? $"Not proved: {change.Reason}\n" : $"```ccc\n{Fenced(change.Scenario)}```\n");
            }

            if (report.CountsOf(norm).Any())
            {
                Line(text, $"| records | before | after | {string.Concat(report.Counts!.SumOf.Select(name => $"{Plain(name)} | "))}");
                Line(text, $"| ---: | --- | --- | {string.Concat(report.Counts.SumOf.Select(_ => "---: | "))}");
                foreach (var count in report.CountsOf(norm))
                {
                    Line(text, $"| {count.Records:N0} | {count.Old ?? "not there"} | {count.New ?? "not there"} | {string.Concat(count.Sums.Select(sum => FormattableString.Invariant($"{sum:N2} | ")))}");
                }

                Line(text, "");
            }

            foreach (var cause in norm.Because)
            {
                Line(text, $"- {DiffReport.Words(cause.Difference)}: {cause.Symbol.Noun} `{cause.Symbol.Name}`{string.Concat(cause.Citations.Select(citation => $"; {Plain(citation)}"))}");
            }

            Line(text, "");
        }

        return text.ToString();
    }

    private static string Fenced(string scenario) => Screen.Escape(scenario.Replace("```", "'''", StringComparison.Ordinal).Replace("\n", "\u0001", StringComparison.Ordinal)).Replace("\\u{1}", "\n", StringComparison.Ordinal).Replace("\u0001", "\n", StringComparison.Ordinal);

    /// <summary>Foreign text in which nothing is taken for markup.</summary>
    private static string Plain(string text) => string.Concat(Screen.Escape(text).Select(character => "\\`*_{}[]<>#|".Contains(character, StringComparison.Ordinal) ? $"\\{character}" : $"{character}"));

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
