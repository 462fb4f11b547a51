using System.IO.Compression;
using System.Text.Json;
using CccRules.Cli;

namespace CccRules.Tests.Cli;

/// <summary>What <c>ccc classify</c> does beyond one file and one table: outputs that are there, resuming, limits, summaries, shards.</summary>
public sealed class ClassifyBatchTests : IDisposable
{
    private const string Records = "id,hs_code,portable,rated_energy,purpose\n1,8507.60,yes,20,sale\n2,8507.60,,20,sale\n3,8481.80,,,\n4,oops,,,\n";

    private readonly CommandFolder _folder = SmallRules.Folder().With("records.csv", Records);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_output_that_is_there_is_not_touched_unless_told_so()
    {
        _folder.With("answers.csv", "mine").With("rejects.csv", "mine");
        var refused = _folder.Run("classify test --in records.csv --out answers.csv");
        Assert.Equal(ExitCode.InputOutputFailed, refused.ExitCode);
        Assert.Contains("error[CCC8217]: 'answers.csv' is there already\n  = help: `--overwrite` replaces it", refused.Error);
        Assert.Equal("mine", _folder["answers.csv"]);
        Assert.Equal(ExitCode.InputOutputFailed, _folder.Run("classify test --in records.csv --out other.csv --rejects rejects.csv").ExitCode);
        Assert.False(_folder.Has("other.csv"));

        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in records.csv --out answers.csv --rejects rejects.csv --overwrite").ExitCode);
        Assert.StartsWith("id,", _folder["answers.csv"]);
    }

    [Fact]
    public void A_run_without_rejects_leaves_no_rejects_file()
    {
        _folder.With("good.csv", "hs_code\n85\n").With("rejects.csv", "of an older run");
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in good.csv --out answers.csv --rejects rejects.csv --overwrite").ExitCode);
        Assert.False(_folder.Has("rejects.csv"));
        Assert.False(_folder.Has("answers.csv.checkpoint"));
    }

    [Theory]
    [InlineData("0", ExitCode.InputOutputFailed)]
    [InlineData("1", ExitCode.Done)]
    [InlineData("24.9%", ExitCode.InputOutputFailed)]
    [InlineData("25%", ExitCode.Done)]
    public void Too_many_rejects_stop_the_run_and_can_be_read(string limit, object exitCode)
    {
        var run = _folder.Run($"classify test --in records.csv --out answers.csv --rejects rejects.csv --max-rejects {limit}");
        Assert.Equal((ExitCode)exitCode, run.ExitCode);
        Assert.Contains("4,oops", _folder["rejects.csv"]);
        Assert.Equal((ExitCode)exitCode == ExitCode.Done, _folder.Has("answers.csv"));
        Assert.Equal((ExitCode)exitCode != ExitCode.Done, run.Error.Contains($"error[CCC0014]: 1 of 4 rows were rejected, more than the {limit} that are allowed"));
    }

    [Theory]
    [InlineData("--max-rejects many", "`--max-rejects` takes a number such as 100, or a share such as 0.5%, not `many`")]
    [InlineData("--max-rejects 101%", "`--max-rejects` takes")]
    [InlineData("--shard 0/4", "`--shard` takes a part such as 3/16, not `0/4`")]
    [InlineData("--shard 5/4", "`--shard` takes")]
    [InlineData("--layout tall", "`--layout` takes `wide` or `long`, not `tall`")]
    [InlineData("--delimiter ab", "`--delimiter` takes one character such as `;`, or the word tab, not `ab`")]
    [InlineData("--encoding latin1", "no encoding is called 'latin1'")]
    [InlineData("--out-format csv --explain", "`--explain` writes JSON Lines")]
    [InlineData("--out-format jsonl --spreadsheet", "`--spreadsheet` is for CSV only")]
    [InlineData("--in - --in -", "standard input can be read only once")]
    [InlineData("--checkpoint-every soon", "`--checkpoint-every` takes a number of seconds, not `soon`")]
    public void Options_that_do_not_fit_are_said(string options, string message)
    {
        var run = _folder.Run($"classify test --in records.csv --out answers.csv {options}");
        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.Contains(message, run.Error);
        Assert.False(_folder.Has("answers.csv"));
    }

    [Fact]
    public void Columns_that_feed_nothing_and_fields_without_a_column_are_said_before_the_run()
    {
        _folder.With("odd.csv", "hs_code,weight\n85,1\n");
        var run = _folder.Run("classify test --in odd.csv --out answers.csv");
        Assert.Contains("columns that feed no field: weight", run.Error);
        Assert.Contains("no column feeds id, portable, rated_energy", run.Error);
    }

    [Fact]
    public void A_summary_adds_up_and_has_no_place_for_secrets()
    {
        _folder.Run("classify test --in records.csv --out answers.csv --summary run.json --report run.html --as-of 2027-06-01");
        using var summary = JsonDocument.Parse(_folder["run.json"]);
        var counts = summary.RootElement.GetProperty("counts");
        Assert.Equal((4, 3, 1), (counts.GetProperty("rowsRead").GetInt64(), counts.GetProperty("classified").GetInt64(), counts.GetProperty("rejected").GetInt64()));
        Assert.Equal(1, counts.GetProperty("rejects").GetProperty("CCC8060").GetInt64());
        Assert.Equal(2, counts.GetProperty("chapters").GetProperty("85").GetProperty("open").GetInt64());
        Assert.Equal("2027-06-01", summary.RootElement.GetProperty("run").GetProperty("--as-of").GetString());
        Assert.Equal("records.csv", summary.RootElement.GetProperty("input").GetString());
        var page = _folder["run.html"];
        Assert.Contains("Bear the mark", page);
        Assert.Contains("CCC8060", page);
        Assert.DoesNotContain("http://", page);
        Assert.DoesNotContain("https://", page);
        Assert.DoesNotContain("<script", page);
    }

    [Fact]
    public void A_report_shows_foreign_text_as_text()
    {
        _folder.With("odd.csv", "hs_code\n85\n").With("rules/odd.ccc", SmallRules.Text.Replace("\"Bear the mark\"", "\"<script>alert(1)</script>\""));
        Assert.Equal(ExitCode.Done, _folder.Run("classify rules --in odd.csv --out answers.csv --report run.html").ExitCode);
        Assert.DoesNotContain("<script", _folder["run.html"]);
        Assert.Contains("&lt;script&gt;alert(1)", _folder["run.html"]);
    }

    [Fact]
    public void Shards_take_each_record_once_and_their_summaries_join()
    {
        var rows = string.Concat(Enumerable.Range(0, 20_000).Select(row => $"{row},{(row % 1000 == 7 ? "oops" : "8507.60")},{(row % 2 == 0 ? "yes" : "")},20,sale\n"));
        _folder.With("many.csv", "id,hs_code,portable,rated_energy,purpose\n" + rows);
        _folder.Run("classify test --in many.csv --out whole.csv --summary whole.json --as-of 2027-06-01");
        for (var shard = 1; shard <= 3; shard++)
        {
            Assert.Equal(ExitCode.Done, _folder.Run($"classify test --in many.csv --out shard{shard}.csv --summary shard{shard}.json --shard {shard}/3 --as-of 2027-06-01").ExitCode);
        }

        var lines = Enumerable.Range(1, 3).SelectMany(shard => _folder[$"shard{shard}.csv"].Split('\n')[1..^1]).ToList();
        Assert.Equal(_folder["whole.csv"].Split('\n')[1..^1].Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
        Assert.All(Enumerable.Range(1, 3), shard => Assert.InRange(_folder[$"shard{shard}.csv"].Split('\n').Length, 3000, 9000));

        var merged = _folder.Run("merge shard1.json shard3.json shard2.json --out merged.json --report merged.html");
        Assert.Equal((ExitCode.Done, "20,000 rows read: 19,980 classified, 20 rejected, in 3 shards\n"), (merged.ExitCode, merged.Output));
        using var whole = JsonDocument.Parse(_folder["whole.json"]);
        using var sum = JsonDocument.Parse(_folder["merged.json"]);
        foreach (var part in (string[])["rowsRead", "classified", "rejected", "rejects", "missing", "chapters", "months"])
        {
            Assert.Equal(whole.RootElement.GetProperty("counts").GetProperty(part).GetRawText(), sum.RootElement.GetProperty("counts").GetProperty(part).GetRawText());
        }

        Assert.True(_folder.Has("merged.html"));
    }

    [Theory]
    [InlineData("merge shard1.json", "shards are missing: 2/2")]
    [InlineData("merge shard1.json shard1.json", "shard 1/2 is in both")]
    [InlineData("merge shard1.json other.json", "are not of one run: they differ in --as-of")]
    [InlineData("merge shard1.json whole.json", "a summary is not of a shard")]
    [InlineData("merge records.csv", "it is no summary of a run")]
    [InlineData("merge nowhere.json", "there is no such file or folder")]
    public void Summaries_that_do_not_belong_together_are_not_joined(string command, string message)
    {
        _folder.Run("classify test --in records.csv --out a.csv --summary shard1.json --shard 1/2");
        _folder.Run("classify test --in records.csv --out b.csv --summary other.json --shard 2/2 --as-of 2026-01-01");
        _folder.Run("classify test --in records.csv --out c.csv --summary whole.json");
        var run = _folder.Run(command);
        Assert.Equal(ExitCode.InputOutputFailed, run.ExitCode);
        Assert.Contains(message, run.Error);
    }

    [Fact]
    public void Every_form_of_input_and_output_works_from_the_command_line()
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Records));
        }

        _folder.With("records.csv.gz", compressed.ToArray()).With("records.txt", Records.Replace(',', ';')).With("day/1.csv", Records).With("day/2.csv", Records);
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in records.csv --out plain.csv").ExitCode);
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in records.csv.gz --out gz.csv").ExitCode);
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in records.txt --delimiter ; --out txt.csv").ExitCode);
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in records.csv --out sqlite:answers.db?table=answers").ExitCode);
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in 'sqlite:answers.db?query=SELECT id, hs_code, portable, rated_energy, purpose FROM answers' --out db.csv").ExitCode);
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in day/*.csv --out day.csv").ExitCode);
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in records.csv --out reasons.jsonl --explain --as-of 2027-06-01").ExitCode);
        Assert.Equal(_folder["plain.csv"], _folder["gz.csv"]);
        Assert.Equal(_folder["plain.csv"], _folder["txt.csv"]);
        Assert.Equal(_folder["plain.csv"], _folder["db.csv"]);
        Assert.Equal(7, _folder["day.csv"].Split('\n').Length - 1);
        Assert.Contains("\"reasons\":[{\"norm\":\"test.mark.mark\",\"title\":\"Bear the mark\",\"outcome\":[\"fulfilled\",\"breached\"]", _folder["reasons.jsonl"]);
        Assert.Contains("\"citations\":[{\"source\":\"notice\",\"title\":\"Notice 27\",\"place\":\"mark\"}]", _folder["reasons.jsonl"]);
    }

    [Fact]
    public void A_spreadsheet_is_guarded_and_told_so()
    {
        _folder.With("odd.csv", "id,hs_code\n=cmd,85\n-1,85\n");
        var run = _folder.Run("classify test --in odd.csv --out answers.csv --spreadsheet");
        Assert.Contains("1 cell begin like a formula and got an apostrophe", run.Output);
        Assert.StartsWith("\uFEFFid,", System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(_folder.Path, "answers.csv"))));
        Assert.Contains("\n'=cmd,85", _folder["answers.csv"]);
        Assert.Contains("\n-1,85", _folder["answers.csv"]);
    }

    [Fact]
    public void Nothing_to_resume_is_a_run_from_the_beginning_and_a_stream_cannot_be_resumed()
    {
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in records.csv --out answers.csv --resume").ExitCode);
        Assert.Equal(ExitCode.InputOutputFailed, _folder.Run("classify test --in records.csv --out answers.csv --resume").ExitCode);
        var run = _folder.Run("classify test --in records.csv --out - --resume");
        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.Contains("cannot be resumed", run.Error);
    }

    [Fact]
    public void An_interrupted_run_is_noticed_and_resumed_only_as_the_same_run()
    {
        _folder.With("many.csv", "id,hs_code\n" + string.Concat(Enumerable.Range(0, 400_000).Select(row => $"{row},8507.60\n")));
        using var stop = new CancellationTokenSource();
        var watcher = new Timer(_ =>
        {
            if (_folder.Has("answers.csv.checkpoint"))
            {
                stop.Cancel();
            }
        }, null, 1, 1);
        var stopped = _folder.Run("classify test --in many.csv --out answers.csv --checkpoint-every 0 --threads 2", cancellation: stop.Token);
        watcher.Dispose();
        Assert.Equal(ExitCode.Stopped, stopped.ExitCode);
        Assert.Matches(@"stopped after [\d,]+ rows; the same command with `--resume` goes on from there", stopped.Error);
        Assert.False(_folder.Has("answers.csv"));

        Assert.Contains("error[CCC8227]", _folder.Run("classify test --in many.csv --out answers.csv").Error);
        var other = _folder.Run("classify test --in many.csv --out answers.csv --resume --as-of 2026-06-01");
        Assert.Equal(ExitCode.InputOutputFailed, other.ExitCode);
        Assert.Contains("it differs in --as-of", other.Error);
        Assert.Equal(ExitCode.Done, _folder.Run("classify test --in many.csv --out answers.csv --resume --threads 1").ExitCode);
        _folder.Run("classify test --in many.csv --out whole.csv");
        Assert.True(File.ReadAllBytes(Path.Combine(_folder.Path, "whole.csv")).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(_folder.Path, "answers.csv"))));
        Assert.False(_folder.Has("answers.csv.checkpoint"));
    }

    [Fact]
    public void Data_in_another_form_are_read_by_a_mapping_file_and_it_is_drafted_from_the_data()
    {
        _folder.With("customs.csv", "编号;HS Code;Portable;Rated energy;Issued on;Weight;Purpose\n1;8507.60;Y;20,5;31/05/2026;3;sale\n2;8507.60;N;1.020,5;01/06/2026;4;research\n3;8507.60;;;;;\n");
        var drafted = _folder.Run("profile customs.csv --rules test --delimiter ; --out customs.map");
        Assert.Equal((ExitCode.Done, ""), (drafted.ExitCode, drafted.Error));
        var draft = _folder["customs.map"];
        Assert.Contains("\nHS Code = hs_code\n", draft);
        Assert.Contains("\nIssued on = issued_on as date dd/MM/yyyy\n", draft);
        Assert.Contains("\nRated energy = rated_energy as number 1.234,5\n", draft);
        Assert.Contains("\nPortable = portable\n", draft);
        Assert.Contains("# sure, 100 %: the names are the same, 3 of 3 values read\nHS Code", draft);
        Assert.Contains("# Weight: no field is like it; 2 distinct values such as \"3\", \"4\"; empty in 1 row", draft);
        Assert.Contains("# sold_on :=", draft);

        var run = _folder.Run("classify test --in customs.csv --delimiter ; --map-file customs.map --out answers.csv --rejects rejects.csv --as-of 2027-06-01 --keep 编号");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("3 rows read: 3 classified, 0 rejected", run.Output);
    }

    [Theory]
    [InlineData("HS Code = hs_code as date dd/MM/yyyy", "CCC8228", "the field 'hs_code' cannot be written 'as date dd/MM/yyyy'")]
    [InlineData("HS Code = hs_code as time", "CCC8228", "expected 'date', 'number', 'yes', 'codes' or 'unknown' and texts in quotes after 'as'")]
    [InlineData("Issued = issued_on as date dd/MM/yy", "CCC8228", "'y' stands for nothing in a date")]
    [InlineData("Issued = issued_on as date MM/yyyy", "CCC8228", "a date has yyyy, MM and dd, each once")]
    [InlineData("Energy = rated_energy as number 1,5", "CCC8228", "a number is shown by an example")]
    [InlineData("Portable = portable as yes \"Y\"", "CCC8228", "expected 'yes \"…\", \"…\" no \"…\", \"…\"'")]
    [InlineData("Purpose = purpose as codes \"1\" sale, \"1\" research", "CCC8228", "'1' is listed twice")]
    public void A_mapping_that_is_wrong_is_said_before_the_run(string entry, string code, string message)
    {
        _folder.With("customs.csv", "HS Code,Issued,Energy,Portable,Purpose\n85,,,,\n").With("customs.map", (entry.StartsWith("HS") ? "" : "HS Code = hs_code\n") + entry + "\n");
        var run = _folder.Run("classify test --in customs.csv --out answers.csv --map-file customs.map");
        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.Contains(code, run.Error);
        Assert.Contains(message, run.Error);
    }
}
