using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CccRules.Tests.Scenarios;

/// <summary>
/// A <c>rows</c> fence: records and what is expected of them. Left of the bar fields, questions or <c>as-of</c>, right of it
/// norms and categories.
/// </summary>
internal sealed record RowTable
{
    /// <summary>Name of the column that gives the evaluation date, should it differ from row to row.</summary>
    public const string DateColumn = "as-of";

    /// <summary>The evaluation date of all rows, as written; null: not known.</summary>
    public string? AsOf { get; init; }

    /// <summary>Only what was known on this day counts, as written; null: all.</summary>
    public string? KnownOn { get; init; }

    public required ImmutableArray<string> Facts { get; init; }

    public required ImmutableArray<string> Subjects { get; init; }

    public required ImmutableArray<Row> Rows { get; init; }

    public static RowTable Parse(IReadOnlyList<string> options, ImmutableArray<string> lines, int firstLine, Func<string, Exception> fault)
    {
        string? asOf = null;
        string? knownOn = null;
        for (var i = 0; i < options.Count; i += 2)
        {
            var value = i + 1 < options.Count ? options[i + 1] : throw fault($"`{options[i]}` needs a date");
            _ = options[i] switch
            {
                DateColumn => asOf = value,
                "known-on" => knownOn = value,
                _ => throw fault($"unknown option `{options[i]}`"),
            };
        }

        var rows = lines.Index().Where(line => line.Item.Trim().Length > 0).Select(line => Split(line.Item, firstLine + line.Index + 1, fault)).ToList();
        if (rows.Count < 2)
        {
            throw fault("rows need a header and at least one row");
        }

        if (rows[0].Facts is [""])
        {
            // No facts at all: nothing stands before the bar.
            rows = [.. rows.Select(row => row.Facts is [""] ? row with { Facts = [] } : row)];
        }

        if (rows.FirstOrDefault(row => row.Facts.Length != rows[0].Facts.Length || row.Expected.Length != rows[0].Expected.Length) is { } ragged)
        {
            throw fault($"line {ragged.Line} has another number of cells than the header");
        }

        return new RowTable
        {
            AsOf = asOf,
            KnownOn = knownOn,
            Facts = rows[0].Facts,
            Subjects = rows[0].Expected,
            Rows = [.. rows.Skip(1)],
        };
    }

    private static Row Split(string line, int number, Func<string, Exception> fault)
    {
        var facts = Cells(line, out var rest);
        var expected = rest is null ? [] : Cells(rest, out _);
        return rest is null || expected is [] or [""]
            ? throw fault($"line {number} has nothing after `|`")
            : new Row(number, facts, expected);
    }

    /// <summary>Cells up to a bar. Commas and bars inside quotes belong to the text.</summary>
    private static ImmutableArray<string> Cells(string line, out string? rest)
    {
        var cells = ImmutableArray.CreateBuilder<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && (i == 0 || line[i - 1] != '\\'))
            {
                isQuoted = !isQuoted;
            }

            if (isQuoted || line[i] is not (',' or '|'))
            {
                cell.Append(line[i]);
                continue;
            }

            cells.Add(cell.ToString().Trim());
            cell.Clear();
            if (line[i] == '|')
            {
                rest = line[(i + 1)..];
                return cells.ToImmutable();
            }
        }

        cells.Add(cell.ToString().Trim());
        rest = null;
        return cells.ToImmutable();
    }
}

/// <summary>One record with what is expected of it. <paramref name="Line"/> is the line of the scenario file, from 1.</summary>
internal sealed record Row(int Line, ImmutableArray<string> Facts, ImmutableArray<string> Expected)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}");
}
