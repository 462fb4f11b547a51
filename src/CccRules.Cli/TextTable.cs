using System.Text;
using Spectre.Console;

namespace CccRules.Cli;

/// <summary>A table for people: drawn on a terminal, in aligned columns elsewhere.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Columns whose cells are numbers.</summary>
    public HashSet<int> Numbers { get; init; } = [];

    /// <param name="cells">Foreign text, one for each heading.</param>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Screen.Escape)]);

    public void WriteTo(Screen screen)
    {
        if (screen.HasColours)
        {
            screen.Console.Write(Drawn());
            return;
        }

        string[][] all = [headings, .. _rows];
        int[] widths = [.. headings.Select((_, column) => all.Max(row => row[column].Length))];
        foreach (var row in all)
        {
            var line = new StringBuilder();
            for (var column = 0; column < row.Length; column++)
            {
                line.Append(column == 0 ? "" : "  ");
                line.Append(Numbers.Contains(column) ? row[column].PadLeft(widths[column]) : row[column].PadRight(widths[column]));
            }

            screen.WriteLine(line.ToString().TrimEnd());
        }
    }

    private Table Drawn()
    {
        var table = new Table().Border(TableBorder.Rounded);
        for (var column = 0; column < headings.Length; column++)
        {
            var heading = new TableColumn(new Text(headings[column], new Style(decoration: Decoration.Bold)));
            table.AddColumn(Numbers.Contains(column) ? heading.RightAligned() : heading);
        }

        foreach (var row in _rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        return table;
    }
}
