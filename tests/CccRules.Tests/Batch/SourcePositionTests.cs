using System.Text;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sources;

namespace CccRules.Tests.Batch;

/// <summary>A source that goes on from a place gives what it gave there before.</summary>
public sealed class SourcePositionTests
{
    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "\uFEFF")]
    public void A_CSV_source_goes_on_from_any_place_as_if_it_had_never_stopped(string end, string mark)
    {
        string[] lines =
        [
            "id,hs_code,note", "a,85,x", "\"b\",85,\"y" + end + "\"\"z\"\"\"", "", "c,\"85,oops", "d,85," + new string('n', 300), "e,85", "id,hs_code,note",
            "f,85,\uFEFFm", "g,85,1\r2", "h,85,ö", "i,85,last",
        ];
        var file = Path.GetTempFileName();
        File.WriteAllText(file, mark + string.Join(end, lines), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        try
        {
            var (all, places) = ReadOneByOne(CsvSource.Open(file));
            Assert.Equal(10, all.Count);
            for (var i = 0; i < places.Count; i++)
            {
                var source = CsvSource.Open(file);
                source.Resume(places[i]);
                Assert.Equal(all.Skip(i + 1), ReadOneByOne(source).Rows);
                Assert.Equal((10, 1), (source.RowsRead, source.BlankLines));
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Every record with its line and its fault, and the place after each.</summary>
    internal static (List<string> Rows, List<SourcePosition> Places) ReadOneByOne(IRecordSource source)
    {
        using (source)
        {
            var layout = RecordLayout.Create(source, FakeEvaluator.Ruleset, new BatchOptions());
            var batch = new RecordBatch(layout, 64);
            var rows = new List<string>();
            var places = new List<SourcePosition>();
            batch.MostRows = 1;
            while (source.Fill(batch))
            {
                rows.AddRange(Enumerable.Range(0, batch.Count).Select(row => $"{batch.LineOf(row)}: {Encoding.UTF8.GetString(batch.KeptCell(row, 0))}"));
                rows.AddRange(batch.Rejected.Select(row => $"{row.Line}: {row.Faults[0].Code}"));
                places.Add(source.Position);
                batch.Clear();
            }

            return (rows, places);
        }
    }
}
