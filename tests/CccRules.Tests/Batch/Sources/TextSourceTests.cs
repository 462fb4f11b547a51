using System.IO.Compression;
using System.Text;
using CccRules.Batch;
using CccRules.Batch.Sources;

namespace CccRules.Tests.Batch.Sources;

public sealed class TextSourceTests : IDisposable
{
    private const string Csv = "id,hs_code,note\n1,8507,电池\n2,85,\"x\ny\"\n";

    private static readonly string[] Rows = ["2: 1|8507|电池", "3: 2|85|x\ny"];

    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tsv", '\t')]
    [InlineData("csv", ';')]
    [InlineData("csv", '|')]
    [InlineData("txt", ',')]
    public void Fields_are_divided_as_the_extension_or_the_option_says(string extension, char separator)
    {
        _folder.With($"in.{extension}", Csv.Replace(',', separator));

        Assert.Equal(Rows, _folder.Read($"in.{extension}", new SourceOptions { Separator = extension == "tsv" ? null : separator }));
    }

    [Theory]
    [InlineData("gb18030", 54936, false)]
    [InlineData("gbk", 54936, false)]
    [InlineData("utf-16", 1200, true)]
    [InlineData("utf-16", 1201, true)]
    [InlineData("utf-16", 1200, false)]
    [InlineData("utf-16be", 1201, false)]
    [InlineData("utf-16le", 1200, true)]
    public void Other_encodings_read_the_same(string name, int codePage, bool hasMark)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        var text = Csv + string.Concat(Enumerable.Range(3, 20_000).Select(row => $"{row},85,移动电源𠀀é{row}\n"));
        _folder.With("in.csv", [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)]);

        var rows = _folder.Read("in.csv", new SourceOptions { Encoding = name });
        Assert.Equal(20_002, rows.Count);
        Assert.Equal(Rows, rows[..2]);
        Assert.Equal("20004: 20002|85|移动电源𠀀é20002", rows[^1]);
    }

    [Theory]
    [InlineData("gb18030", new byte[] { 0xFF })]
    [InlineData("gb18030", new byte[] { 0x81, 0x20 })]
    [InlineData("gb18030", new byte[] { 0x81, 0x30, 0x81 })]
    [InlineData("utf-16le", new byte[] { 0x00, 0xD8 })]
    [InlineData("utf-16le", new byte[] { 0x00, 0xDC })]
    public void Bytes_that_are_no_text_in_the_encoding_refuse_their_row_and_no_other(string name, byte[] wrong)
    {
        var encoding = name == "gb18030" ? CodePagesEncodingProvider.Instance.GetEncoding(54936)! : Encoding.Unicode;
        _folder.With("in.csv", [.. encoding.GetBytes("id,hs_code\n1,85\n2,85"), .. wrong, .. encoding.GetBytes("\n3,85\n")]);

        Assert.Equal(["2: 1|85", "3: CCC8108", "4: 3|85"], _folder.Read("in.csv", new SourceOptions { Encoding = name }));
    }

    [Fact]
    public void UTF_16_without_being_told_so_is_refused_with_a_way_out()
    {
        _folder.With("in.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Csv)]);

        var e = Assert.Throws<BatchSetupException>(() => _folder.Read("in.csv"));
        Assert.Equal(BatchProblemKind.NotUtf8File, e.Problems[0].Kind);
    }

    [Fact]
    public void Gzip_is_read_by_its_extension_members_one_after_the_other()
    {
        _folder.With("in.csv.gz", [.. Compressed(Csv[..20]), .. Compressed(Csv[20..])]);

        Assert.Equal(Rows, _folder.Read("in.csv.gz"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-8)]
    [InlineData(-9)]
    [InlineData(-30)]
    [InlineData(12)]
    public void Gzip_that_is_cut_short_is_an_error_and_not_the_end(int length)
    {
        var whole = Compressed("id,hs_code\n" + string.Concat(Enumerable.Range(0, 5000).Select(row => $"{row},{row % 90 + 10}\n")));
        _folder.With("in.csv.gz", whole[..(length < 0 ? whole.Length + length : length)]);

        Assert.Throws<IOException>(() => _folder.Read("in.csv.gz"));
    }

    [Fact]
    public void What_is_no_gzip_is_an_error()
    {
        _folder.With("in.csv.gz", Csv);

        Assert.Contains("not whole gzip", Assert.Throws<IOException>(() => _folder.Read("in.csv.gz")).Message);
    }

    [Fact]
    public void Several_files_are_read_in_the_order_of_their_names_and_rejects_name_theirs()
    {
        _folder.With("day/b.csv", "id,hs_code\n3,85\n4,x\n").With("day/a.csv", "id,hs_code\n1,85\n\n2,85\n").With("day/c.csv", "id,hs_code\n").With("day/d.txt", "no").With("day/sub/a.csv", "id,hs_code\n5,85\n");

        var summary = _folder.Run("day/*.csv", "out.csv");
        Assert.Equal((4, 3, 1, 1), (summary.RowsRead, summary.Classified, summary.Rejected, summary.BlankLines));
        Assert.Equal(["1", "2", "3"], _folder["out.csv"].Split('\n')[1..^1].Select(line => line[..1]));
        Assert.StartsWith("file,line,column,value,code,reason,row\nday/b.csv,3,hs_code,x,CCC8060,", _folder["rejects.csv"]);
        Assert.Equal(5, _folder.Run("day/**/*.csv", "out2.csv").RowsRead);
    }

    [Fact]
    public void Files_with_other_columns_are_refused_before_the_run()
    {
        _folder.With("a.csv", "id,hs_code\n").With("b.csv", "id,hs_code,note\n");

        var e = Assert.Throws<BatchSetupException>(() => _folder.Open("*.csv"));
        Assert.Contains("'b.csv' has other columns than 'a.csv', or in another order: it has 'note' besides", e.Message);
        Assert.Equal(BatchProblemKind.NothingFits, Assert.Throws<BatchSetupException>(() => _folder.Open("*.tsv")).Problems[0].Kind);
    }

    [Theory]
    [InlineData("in.csv")]
    [InlineData("in.csv.gz")]
    [InlineData("gb.csv")]
    [InlineData("day/*.csv")]
    public void Every_kind_of_text_goes_on_from_any_place(string input)
    {
        var text = "id,hs_code,note\n" + string.Concat(Enumerable.Range(0, 40).Select(row => row % 7 == 3 ? "\n" : row % 5 == 2 ? $"{row},bad\n" : $"{row},85,电{row}\n"));
        _folder.With("in.csv", text).With("in.csv.gz", Compressed(text)).With("gb.csv", CodePagesEncodingProvider.Instance.GetEncoding(54936)!.GetBytes(text))
            .With("day/1.csv", text).With("day/2.csv", "id,hs_code,note\n").With("day/3.csv", text);
        var options = new SourceOptions { Encoding = input == "gb.csv" ? "gb18030" : "utf-8" };

        var (all, places) = SourcePositionTests.ReadOneByOne(_folder.Open(input, options));
        for (var i = 0; i < places.Count; i++)
        {
            var source = _folder.Open(input, options);
            source.Resume(places[i]);
            Assert.Equal(all.Skip(i + 1), SourcePositionTests.ReadOneByOne(source).Rows);
            Assert.Equal(places[^1], source.Position);
        }
    }

    [Fact]
    public async Task A_named_pipe_is_read_as_a_stream()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using (var made = System.Diagnostics.Process.Start("mkfifo", _folder.At("pipe.csv")))
        {
            await made.WaitForExitAsync();
        }

        var writing = Task.Run(() => File.WriteAllText(_folder.At("pipe.csv"), Csv));
        Assert.Equal(Rows, _folder.Read("pipe.csv"));
        await writing;
    }

    private static byte[] Compressed(string text)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return stream.ToArray();
    }
}
