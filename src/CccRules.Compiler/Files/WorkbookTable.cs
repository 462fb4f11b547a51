using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CccRules.Compiler.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace CccRules.Compiler.Files;

/// <summary>A sheet of an Excel workbook. It has no text to point into, so one is made: a line a row, tabs between the cells.</summary>
internal static class WorkbookTable
{
    private const int MostRows = 1_000_000;

    /// <param name="sheet">The sheet's name; null: the first.</param>
    public static (TableText? Table, TableFault? Fault) Read(DataFile file, string? sheet)
    {
        try
        {
            using var stream = new MemoryStream(file.Bytes.ToArray(), writable: false);
            using var reader = ExcelReaderFactory.CreateReader(stream);
            var names = new List<string>();
            do
            {
                names.Add(reader.Name);
                if (sheet is null || string.Equals(sheet, reader.Name, StringComparison.Ordinal))
                {
                    return Read(file, reader);
                }
            }
            while (reader.NextResult());

            return (null, Fault(file, $"the workbook has no sheet `{sheet}`", $"it has {string.Join(", ", names.Select(name => $"`{name}`"))}"));
        }
        catch (Exception problem) when (problem is ExcelReaderException or InvalidDataException or IOException or ArgumentException or FormatException
            or NotSupportedException or IndexOutOfRangeException or InvalidOperationException or OverflowException or System.Xml.XmlException or NullReferenceException)
        {
            // The reader has no single way to refuse a damaged file.
            return (null, Fault(file, "the file cannot be read as a workbook", "save it as .xlsx, or as .csv in UTF-8"));
        }
    }

    private static (TableText? Table, TableFault? Fault) Read(DataFile file, IExcelDataReader reader)
    {
        var text = new StringBuilder();
        var rows = new List<(int Number, List<(string Content, TextSpan Span)> Cells)>();
        for (var number = 1; reader.Read() && number <= MostRows; number++)
        {
            var cells = new List<(string, TextSpan)>();
            for (var column = 0; column < reader.FieldCount; column++)
            {
                var content = Content(reader.GetValue(column));
                text.Append(column == 0 ? "" : "\t");
                cells.Add((content, new TextSpan(text.Length, content.Length)));
                text.Append(content);
            }

            text.Append('\n');
            if (cells.Exists(cell => cell.Item1.Length > 0))
            {
                rows.Add((number, cells));
            }
        }

        var source = SourceText.From(file.Path, text.ToString());
        ImmutableArray<TextRow> read = [.. rows.Select(row => new TextRow(row.Number, [.. row.Cells.Select(cell => new TextCell(cell.Content, cell.Span, cell.Span.Start))]))];
        return read.IsEmpty
            ? (null, Fault(file, "the sheet is empty", "its first row names the columns"))
            : (new TableText(source, read[0].Cells, read[1..]), null);
    }

    /// <summary>A cell as the cells' grammar writes it, whatever the workbook's own format shows.</summary>
    private static string Content(object? value) => value switch
    {
        null => "",
        DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double number => number.ToString("0.##########", CultureInfo.InvariantCulture),
        bool flag => flag ? "yes" : "no",
        var other => (System.Convert.ToString(other, CultureInfo.InvariantCulture) ?? "").Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ').Trim(),
    };

    private static TableFault Fault(DataFile file, string what, string wayOut) =>
        new(SourceText.From(file.Path, "").GetLocation(new TextSpan(0, 0)), what, wayOut);
}
