using System.Text;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sources;
using CccRules.Cli.Classification;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Tests.Promises;

namespace CccRules.Tests.Batch;

/// <summary>Batches that hold no more of their rows than norms may need; answers are compared in <see cref="Cli.LazyClassifyTests"/>.</summary>
public sealed class LazyReadingTests
{
    private static readonly Ruleset Rules = Compilation.Create(SyntaxTree.Parse("""
        record r
          code   : hs required
          day    : date
          weight : decimal
        obligation a "A" when code under 8507.60 and weight > 5
        """)).Load(isCollectible: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_batch_more_allocates_nothing(bool mayDefer)
    {
        using var source = Source("code,day,weight\n" + string.Concat(Enumerable.Range(0, 60_000).Select(row => $"{(row % 3 == 0 ? "8507.60" : "0101.21")},2026-11-26,{row % 10}.5\n")));
        var batch = Batch(source, mayDefer);
        for (var i = 0; i < 40; i++)
        {
            Fill();
        }

        var least = AllocatedBytes.OfRuns(20, Fill);
        Assert.NotEqual(0, batch.Count);
        Assert.InRange(batch.Columns.Count, batch.Count / 4, batch.Count / 2);
        Assert.Equal(0, least);

        void Fill()
        {
            batch.Clear();
            source.Fill(batch);
            batch.ReadDeferred();
        }
    }

    [Fact]
    public void Rows_keep_their_lines_and_dates_and_have_places_only_where_norms_may_need_them()
    {
        using var source = Source("code,day,weight\n0101,2026-01-02,heavy\n8507.60,2026-01-03,7\noops,2026-01-04,8\n\n9999,2026-01-05,\n8507.60,,none of this\n8507,2026-01-06,9\n");
        var batch = Batch(source, mayDefer: false);
        Assert.True(source.Fill(batch));
        Assert.Equal([2, 3, 6, 8], Enumerable.Range(0, batch.Count).Select(batch.LineOf));
        Assert.Equal([4, 7], batch.Rejected.Select(row => row.Line));
        Assert.Equal([-1, 0, -1, 1], Enumerable.Range(0, batch.Count).Select(row => Math.Max(batch.PlaceOf(row), -1)));
        Assert.Equal([2, 3, 5, 6], batch.MonthDays[..4].ToArray().Select(day => DateOnly.FromDayNumber(day).Day));
        Assert.Equal(2, batch.Columns.Count);
        Assert.Equal([7 * Fact.DecimalScale, 9 * Fact.DecimalScale], Enumerable.Range(0, 2).Select(place => batch.Columns.Get(2, place)));
    }

    [Fact]
    public void A_wide_file_without_a_row_that_matters_is_read()
    {
        var columns = Enumerable.Range(0, 300).Select(column => $"c{column}").ToArray();
        using var source = Source($"{string.Join(',', columns)},code,weight\n{string.Join(',', columns)},0101,1\n");
        var batch = Batch(source, mayDefer: false);
        Assert.True(source.Fill(batch));
        Assert.Equal((1, 0), (batch.Count, batch.Columns.Count));
    }

    [Fact]
    public void Reasons_want_everything_read()
    {
        using var source = Source("code,day,weight\n");
        var options = new BatchOptions { Lazy = true, Explain = true };
        var layout = RecordLayout.Create(source, Rules.Manifest, options);
        Assert.Throws<ArgumentException>(() => new BatchClassifier(layout, () => new RulesetBatchEvaluator(Rules), options));
    }

    private static CsvSource Source(string text) => CsvSource.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static RecordBatch Batch(CsvSource source, bool mayDefer)
    {
        var layout = RecordLayout.Create(source, Rules.Manifest, new BatchOptions());
        return new RecordBatch(layout, 256) { MayDefer = mayDefer, Reading = new LazyReading(layout, new RulesetBatchEvaluator(Rules)) };
    }
}
