using System.Globalization;
using System.Text;
using System.Text.Json;
using CccRules.Cli;

namespace CccRules.Tests.Cli;

/// <summary>
/// <c>ccc classify --lazy</c> over data with faults, against a strict run over the same data without those faults that a lazy run may not see: same
/// answers, same rejects, same counts.
/// </summary>
public sealed class LazyClassifyTests : IDisposable
{
    private const int Rows = 9_000;

    private const string Rules =
        """
        ruleset test.lazy "Rules that codes decide"

        source notice "Notice 4" issued 2025-01-01

        record part "A part"
          state : one of (old, new) required

        record product "A product"
          id          : text key
          hs_code     : hs required
          declared_on : date
          portable    : yes/no
          weight      : decimal kg
          count       : integer
          purpose     : one of (sale, research)
          brand       : text
          made_on     : date
          filed_on    : date or none
          parts       : list of part

        obligation mark "Bear the mark"
          when hs_code under 8507.60 and portable
          from 2026-03-01
          fulfilled when purpose is research or count > 5
          cites notice "1"

        obligation parts_new "Have new parts"
          when hs_code under 8471.30.00 or hs_code under 8504
          fulfilled when all parts where state is new
          cites notice "2"

        deadline file "File the papers"
          when hs_code under 9018 and brand is "A-1"
          due 30 days after made_on
          met when filed_on <= due
          cites notice "3"


        """;

    private const string Header = "id,hs_code,declared_on,portable,weight,count,purpose,brand,made_on,filed_on,parts";

    /// <summary>Codes by whether a norm can concern them.</summary>
    private static readonly (string Code, bool IsConcerned)[] Codes =
    [
        ("8507.60.00.90", true), ("850760", true), ("8507", true), ("85", true), ("847130", true), ("8471300000", true), ("8504.40", true), ("9018", true), ("901890", true),
        ("8507.80", false), ("8471.41", false), ("847140", false), ("0101", false), ("010121", false), ("9999999999", false), ("33", false), ("9017.80.00.00", false), ("8503000000123", false),
    ];

    /// <summary>By column cells that are right, and cells that are wrong.</summary>
    private static readonly (string[] Right, string[] Wrong)[] Cells =
    [
        (["yes", "no", ""], ["maybe", "yess"]),
        (["1.5", "1000000", "", "-3.25"], ["1,5", "heavy"]),
        (["1", "77", ""], ["1.5", "many"]),
        (["sale", "research", ""], ["gift", "Sale"]),
        (["A-1", "B \"two\"", "", "A brand with a name that is rather long"], []),
        (["2026-02-28", "2027-01-31", ""], ["2026-02-30", "soon"]),
        (["2026-05-05", "none", ""], ["2026-5-5", "nonex"]),
        (["", "[]", "[{\"state\":\"new\"}]", "[{\"state\":\"new\"},{\"state\":\"old\"}]"], ["[{\"state\":\"lost\"}]", "7"]),
    ];

    private readonly CommandFolder _folder = new CommandFolder().With("test/lazy.ccc", Rules);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, "\n", "--threads 1")]
    [InlineData(2, "\r\n", "--threads 3")]
    [InlineData(3, "\n", "--threads 2 --shard 2/3")]
    [InlineData(4, "\n", "--threads 1 --norms mark")]
    [InlineData(5, "\n", "--threads 2 --missing first --layout long")]
    public void What_is_not_read_changes_no_answer(int seed, string lineEnd, string options)
    {
        var (whole, cleaned) = Data(seed, hasWrong: true, options.Contains("--norms", StringComparison.Ordinal));
        _folder.With("whole.csv", Text(whole, lineEnd)).With("cleaned.csv", Text(cleaned, lineEnd));
        AssertSame("whole.csv", "cleaned.csv", options);
        AssertReadInPart("lazy.json", isSome: true);
    }

    [Theory]
    [InlineData("--threads 2")]
    [InlineData("--threads 1 --norms mark,file")]
    public void Columns_at_once_without_a_fault_are_the_same(string options)
    {
        var (whole, _) = Data(6, hasWrong: false, isMarkOnly: false);
        _folder.With("whole.csv", Text([.. whole.Select(row => row[..^1])], "\n"));
        AssertSame("whole.csv", "whole.csv", options);
        AssertReadInPart("lazy.json", isSome: true);
    }

    [Fact]
    public void Other_sources_are_read_lazily_too()
    {
        var (whole, cleaned) = Data(7, hasWrong: true, isMarkOnly: false);
        _folder.With("whole.jsonl", Lines(whole)).With("cleaned.jsonl", Lines(cleaned));
        AssertSame("whole.jsonl", "cleaned.jsonl", "");
        AssertReadInPart("lazy.json", isSome: true);
    }

    [Fact]
    public void Where_a_norm_can_concern_every_record_everything_is_read()
    {
        var rules = Rules + "obligation light \"Be light\"\n  when weight > 5 kg\n  cites notice \"4\"\n";
        _folder.With("test/lazy.ccc", rules);
        var (whole, _) = Data(8, hasWrong: true, isMarkOnly: false);
        _folder.With("whole.csv", Text(whole, "\n"));
        AssertSame("whole.csv", "whole.csv", "--threads 2");
        AssertReadInPart("lazy.json", isSome: false);
    }

    [Fact]
    public void Without_a_code_that_a_column_gives_one_answer_holds_for_all()
    {
        _folder.With("whole.csv", "id,portable\n1,yes\n2,maybe\n");
        var run = _folder.Run("classify test --in whole.csv --out lazy.csv --map hs_code:=8507.80 --keep id --summary lazy.json --lazy");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(2, _folder["lazy.csv"].Split("not_applicable,not_applicable").Length - 1);
        AssertReadInPart("lazy.json", isSome: true);
    }

    [Fact]
    public void A_lazy_run_says_what_it_did_not_read()
    {
        _folder.With("whole.csv", "id,hs_code,weight\n1,0101,heavy\n2,8507.60,heavy\n3,8507.60,1\n");
        var run = _folder.Run("classify test --in whole.csv --out lazy.csv --report lazy.html --as-of 2026-06-15 --lazy");
        Assert.Contains("3 rows read: 2 classified, 1 rejected", run.Output);
        Assert.Contains("1 of them no norm can concern: nothing was read of them but what that takes to know (--lazy)", run.Output);
        Assert.Contains("read in part", _folder["lazy.html"]);
        Assert.Contains("1,0101,heavy,", _folder["lazy.csv"]);
        var strict = _folder.Run("classify test --in whole.csv --out strict.csv --as-of 2026-06-15 --strict");
        Assert.Contains("3 rows read: 1 classified, 2 rejected", strict.Output);
        Assert.DoesNotContain("--lazy", strict.Output);
    }

    [Fact]
    public void A_lazy_run_is_not_gone_on_with_strictly()
    {
        var rows = Data(9, hasWrong: false, isMarkOnly: false).Whole;
        _folder.With("whole.csv", Text([.. Enumerable.Repeat(rows, 30).SelectMany(part => part)], "\n"));
        using var stop = new CancellationTokenSource();
        using (new Timer(_ => _folder.StopWhenThere("lazy.csv.checkpoint", stop), null, 1, 1))
        {
            var stopped = _folder.Run("classify test --in whole.csv --out lazy.csv --checkpoint-every 0 --lazy", cancellation: stop.Token);
            Assert.Equal(ExitCode.Stopped, stopped.ExitCode);
        }

        var run = _folder.Run("classify test --in whole.csv --out lazy.csv --resume");
        Assert.Equal(ExitCode.InputOutputFailed, run.ExitCode);
        Assert.Contains("--lazy", run.Error);
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in whole.csv --out lazy.csv --resume --lazy").ExitCode);
    }

    private void AssertSame(string lazyInput, string strictInput, string options)
    {
        const string always = "--as-of 2026-06-15 --keep id --quiet";
        var lazy = _folder.Run($"classify test --in {lazyInput} --out lazy.csv --rejects lazy-rejects.csv --summary lazy.json {always} {options} --lazy");
        var strict = _folder.Run($"classify test --in {strictInput} --out strict.csv --rejects strict-rejects.csv --summary strict.json {always} {options}");
        Assert.Equal((ExitCode.Done, ""), (lazy.ExitCode, lazy.Error));
        Assert.Equal((ExitCode.Done, ""), (strict.ExitCode, strict.Error));
        Assert.Equal(_folder["strict.csv"], _folder["lazy.csv"]);
        Assert.Equal(_folder.Has("strict-rejects.csv"), _folder.Has("lazy-rejects.csv"));
        if (_folder.Has("strict-rejects.csv"))
        {
            Assert.Equal(_folder["strict-rejects.csv"], _folder["lazy-rejects.csv"]);
        }

        foreach (var counts in (string[])["rowsRead", "classified", "rejected", "norms", "rejects", "missing", "chapters", "months"])
        {
            Assert.Equal(Counts("strict.json", counts), Counts("lazy.json", counts));
        }
    }

    private string Counts(string summary, string name)
    {
        using var document = JsonDocument.Parse(_folder[summary]);
        var counts = document.RootElement.GetProperty("counts").GetProperty(name);

        // How long it took to find missing facts is another number each time.
        return name != "norms" ? counts.GetRawText()
            : string.Join('\n', counts.EnumerateArray().Select(norm => norm.GetProperty("norm").GetString() + norm.GetProperty("outcomes").GetRawText()));
    }

    private void AssertReadInPart(string summary, bool isSome)
    {
        using var document = JsonDocument.Parse(_folder[summary]);
        Assert.Equal(isSome, document.RootElement.GetProperty("counts").GetProperty("readInPart").GetInt64() > 0);
    }

    /// <summary>Records, and the same without what is wrong in those that no norm concerns, but for code and date.</summary>
    private static (List<string[]> Whole, List<string[]> Cleaned) Data(int seed, bool hasWrong, bool isMarkOnly)
    {
        var random = new Random(seed);
        var (whole, cleaned) = (new List<string[]>(), new List<string[]>());
        for (var row = 0; row < Rows; row++)
        {
            var (code, isConcerned) = Codes[random.Next(Codes.Length)];
            isConcerned &= !isMarkOnly || "85076".StartsWith(code.Replace(".", "", StringComparison.Ordinal)[..Math.Min(5, code.Replace(".", "", StringComparison.Ordinal).Length)], StringComparison.Ordinal);
            var date = new DateOnly(2026, 1, 1).AddDays(random.Next(500)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var isBroken = hasWrong && random.Next(40) == 0;
            string[] head = [row.ToString(CultureInfo.InvariantCulture), isBroken && random.Next(2) == 0 ? "oops" : code, isBroken && random.Next(2) == 0 ? "never" : date];
            var isHeadWrong = head[1] == "oops" || head[2] == "never";
            var rest = Cells.Select(cell => cell.Right[random.Next(cell.Right.Length)]).ToArray();
            var clean = rest.ToArray();
            for (var column = 0; column < rest.Length; column++)
            {
                if (hasWrong && Cells[column].Wrong.Length != 0 && random.Next(30) == 0)
                {
                    rest[column] = Cells[column].Wrong[random.Next(Cells[column].Wrong.Length)];
                    clean[column] = isConcerned || isHeadWrong ? rest[column] : clean[column];
                }
            }

            whole.Add([.. head, .. rest]);
            cleaned.Add([.. head, .. clean]);
        }

        return (whole, cleaned);
    }

    private static string Text(List<string[]> rows, string lineEnd)
    {
        var text = new StringBuilder(string.Join(',', Header.Split(',')[..rows[0].Length])).Append(lineEnd);
        foreach (var row in rows)
        {
            text.Append(string.Join(',', row.Select(Quoted))).Append(lineEnd);
        }

        return text.ToString();
    }

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny('"', ',') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    /// <summary>An object a line; what is no list is a text.</summary>
    private static string Lines(List<string[]> rows)
    {
        var names = Header.Split(',');
        return string.Concat(rows.Select(row => "{" + string.Join(',', row.Select((cell, at) =>
            $"\"{names[at]}\":{(cell.StartsWith('[') ? cell : cell.Length == 0 ? "null" : JsonSerializer.Serialize(cell))}")) + "}\n"));
    }
}
