using System.Collections.Immutable;
using System.Text.Json;
using CccRules.Compiler.Text;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Files;

/// <summary>
/// Days off and make-up working days of one or more years. JSON has a year and its days (<c>{"year": 2026, "days": [{"date": "2026-01-01",
/// "isOffDay": true}]}</c>, the form of holiday-cn); CSV has the columns <c>date</c> and <c>off</c> (yes or no). A year without days is not known.
/// </summary>
internal sealed record CalendarFile(ImmutableArray<(long Day, bool IsOff)> Days, ImmutableArray<int> Years)
{
    public static (CalendarFile? Calendar, TableFault? Fault) Read(DataFile file) =>
        file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ReadJson(file) : ReadCsv(file);

    private static (CalendarFile? Calendar, TableFault? Fault) ReadJson(DataFile file)
    {
        try
        {
            using var document = JsonDocument.Parse(file.Bytes, new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false });
            var year = document.RootElement.GetProperty("year").GetInt32();
            var days = ImmutableArray.CreateBuilder<(long, bool)>();
            foreach (var entry in document.RootElement.GetProperty("days").EnumerateArray())
            {
                var date = entry.GetProperty("date").GetString() ?? "";
                if (!CivilDate.TryParse(date, out var day))
                {
                    return (null, Fault(file, $"`{date}` is not a date such as `2026-03-01`"));
                }

                days.Add((day, entry.GetProperty("isOffDay").GetBoolean()));
            }

            return (new CalendarFile(days.ToImmutable(), days.Count == 0 || year is < 1 or > 9999 ? [] : [year]), null);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return (null, Fault(file, "the file is not a calendar"));
        }
    }

    private static (CalendarFile? Calendar, TableFault? Fault) ReadCsv(DataFile file)
    {
        var (table, fault) = CsvTable.Read(file, ',');
        if (table is null)
        {
            return (null, fault);
        }

        var headers = table.Header.Select(cell => cell.Content).ToList();
        var (date, off) = (headers.IndexOf("date"), headers.IndexOf("off"));
        if (date < 0 || off < 0)
        {
            return (null, Fault(file, "the file lacks the columns `date` and `off`"));
        }

        var days = ImmutableArray.CreateBuilder<(long, bool)>();
        foreach (var row in table.Rows)
        {
            if (row.Cells.Length <= Math.Max(date, off) || !CivilDate.TryParse(row.Cells[date].Content, out var day) || row.Cells[off].Content is not ("yes" or "no"))
            {
                return (null, new TableFault(table.Text.GetLocation(row.Cells[0].Span), $"row {row.Number} is not a date with `yes` or `no`", "write rows such as `2026-01-01,yes`"));
            }

            days.Add((day, row.Cells[off].Content == "yes"));
        }

        return (new CalendarFile(days.ToImmutable(), [.. days.Select(day => (int)CivilDate.YearOf(day.Item1)).Distinct()]), null);
    }

    private static TableFault Fault(DataFile file, string what) => new(
        SourceText.From(file.Path, "").GetLocation(new TextSpan(0, 0)), what, "a calendar is JSON with `year` and `days`, each with `date` and `isOffDay`, or CSV with the columns `date` and `off`");
}
