using System.Text;
using CccRules.Batch.Sources;
using CccRules.Runtime.Facts;
using CccRules.Tests.Architecture;

namespace CccRules.Tests.Batch;

/// <summary>The one table of what numbers, dates and codes may look like, over the value files of the CSV suite.</summary>
public sealed class ValueShapesTests
{
    [Fact]
    public void Numbers() => AssertShapes(
        "made-number-shapes.csv",
        FactKind.Decimal,
        "1e5: ExponentInNumber",
        "0x10: NotDecimal",
        "NaN: NotDecimal",
        "Infinity: NotDecimal",
        "1_000: GroupingInNumber",
        " 1: 1",
        "1 : 1",
        "+1: 1",
        ".5: NotDecimal",
        "5.: NotDecimal",
        "79228162514264337593543950335: DecimalTooLarge",
        "79228162514264337593543950336: DecimalTooLarge",
        "0.0000000000000000000000000001: TooManyDecimals",
        "0.00000000000000000000000000001: TooManyDecimals",
        "\u00A05: NotDecimal",
        "١٢: NotDecimal");

    [Fact]
    public void Numbers_with_a_comma() => AssertShapes(
        "made-decimal-comma.csv", FactKind.Decimal, ';', "1,5: CommaInNumber", "1.234,56: CommaInNumber");

    [Fact]
    public void Dates() => AssertShapes(
        "made-dates.csv",
        FactKind.Date,
        "2024-02-29: 2024-02-29",
        "2023-02-29: DateDoesNotExist",
        "1900-02-29: DateDoesNotExist",
        "2000-02-29: 2000-02-29",
        "0000-01-01: DateDoesNotExist",
        "0001-01-01: 0001-01-01",
        "9999-12-31: 9999-12-31",
        "10000-01-01: NotDate",
        "2024-2-9: NotDate",
        "29/02/2024: NotDate",
        "02/29/2024: NotDate",
        "2024-02-29T00:00:00Z: NotDate",
        "2024-02-29 : 2024-02-29",
        "20240229: NotDate",
        "2024-13-01: DateDoesNotExist",
        "2024-12-31T23:59:60Z: NotDate");

    [Fact]
    public void HS_codes_keep_their_leading_zeros() => AssertShapes(
        "made-leading-zero-hs.csv", FactKind.HsCode, "010121: 0101.21", "0101: 0101", "00000000: 0000.00.00");

    private static void AssertShapes(string file, FactKind kind, params string[] expected) => AssertShapes(file, kind, ',', expected);

    private static void AssertShapes(string file, FactKind kind, char separator, params string[] expected)
    {
        var schema = new FactSchema { Index = 0, Name = "v", Kind = kind };
        var reader = new FactReader(schema);
        var texts = new TextDictionary();
        using var scanner = new CsvScanner(File.OpenRead(Repository.FullPath("tests/suites/csv/" + file)), new CsvOptions { Separator = separator });
        var shapes = new List<string>();
        Assert.True(scanner.Read());
        while (scanner.Read())
        {
            var cell = scanner.Field(1);
            var fault = reader.Read(cell, texts, out var fact);
            shapes.Add($"{Encoding.UTF8.GetString(cell)}: {(fault == FactFault.None ? FactFormatter.Format(schema, fact, texts) : fault)}");
        }

        Assert.Equal(expected, shapes);
    }
}
