using System.Text;
using System.Text.Json;
using CccRules.Batch;
using CccRules.Batch.Sources;
using CccRules.Tests.Architecture;
using Xunit.Abstractions;

namespace CccRules.Tests.Batch.Sources;

public sealed class JsonLinesTests(ITestOutputHelper output) : IDisposable
{
    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keys_are_columns_nested_ones_with_a_point_and_lists_of_plain_values_are_joined()
    {
        _folder.With("in.jsonl", """
            {"hs_code":"8507.60","quantity":5,"battery":{"energy":"20","cells":[1,2]},"note":"x\n\"y\" \u7535"}

            {"quantity":null,"hs_code":"85","extra":true,"battery":{"cells":["a;b"]},"parts":[{"hs_code":"85"}]}
            """);

        using (var source = _folder.Open("in.jsonl"))
        {
            Assert.Equal(["hs_code", "quantity", "battery.energy", "battery.cells", "note", "extra", "parts"], source.Columns.ToArray());
        }

        Assert.Equal(
            ["1: 8507.60|5|20|[1,2]|x\n\"y\" 电||", "3: 85|||[\"a;b\"]||true|[{\"hs_code\":\"85\"}]"],
            _folder.Read("in.jsonl"));
    }

    [Fact]
    public void What_was_no_text_in_JSON_comes_back_as_it_was()
    {
        const string line = """{"hs_code":"85","quantity":12,"w":1.50e3,"list":["a",null],"flag":false,"gone":null,"text":"12"}""";
        _folder.With("in.jsonl", line + "\n");
        _folder.Run("in.jsonl", "out.jsonl");
        _folder.Run("in.jsonl", "out.csv");

        Assert.StartsWith(line[..^1] + ",\"qr_mark\":\"breached\"", _folder["out.jsonl"]);
        Assert.Equal("85,12,1.50e3,\"[\"\"a\"\",null]\",false,,12,breached,not_available or available,evaluation date", _folder["out.csv"].Split('\n')[1]);
    }

    [Theory]
    [InlineData("""{"hs_code":"85","hs_code":"86"}""", "CCC8122")]
    [InlineData("""{"hs_code":"85","a":{"b":1},"a.b":2}""", "CCC8122")]
    [InlineData("""{"hs_code":"85","list":[{"a":1,"a":2}]}""", "CCC8122")]
    [InlineData("""{"hs_code":"85","\u0068s_code":"86"}""", "CCC8122")]
    [InlineData("""{"hs_code":"85","unheard":1}""", "CCC8123")]
    [InlineData("""["hs_code"]""", "CCC8121")]
    [InlineData("null", "CCC8121")]
    [InlineData("""{"hs_code":"85"}{"hs_code":"86"}""", "CCC8120")]
    [InlineData("""{"hs_code":"85"},""", "CCC8120")]
    [InlineData("""{"hs_code":"85",}""", "CCC8120")]
    [InlineData("""{"hs_code":NaN}""", "CCC8120")]
    [InlineData("""{"hs_code":"85" // x""", "CCC8120")]
    [InlineData("""{"hs_code":"8""", "CCC8120")]
    [InlineData("\uFEFF{\"hs_code\":\"85\"}", "CCC8120")]
    [InlineData("""{"hs_code":"85","list":["\ud800"]}""", "CCC8124")]
    [InlineData("""{"hs_code":"\udc00"}""", "CCC8124")]
    [InlineData("""{"hs_code":"8\u00005"}""", "CCC8107")]
    [InlineData("""{"hs_code":"85","quantity":1e400}""", "CCC8026")]
    [InlineData("""{"hs_code":"85","quantity":99999999999999999999}""", "CCC8021")]
    [InlineData("""{"hs_code":8507.60}""", "")]
    public void A_line_that_cannot_be_relied_on_is_refused_under_its_number(string line, string code)
    {
        const string good = """{"hs_code":"85","quantity":1,"list":[],"a":{"b":1}}""";
        _folder.With("in.jsonl", $"{good}\n{line}\n{good}\n");

        var rows = _folder.Read("in.jsonl", new SourceOptions { Columns = ["hs_code", "quantity", "list", "a.b"] });
        Assert.Equal(3, rows.Count);
        Assert.Equal("1: 85|1|[]|1", rows[0]);
        Assert.Equal("3: 85|1|[]|1", rows[2]);
        Assert.Equal(code.Length == 0 ? "2: 8507.60|||" : $"2: {code}", rows[1]);
    }

    [Fact]
    public void Depth_does_not_matter_to_the_stack()
    {
        const int depth = 1_000_000;
        _folder.With("in.jsonl", $$"""
            {"hs_code":"85","a":[]}
            {"hs_code":"85","a":{{new string('[', depth)}}{{new string(']', depth)}}}
            {{string.Concat(Enumerable.Repeat("{\"a\":", depth))}}
            {"hs_code":"86","a":[]}
            """);

        Assert.Equal(["1: 85|[]", "2: CCC8125", "3: CCC8125", "4: 86|[]"], _folder.Read("in.jsonl"));
    }

    [Fact]
    public void A_line_beyond_the_limit_is_refused_and_reading_goes_on()
    {
        _folder.With("in.jsonl", $"{{\"hs_code\":\"85\"}}\n{{\"hs_code\":\"{new string('8', 40_000_000)}\"}}\n{{\"hs_code\":\"86\"}}");

        Assert.Equal(["1: 85", "2: CCC8109", "3: 86"], _folder.Read("in.jsonl"));
    }

    [Fact]
    public void One_list_of_all_records_is_refused_with_a_way_out()
    {
        _folder.With("in.jsonl", "[{\"hs_code\":\"85\"}]");

        Assert.Contains("jq -c", Assert.Throws<BatchSetupException>(() => _folder.Open("in.jsonl")).Message);
    }

    [Fact]
    public void A_pipe_is_not_read_twice()
    {
        var text = string.Concat(Enumerable.Range(0, 3000).Select(row => $"{{\"hs_code\":\"85\",\"id\":\"{row}\"}}\n"));
        var rows = _folder.Read("-", new SourceOptions { Format = TextFormat.JsonLines, OpenStandardInput = () => new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        Assert.Equal(Enumerable.Range(0, 3000).Select(row => $"{row + 1}: 85|{row}"), rows);
    }

    [Fact]
    public void A_place_is_found_again()
    {
        _folder.With("in.jsonl", "\uFEFF" + string.Join("\r\n", Enumerable.Range(0, 50).Select(row => row % 7 == 1 ? "" : row % 5 == 2 ? "{" : $"{{\"id\":\"{row}\",\"hs_code\":\"85\"}}")));
        var (all, places) = SourcePositionTests.ReadOneByOne(_folder.Open("in.jsonl"));
        Assert.Equal(43, all.Count);
        for (var i = 0; i < places.Count; i++)
        {
            var source = _folder.Open("in.jsonl");
            source.Resume(places[i]);
            Assert.Equal(all.Skip(i + 1), SourcePositionTests.ReadOneByOne(source).Rows);
        }
    }

    /// <summary>
    /// JSONTestSuite, each case as the value of a key on a line of its own. Where the suite leaves the choice: text that is not Unicode is
    /// refused, numbers stay as they are written whatever their size, nesting ends at 64 levels. Stricter than the suite: NUL in a value
    /// and a key that stands twice are refused.
    /// </summary>
    [Fact]
    public void The_public_suite_is_read_or_refused_as_documented()
    {
        var folder = Path.Combine(Repository.Root, "../../shared/suites/json");
        folder = Directory.Exists(folder) ? folder : Path.Combine(Repository.Root, "../shared/suites/json");
        if (!Directory.Exists(folder))
        {
            output.WriteLine("skipped: the suite does not lie beside the repository");
            return;
        }

        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        var tried = 0;
        foreach (var item in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            var file = item.GetProperty("file").GetString()!;
            var content = File.ReadAllBytes(Path.Combine(folder, file));
            tried++;
            if (content.AsSpan().ContainsAny((byte)'\n', (byte)'\r'))
            {
                // A record is one line, so the value as it stands is broken off there; with its line breaks as the blanks that they are
                // between tokens it is judged like the others.
                _folder.With("case.jsonl", [.. "{\"hs_code\":\"85\",\"v\":"u8, .. content, .. "}\n"u8]);
                Assert.All(_folder.Read("case.jsonl", new SourceOptions { Columns = ["hs_code", "v"] }), row => Assert.Contains("CCC81", row));
                if (file.EndsWith("n_string_unescaped_newline.json", StringComparison.Ordinal))
                {
                    continue;
                }

                content = [.. content.Select(item => item is (byte)'\n' or (byte)'\r' ? (byte)' ' : item)];
            }

            _folder.With("case.jsonl", [.. "{\"hs_code\":\"85\",\"v\":"u8, .. content, .. "}\n{\"hs_code\":\"86\"}\n"u8]);
            var rows = _folder.Read("case.jsonl");
            Assert.Equal(2, rows.Count);
            Assert.StartsWith("2: 86", rows[1]);
            Assert.True(IsExpected(file, item.GetProperty("expected").GetString()!, rows[0]), $"{file}: {rows[0]}");
        }

        var lines = manifest.RootElement.GetProperty("jsonl").GetProperty("lines").EnumerateArray().ToList();
        _folder.With("mixed.jsonl", File.ReadAllBytes(Path.Combine(folder, "mixed.jsonl")));
        using var source = _folder.Open("mixed.jsonl");
        var verdicts = Verdicts(source);
        Assert.Equal(lines.Count, verdicts.Count);
        foreach (var line in lines)
        {
            var (name, expected) = (line.GetProperty("case").GetString()!, line.GetProperty("expected").GetString()!);
            Assert.True(IsExpected(name, expected, verdicts[line.GetProperty("line").GetInt64()]), $"{name}: {verdicts[line.GetProperty("line").GetInt64()]}");
        }

        output.WriteLine($"{tried} files and {lines.Count} lines of JSONTestSuite tried, {verdicts.Values.Count(verdict => verdict.Contains("CCC"))} lines refused");
    }

    private static bool IsExpected(string file, string expected, string row)
    {
        var isRefused = row.Contains("CCC", StringComparison.Ordinal);
        var name = Path.GetFileNameWithoutExtension(file);
        return expected switch
        {
            "reject" => isRefused,
            "accept" => isRefused == IsStricter(name),
            _ when name.StartsWith("i_number", StringComparison.Ordinal) => !isRefused,
            _ when name.StartsWith("i_", StringComparison.Ordinal) => isRefused,
            _ => true,
        };
    }

    private static bool IsStricter(string name) => name is "y_object_duplicated_key" or "y_object_duplicated_key_and_value" or "y_object_escaped_null_in_key"
        or "y_string_null_escape";

    private static Dictionary<long, string> Verdicts(IRecordSource source)
    {
        var layout = CccRules.Batch.Mapping.RecordLayout.Create(source, FakeEvaluator.Ruleset with { Facts = [] }, new BatchOptions());
        var batch = new RecordBatch(layout, 64);
        var verdicts = new Dictionary<long, string>();
        while (source.Fill(batch))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                verdicts.Add(batch.LineOf(row), "read");
            }

            foreach (var row in batch.Rejected)
            {
                verdicts.Add(row.Line, row.Faults[0].Code);
            }

            batch.Clear();
        }

        return verdicts;
    }
}
