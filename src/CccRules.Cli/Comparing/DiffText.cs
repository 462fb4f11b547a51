using System.Globalization;
using System.Text;
using CccRules.Compiler.Proof;

namespace CccRules.Cli.Comparing;

/// <summary>A comparison as plain text.</summary>
internal static class DiffText
{
    public static string Write(DiffReport report)
    {
        var text = new StringBuilder();
        Line(text, $"from {Screen.Escape(report.Old)} to {Screen.Escape(report.New)}");
        Line(text, "");
        foreach (var norm in report.Changed)
        {
            Write(text, report, norm);
        }

        foreach (var norm in report.SameForKnownFacts)
        {
            Line(text, $"{norm.Name}: {DiffReport.Words(norm.Difference)}; where facts are missing, its answer can be wider or narrower");
        }

        Line(text, Summary(report));
        return text.ToString();
    }

    public static string Summary(DiffReport report)
    {
        var same = report.Difference.Norms.Length - report.Changed.Length;
        var proved = report.Changed.IsEmpty
            ? "proved equal: no record whose facts are known has another outcome or another category"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{DiagnosticReport.Count(report.Changed.Length, "norm or category", "norms and categories")} differ, {same} are proved to be the same");
        return report.Counts is { } counts
            ? $"{proved}; {DiagnosticReport.Count(counts.Records, "record")} compared{(counts.Unreadable > 0 ? $", {DiagnosticReport.Count(counts.Unreadable, "row")} refused" : "")}"
            : proved;
    }

    /// <summary>Sums with the names of their columns.</summary>
    public static string Sums(DiffReport report, RecordCount count) => string.Concat(
        count.Sums.Select((sum, i) => string.Create(CultureInfo.InvariantCulture, $", {report.Counts!.SumOf[i]} {sum:N2}")));

    private static void Write(StringBuilder text, DiffReport report, NormChanges norm)
    {
        Line(text, $"{norm.Name} \"{Screen.Escape(norm.Title)}\": {DiffReport.Words(norm.Difference)}");
        foreach (var change in norm.Classes)
        {
            var direction = DiffReport.Direction(norm, change);
            Line(text, $"  {DiffReport.Status(norm, change, change.Old)} -> {DiffReport.Status(norm, change, change.New)}{(direction.Length > 0 ? $" ({direction})" : "")}");
            if (change.Scenario is null)
            {
                Line(text, $"    not proved: {change.Reason}");
                continue;
            }

            foreach (var line in change.Scenario.TrimEnd('\n').Split('\n'))
            {
                Line(text, $"    {Screen.Escape(line)}");
            }
        }

        foreach (var count in report.CountsOf(norm))
        {
            Line(text, $"  {DiagnosticReport.Count(count.Records, "record")}: {count.Old ?? "not there"} -> {count.New ?? "not there"}{Sums(report, count)}");
        }

        foreach (var cause in norm.Because)
        {
            Line(text, $"  {DiffReport.Words(cause.Difference)}: {cause.Symbol.Noun} {cause.Symbol.Name} ({cause.Symbol.Location})");
            foreach (var citation in cause.Citations)
            {
                Line(text, $"    cites {Screen.Escape(citation)}");
            }
        }

        Line(text, "");
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
