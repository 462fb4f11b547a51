using System.IO.Compression;
using CccRules.Batch;
using CccRules.Batch.Output;

namespace CccRules.Tests.Batch.Output;

public sealed class OutputFormatTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_form_has_the_same_columns_and_outcomes()
    {
        _folder.With("in.csv", "id,hs_code,quantity\n1,85,5\n2,85,\n");
        _folder.Run("in.csv", "out.csv");
        _folder.Run("in.csv", "out.tsv");
        _folder.Run("in.csv", "out.jsonl");
        _folder.Run("in.csv", "out.csv.gz");

        Assert.Equal("id,hs_code,quantity,qr_mark,voluntary,missing\n1,85,5,fulfilled,not_available or available,evaluation date\n2,85,,fulfilled or breached,not_available or available,quantity;evaluation date\n", _folder["out.csv"]);
        Assert.Equal(_folder["out.csv"].Replace(',', '\t'), _folder["out.tsv"]);
        Assert.Equal(
            """
            {"id":"1","hs_code":"85","quantity":"5","qr_mark":"fulfilled","voluntary":"not_available or available","missing":["evaluation date"]}
            {"id":"2","hs_code":"85","quantity":"","qr_mark":"fulfilled or breached","voluntary":"not_available or available","missing":["quantity","evaluation date"]}

            """,
            _folder["out.jsonl"]);
        using var gzip = new StreamReader(new GZipStream(File.OpenRead(_folder.At("out.csv.gz")), CompressionMode.Decompress));
        Assert.Equal(_folder["out.csv"], gzip.ReadToEnd());
    }

    [Fact]
    public void The_long_layout_has_a_line_for_each_norm_that_may_concern_a_record()
    {
        _folder.With("in.csv", "id,hs_code,quantity\n1,85,5\n2,85,\n");
        _folder.Run("in.csv", "out.csv", new BatchOptions { AsOf = EvaluationDate.Parse("2026-01-01"), Keep = CccRules.Batch.Mapping.KeptColumns.Key }, layout: OutputLayout.Long);

        Assert.Equal("id,norm,outcome,missing\n1,qr_mark,fulfilled,\n2,qr_mark,fulfilled or breached,quantity\n", _folder["out.csv"]);
    }

    [Fact]
    public void Reasons_come_with_JSON_Lines()
    {
        _folder.With("in.csv", "id,hs_code,quantity\n1,85,50\n");
        _folder.Run("in.csv", "out.jsonl", new BatchOptions { AsOf = EvaluationDate.Parse("2026-01-01"), Explain = true });

        Assert.EndsWith(""","missing":[],"reasons":[{"norm":"cn.test.qr_mark","title":"qr_mark","outcome":["breached"],"missing":[]}]}""" + "\n", _folder["out.jsonl"]);
    }

    [Theory]
    [InlineData("=1+1", true)]
    [InlineData("@SUM(A1)", true)]
    [InlineData("+cmd|' /C calc'!A0", true)]
    [InlineData("-2+3", true)]
    [InlineData("\tx", true)]
    [InlineData("\rx", true)]
    [InlineData("＝1", true)]
    [InlineData("-", true)]
    [InlineData("-12.50", false)]
    [InlineData("+86", false)]
    [InlineData("12", false)]
    [InlineData("a=b", false)]
    [InlineData("", false)]
    public void A_spreadsheet_gets_an_apostrophe_before_what_it_would_run_and_numbers_stay(string value, bool isGuarded) =>
        Assert.Equal(isGuarded, SpreadsheetGuard.Needs(System.Text.Encoding.UTF8.GetBytes(value)));
}
