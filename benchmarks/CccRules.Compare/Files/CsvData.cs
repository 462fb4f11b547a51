using System.Globalization;
using System.Text;
using CccRules.Compare.Workload;

namespace CccRules.Compare.Files;

/// <summary>A CSV file of records, made once and kept.</summary>
internal static class CsvData
{
    /// <summary>The file with so many rows below its header.</summary>
    public static string Make(string folder, int rows, HsCodes codes)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"records-{rows}.csv"));
        if (File.Exists(path))
        {
            return path;
        }

        using (var writer = new StreamWriter(path + ".partial", append: false, new UTF8Encoding(false), 1 << 20) { NewLine = "\n" })
        {
            writer.WriteLine(string.Join(',', Fields.All.Select(Fields.NameOf)));
            var random = new Random(rows);
            for (var row = 0; row < rows; row++)
            {
                Write(writer, ProductRecord.Create(random, codes));
            }
        }

        File.Move(path + ".partial", path);
        return path;
    }

    /// <summary>A file with so many rows: those of a smaller one, again and again.</summary>
    public static string Repeat(string folder, string path, int rows)
    {
        var lines = File.ReadAllLines(path);
        var repeated = Path.Combine(folder, "repeated.csv");
        File.WriteAllLines(repeated, Enumerable.Range(0, rows).Select(row => lines[1 + (row % (lines.Length - 1))]).Prepend(lines[0]));
        return repeated;
    }

    private static void Write(StreamWriter writer, ProductRecord record)
    {
        object?[] cells =
        [
            record.HsCode, record.Origin, Day(record.DeclaredOn), Day(record.ManufacturedOn), record.IsNotImported ? "none" : Day(record.ImportedOn),
            Day(record.CertificateIssuedOn), record.Purpose is { } purpose ? Fields.Purposes[(int)purpose] : null,
            record.Channel is { } channel ? Fields.Channels[(int)channel] : null, Flag(record.HasMark), Flag(record.HasRadio), record.RatedPower,
            record.RatedVoltage, record.Quantity,
        ];
        writer.WriteLine(string.Join(',', cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture))));
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Flag(bool? answer) => answer is { } known ? (known ? "yes" : "no") : null;
}
