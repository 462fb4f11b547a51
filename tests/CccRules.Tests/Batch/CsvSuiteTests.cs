using System.Text;
using System.Text.Json;
using CccRules.Batch;
using CccRules.Batch.Sources;
using CccRules.Tests.Architecture;
using Xunit.Abstractions;

namespace CccRules.Tests.Batch;

/// <summary>
/// Runs the CSV files of public suites (tests/suites/csv) through the scanner: the same rows where a strict reader accepts, the same
/// line where it refuses.
/// </summary>
public sealed class CsvSuiteTests(ITestOutputHelper output)
{
    /// <summary>What this reader does where the suite says "choose and document".</summary>
    private static readonly Dictionary<string, string> Policies = new(StringComparer.Ordinal)
    {
        ["blank-lines"] = "an empty line is a record of one empty field to the scanner; the source passes over it where there are more columns",
        ["mixed-eol"] = "LF and CRLF may mix in one file",
        ["empty-file"] = "a file without a header is refused by the source before the run",
        ["bom"] = "one UTF-8 byte order mark at the beginning is dropped",
    };

    /// <summary>Refusals that are the source's and not the scanner's: they concern the header.</summary>
    private static readonly Dictionary<string, BatchProblemKind> HeaderProblems = new(StringComparer.Ordinal)
    {
        ["duplicate-header"] = BatchProblemKind.DuplicateColumn,
        ["empty-header-name"] = BatchProblemKind.EmptyColumnName,
        ["utf16-bom"] = BatchProblemKind.NotUtf8File,
    };

    private static readonly Dictionary<string, RowFaultKind[]> Reasons = new(StringComparer.Ordinal)
    {
        ["bare-cr"] = [RowFaultKind.BareCarriageReturn],
        ["bare-quote"] = [RowFaultKind.StrayQuote],
        ["text-after-closing-quote"] = [RowFaultKind.TextAfterClosingQuote],
        ["unterminated-quote"] = [RowFaultKind.UnterminatedQuote],
        ["invalid-utf8"] = [RowFaultKind.InvalidUtf8],
        ["nul"] = [RowFaultKind.NulCharacter],
        ["ragged"] = [RowFaultKind.TooFewFields, RowFaultKind.TooManyFields],
    };

    /// <summary>Where this reader departs from the suite, and why. So far nowhere.</summary>
    private static readonly Dictionary<string, string> Deviations = new(StringComparer.Ordinal);

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        foreach (var file in Cases().Keys)
        {
            files.Add(file);
        }

        return files;
    }

    [Fact]
    public void The_suite_is_there_as_a_whole()
    {
        var cases = Cases();
        var verdicts = cases.Values.CountBy(item => item.Options is null ? "of another dialect" : item.Strict.GetProperty("verdict").GetString() ?? "");
        output.WriteLine($"{cases.Count} CSV files: {string.Join(", ", verdicts.OrderByDescending(item => item.Value).Select(item => $"{item.Value} {item.Key}"))}");
        Assert.Equal(191, cases.Keys.Count(file => File.Exists(Local(file))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_read_or_refused_as_a_strict_reader_does(string file)
    {
        var (path, strict, options) = Cases()[file];
        var verdict = strict.GetProperty("verdict").GetString();
        if (options is null || verdict == "not-applicable" || Deviations.ContainsKey(file))
        {
            return;
        }

        var reason = verdict == "reject" ? strict.GetProperty("reason").GetString() ?? "" : "";
        if (HeaderProblems.TryGetValue(reason, out var problem))
        {
            var e = Assert.Throws<BatchSetupException>(() => CsvSource.Open(path, options));
            Assert.Equal(problem, e.Problems[0].Kind);
            Assert.StartsWith("line 1:", e.Problems[0].Message, StringComparison.Ordinal);
            return;
        }

        var (rows, faults) = Read(path, options);
        if (verdict == "reject")
        {
            var first = faults[0];
            Assert.Contains(first.Kind, Reasons[reason]);
            Assert.Contains(first.Line, new[] { strict.GetProperty("line_start").GetInt64(), strict.GetProperty("line_detected").GetInt64() });
            return;
        }

        var notes = strict.GetProperty("notes").EnumerateArray().Select(note => note.GetString() ?? "").ToArray();
        Assert.All(notes, note => Assert.Contains(note, Policies.Keys));
        // Beside blank lines, which are records of one field here, rows of several fields are ragged, or the other way round.
        var isRagged = notes.Contains("blank-lines") ? Reasons["ragged"] : [];
        Assert.DoesNotContain(faults, fault => !isRagged.Contains(fault.Kind));
        var expected = strict.GetProperty("rows").EnumerateArray().Select(Cells).ToList();
        Assert.Equal(expected, rows.Select(row => row.ToArray()));
    }

    private static (List<List<string>> Rows, List<(RowFaultKind Kind, long Line)> Faults) Read(string path, CsvOptions options)
    {
        using var scanner = new CsvScanner(File.OpenRead(path), options);
        var rows = new List<List<string>>();
        var faults = new List<(RowFaultKind Kind, long Line)>();
        while (scanner.Read())
        {
            var row = Enumerable.Range(0, scanner.FieldCount).Select(i => Encoding.UTF8.GetString(scanner.Field(i))).ToList();
            var columns = rows.Count == 0 ? row.Count : rows[0].Count;
            var kind = scanner.Fault != RowFaultKind.None ? scanner.Fault
                : row.Count < columns ? RowFaultKind.TooFewFields
                : row.Count > columns ? RowFaultKind.TooManyFields
                : RowFaultKind.None;
            if (kind != RowFaultKind.None)
            {
                faults.Add((kind, scanner.Line));
            }

            if (scanner.Fault == RowFaultKind.None)
            {
                rows.Add(row);
            }
        }

        return (rows, faults);
    }

    private static string[] Cells(JsonElement row) => [.. row.EnumerateArray().Select(cell => cell.GetString() ?? "")];

    private static Dictionary<string, (string Path, JsonElement Strict, CsvOptions? Options)> Cases()
    {
        var cases = new Dictionary<string, (string Path, JsonElement Strict, CsvOptions? Options)>(StringComparer.Ordinal);
        Add(Path.GetDirectoryName(Local("manifest.json")) ?? "");
        // The rest of the suite, whose licences the repository does not carry, where it lies beside the repository.
        foreach (var beside in new[] { "../shared/suites/csv", "../../shared/suites/csv" }.Select(Repository.FullPath).Where(Directory.Exists))
        {
            Add(beside);
        }

        return cases;

        void Add(string folder)
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
            foreach (var item in manifest.RootElement.GetProperty("cases").EnumerateArray())
            {
                var file = item.GetProperty("file").GetString() ?? "";
                cases.TryAdd(file, (Path.Combine(folder, file), item.GetProperty("strict").Clone(), Options(item.GetProperty("config"))));
            }
        }
    }

    /// <summary>The dialect that a file needs; null where the reader has no such dialect.</summary>
    private static CsvOptions? Options(JsonElement config)
    {
        var separator = config.TryGetProperty("delimiter", out var delimiter) ? delimiter.GetString() ?? "" : ",";
        return separator.Length == 1 && separator[0] < 128 && !config.TryGetProperty("quote", out _) && !config.TryGetProperty("terminator", out _)
            ? new CsvOptions { Separator = separator[0] }
            : null;
    }

    private static string Local(string file) => Repository.FullPath("tests/suites/csv/" + file);
}
