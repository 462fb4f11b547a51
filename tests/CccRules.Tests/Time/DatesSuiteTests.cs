using System.Globalization;
using CccRules.Runtime.Time;
using Xunit.Abstractions;

namespace CccRules.Tests.Time;

/// <summary>Runs the date sums of six public suites (tests/suites/dates.csv) against <see cref="CivilDate"/>.</summary>
public sealed class DatesSuiteTests(ITestOutputHelper output)
{
    private const int RowsInSuite = 204;

    [Fact]
    public void Every_row_of_the_dates_suite_gives_the_expected_date_or_error()
    {
        List<Row> rows = [.. ReadRows()];
        List<string> wrong =
        [
            .. from row in rows
               let actual = Answer(row)
               where actual != row.Expected
               select $"{row.Id} {row.Date} {row.Duration} {row.Rounding}: expected {row.Expected}, got {actual}",
        ];
        output.WriteLine($"{rows.Count} rows ran, {wrong.Count} deviate");
        Assert.Empty(wrong);
        Assert.Equal(RowsInSuite, rows.Count);
    }

    [Fact]
    public void The_total_sum_agrees_with_every_row_that_expects_a_date()
    {
        List<Row> rows = [.. ReadRows().Where(row => char.IsAsciiDigit(row.Expected[0]))];
        Assert.Equal(178, rows.Count);
        Assert.All(rows, row =>
        {
            MonthRounding rounding = row.Rounding == "up" ? MonthRounding.Up : MonthRounding.Down;
            Assert.Equal(row.Expected, CivilDate.Format(CivilDate.AddPeriod(Day(row.Date), row.Months, row.Days, rounding)));
        });
    }

    private static string Answer(Row row)
    {
        MonthRounding? rounding = row.Rounding switch
        {
            "up" => MonthRounding.Up,
            "down" => MonthRounding.Down,
            "abort" => null,
            _ => throw new InvalidOperationException($"rounding {row.Rounding} of {row.Id}"),
        };
        return CivilDate.TryAddPeriod(Day(row.Date), row.Months, row.Days, rounding, out long result) switch
        {
            PeriodResult.Ok => CivilDate.Format(result),
            PeriodResult.Ambiguous => "ERROR_AMBIGUOUS",
            PeriodResult.OutOfRange => "ERROR_RANGE",
            _ => throw new InvalidOperationException("unknown result"),
        };
    }

    private static long Day(string text)
    {
        Assert.True(CivilDate.TryParse(text, out long day), text);
        return day;
    }

    private static IEnumerable<Row> ReadRows()
    {
        string[] lines = File.ReadAllLines(Path.Combine(SuitesFolder(), "dates.csv"));
        Assert.StartsWith("id,date,duration,rounding,expected,years,months,days,", lines[0], StringComparison.Ordinal);
        foreach (string line in lines.Skip(1))
        {
            // Quoted fields occur in later columns only.
            string[] cells = line.Split(',');
            yield return new Row(
                cells[0], cells[1], cells[2], cells[3], cells[4], (Number(cells[5]) * 12) + Number(cells[6]), Number(cells[7]));
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string SuitesFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string suites = Path.Combine(folder.FullName, "tests", "suites");
            if (Directory.Exists(suites))
            {
                return suites;
            }
        }

        throw new DirectoryNotFoundException("tests/suites was not found above the test assembly");
    }

    private sealed record Row(
        string Id, string Date, string Duration, string Rounding, string Expected, long Months, long Days);
}
