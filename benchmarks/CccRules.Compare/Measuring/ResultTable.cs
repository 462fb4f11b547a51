using System.Globalization;
using System.Text;

namespace CccRules.Compare.Measuring;

/// <summary>The table of goals and measurements, as Markdown that also reads well on a screen.</summary>
internal sealed class ResultTable(IReadOnlyList<ResultRow> rows, Machine machine)
{
    private static readonly string[] Head = ["#", "work", "must (ambition)", "measured", "verdict", "behind it"];

    public string ToText()
    {
        var cells = rows.Select(row => new[]
        {
            row.Number,
            row.Work,
            row.Goal.Text,
            row.Measured is { } value ? Short(value) + row.Goal.Unit : "-",
            row.Verdict,
            row.Detail,
        }).Prepend(Head).ToList();
        // The last column may be as long as it likes.
        var widths = Enumerable.Range(0, Head.Length - 1).Select(column => cells.Max(row => row[column].Length)).Append(3).ToList();
        cells.Insert(1, [.. widths.Select(width => new string('-', width))]);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{machine}\n\n");
        foreach (var row in cells)
        {
            text.Append("| ").AppendJoin(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))).Append(" |\n");
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Writes the table to its place among the results; the answer is the file's path.</summary>
    public string Write(string repository)
    {
        var folder = Path.Combine(repository, "benchmarks", "results", machine.FolderName);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "compare.md");
        File.WriteAllText(path, "# Measured by `benchmarks/compare.sh`\n\n" + ToText().TrimEnd('\n') + "\n");
        return Path.GetRelativePath(repository, path);
    }

    private static string Short(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
