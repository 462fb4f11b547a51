using System.Text;
using CccRules.Batch;
using CccRules.Batch.Counting;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sources;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;

namespace CccRules.Tests.Batch;

public sealed class BatchClassifierTests : IDisposable
{
    private readonly BatchRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Each_row_comes_back_with_an_outcome_a_norm_and_what_is_missing()
    {
        var summary = _run.Run("id,hs_code,quantity\na,8507.60,5\nb,8507.60,11\nc,8507.60,\n", new BatchOptions { AsOf = EvaluationDate.Parse("2027-01-01") });

        Assert.Equal(
            [
                "id,hs_code,quantity,qr_mark,voluntary,missing",
                "a,8507.60,5,fulfilled,available,",
                "b,8507.60,11,breached,available,",
                "c,8507.60,,fulfilled or breached,available,quantity",
            ],
            _run.OutputLines());
        Assert.Equal((3, 3, 0, 0), (summary.RowsRead, summary.Classified, summary.Rejected, summary.BlankLines));
        Assert.Equal(1, summary.Norms[0].Counts[Outcome.Breached]);
        Assert.Equal(1, summary.Norms[0].Open);
        Assert.Equal(3, summary.Norms[1].Counts[Outcome.Required]);
        Assert.False(File.Exists(_run.Rejects));
        Assert.False(File.Exists(_run.Output + ".partial"));
    }

    [Fact]
    public void The_evaluation_date_may_be_a_field_of_the_record()
    {
        _run.Run("id,hs_code,quantity,imported_on\na,85,1,2026-05-01\nb,85,1,2027-05-01\nc,85,1,\n", new BatchOptions
        {
            AsOf = EvaluationDate.Of("imported_on"),
            Keep = KeptColumns.Key,
        });

        Assert.Equal(
            ["id,qr_mark,voluntary,missing", "a,fulfilled,not_available,", "b,fulfilled,available,", "c,fulfilled,not_available or available,evaluation date"],
            _run.OutputLines());
    }

    [Fact]
    public void Without_an_evaluation_date_what_hangs_on_it_stays_open()
    {
        _run.Run("hs_code\n85\n", new BatchOptions { Keep = KeptColumns.Named("hs_code") });

        Assert.Equal("85,fulfilled or breached,not_available or available,quantity;evaluation date", _run.OutputLines()[1]);
    }

    [Fact]
    public void Every_fault_of_a_row_is_in_the_rejects_with_its_line_and_the_next_row_goes_on()
    {
        var summary = _run.Run("id,hs_code,quantity,imported_on\na,101,1e5,01/02/2026\nb,85,1,\n\nc,85\nd,85,1,\"x\ny\"\ne,,1,none\nf,85,2,2026-01-01\n");

        Assert.Equal(
            [
                "line,column,value,code,reason,row",
                "2,hs_code,101,CCC8062,an HS code of 3 or 5 digits: leading zero lost?,\"a,101,1e5,01/02/2026\"",
                "2,quantity,1e5,CCC8026,a number with an exponent: write the digits out,\"a,101,1e5,01/02/2026\"",
                "2,imported_on,01/02/2026,CCC8030,not a date: expected yyyy-mm-dd,\"a,101,1e5,01/02/2026\"",
                "5,,,CCC8101,fewer fields than the header: 2 instead of 4,\"c,85\"",
                "6,imported_on,x\\u000ay,CCC8030,not a date: expected yyyy-mm-dd,\"d,85,1,\"\"x",
                "y\"\"\"",
                "8,hs_code,,CCC8001,\"empty, but the field is required\",\"e,,1,none\"",
            ],
            _run.RejectLines());
        Assert.Equal((6, 2, 4, 1), (summary.RowsRead, summary.Classified, summary.Rejected, summary.BlankLines));
        Assert.Equal(2, summary.Faults["CCC8030"]);
        Assert.Equal(["b", "f"], _run.OutputLines().Skip(1).Select(line => line[..1]));
    }

    [Fact]
    public void Rows_that_are_no_CSV_are_in_the_rejects_with_their_line()
    {
        _run.Run([.. "id,hs_code\na,\"85\nb,85\nc,8\"5\n\"d\"x,85\ne,\0\nf,"u8, 0xE9, .. "\ng,85\rh,85\nid,hs_code\ni,85,\nj,85\n"u8]);

        Assert.Equal(
            ["2 CCC8104", "4 CCC8105", "5 CCC8104", "6 CCC8107", "7 CCC8108", "8 CCC8106", "9 CCC8111", "10 CCC8102"],
            Rejected().Select(cells => $"{cells[0]} {cells[3]}"));
        Assert.Equal(["b", "j"], _run.OutputLines().Skip(1).Select(line => line[..1]));
    }

    [Fact]
    public void A_quoted_value_is_cut_and_shows_no_control_characters()
    {
        _run.Run("id,hs_code\na,\u001b[2J\u202e" + new string('9', 200) + "\n");

        var value = Rejected()[0][2];
        Assert.StartsWith("\\u001b[2J\\u202e999", value, StringComparison.Ordinal);
        Assert.EndsWith("9…", value, StringComparison.Ordinal);
        Assert.Equal(120, value.Length);
    }

    [Fact]
    public void Rejects_of_an_earlier_run_do_not_stay()
    {
        _run.Run("id,hs_code\na,x\n");
        Assert.True(File.Exists(_run.Rejects));

        _run.Run("id,hs_code\na,85\n");
        Assert.False(File.Exists(_run.Rejects));
    }

    [Fact]
    public void Kept_cells_come_back_as_they_stood_in_the_data()
    {
        _run.Run("id,hs_code,\"odd, name\"\n\" a \",8507600000,\"x\n\"\"y\"\"\"\n=1+1,85,\t\n");

        Assert.Equal(
            "id,hs_code,\"odd, name\",qr_mark,voluntary,missing\n"
            + " a ,8507600000,\"x\n\"\"y\"\"\",fulfilled or breached,not_available or available,quantity;evaluation date\n"
            + "=1+1,85,\t,fulfilled or breached,not_available or available,quantity;evaluation date\n",
            File.ReadAllText(_run.Output));
    }

    [Fact]
    public void Constants_fill_fields_and_settle_questions_in_every_row()
    {
        var seen = new List<(long Quantity, long Settled, string Note)>();
        var options = new BatchOptions
        {
            Mapping = ColumnMapping.Empty.With("quantity := 7").With("note := bulk").WithConstant("stock_after_cutoff", "yes", "--assume"),
        };
        _run.Run("id,hs_code\na,85\nb,85\n"u8.ToArray(), options, () => new FakeEvaluator
        {
            OnClassify = batch =>
            {
                for (var row = 0; row < batch.Count; row++)
                {
                    seen.Add((batch.Get(2, row), batch.Get(6, row), batch.Texts[(int)batch.Get(5, row)]));
                }
            },
        });

        Assert.Equal([(7, 1, "bulk"), (7, 1, "bulk")], seen);
    }

    [Fact]
    public void Facts_reach_the_engine_as_they_are_written()
    {
        var facts = new long[8];
        var note = "";
        _run.Run("id,hs_code,quantity,purpose,imported_on,note\na,8507.60,-3,research,0001-01-02,电池\n"u8.ToArray(), null, () => new FakeEvaluator
        {
            OnClassify = batch =>
            {
                batch.CopyRow(0, facts);
                note = batch.Texts[(int)facts[5]];
            },
        });

        Assert.Equal([Fact.Missing, 8507600000000 * 16 + 6, -3, 1, 1, 0, Fact.Missing, Fact.Missing], facts);
        Assert.Equal("电池", note);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 64)]
    [InlineData(1, 5000)]
    [InlineData(2, 64)]
    [InlineData(4, 100)]
    [InlineData(8, 4096)]
    public void Output_rejects_and_counts_do_not_depend_on_threads_or_batches(int threads, int batchRows)
    {
        var data = RandomRows(10_000);
        var options = new BatchOptions { AsOf = EvaluationDate.Of("imported_on") };
        var expected = Outcome(_run.Run(data, options));
        var (output, rejects) = (File.ReadAllText(_run.Output), File.ReadAllText(_run.Rejects));

        Assert.Equal(expected, Outcome(_run.Run(data, options with { Threads = threads, BatchRows = batchRows })));
        Assert.Equal(output, File.ReadAllText(_run.Output));
        Assert.Equal(rejects, File.ReadAllText(_run.Rejects));

        static string Outcome(BatchSummary summary) => string.Join(
            ' ',
            summary.RowsRead,
            summary.Classified,
            summary.Rejected,
            string.Join(' ', summary.Faults),
            string.Join(' ', summary.Norms.SelectMany(norm => norm.Counts)));
    }

    /// <summary>Once in thousands of runs the thread that found the end made another one drop the last batch.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_run_that_did_not_write_all_that_was_read_is_no_success(int threads)
    {
        using var data = CsvSource.Open(new MemoryStream("id,hs_code\n1,85\n2,85\n"u8.ToArray()));
        using var source = new ForgetfulSource(data);
        var options = new BatchOptions { Threads = threads };
        using var sink = new NoSink();
        var run = new BatchClassifier(RecordLayout.Create(source, FakeEvaluator.Ruleset, options), () => new FakeEvaluator(), options);

        var e = Assert.Throws<InvalidOperationException>(() => run.Run(source, sink));
        Assert.Contains("3 read, 2 written", e.Message);
        Assert.False(sink.IsComplete);
    }

    [Fact]
    public void Many_distinct_texts_are_forgotten_between_batches_and_constants_stay()
    {
        var rows = string.Concat(Enumerable.Range(0, 80_000).Select(i => $"85,{i}x\n"));
        var most = 0;
        var summary = _run.Run(
            Encoding.UTF8.GetBytes("hs_code,note\n" + rows),
            new BatchOptions { Mapping = ColumnMapping.Empty.With("id := same"), Keep = KeptColumns.Named("note") },
            () => new FakeEvaluator
            {
                OnClassify = batch =>
                {
                    most = Math.Max(most, batch.Texts.Count);
                    for (var row = 0; row < batch.Capacity; row += 7)
                    {
                        Assert.True(batch.Get(5, row) < batch.Texts.Count);
                        Assert.Equal("same", batch.Texts[(int)batch.Get(0, row)]);
                    }
                },
            });

        Assert.Equal(80_000, summary.Classified);
        Assert.InRange(most, 60_000, 70_000);
        Assert.Equal(Enumerable.Range(0, 80_000).Select(i => $"{i}x"), _run.OutputLines().Skip(1).Select(line => line[..line.IndexOf(',')]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_run_that_fails_leaves_the_old_files_and_no_others(int threads)
    {
        File.WriteAllText(_run.Output, "old output");
        File.WriteAllText(_run.Rejects, "old rejects");
        var batches = 0;
        var options = new BatchOptions { Threads = threads, BatchRows = 64 };

        var e = Assert.Throws<InvalidDataException>(() => _run.Run(RandomRows(2000), options, () => new FakeEvaluator
        {
            OnClassify = _ =>
            {
                if (Interlocked.Increment(ref batches) == 5)
                {
                    throw new InvalidDataException("the fifth batch");
                }
            },
        }));

        Assert.Equal("the fifth batch", e.Message);
        Assert.Equal("old output", File.ReadAllText(_run.Output));
        Assert.Equal("old rejects", File.ReadAllText(_run.Rejects));
        Assert.Equal(3, Directory.GetFiles(_run.Folder).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_run_that_is_stopped_leaves_nothing(int threads)
    {
        using var stop = new CancellationTokenSource();
        var options = new BatchOptions { Threads = threads, BatchRows = 64 };

        Assert.ThrowsAny<OperationCanceledException>(() => _run.Run(
            RandomRows(20_000), options, () => new FakeEvaluator { OnClassify = _ => stop.Cancel() }, stop.Token));

        Assert.Equal([_run.Input], Directory.GetFiles(_run.Folder));
    }

    [Fact]
    public void A_header_alone_gives_a_header_alone()
    {
        var summary = _run.Run("id,hs_code");

        Assert.Equal(0, summary.RowsRead);
        Assert.Equal(["id,hs_code,qr_mark,voluntary,missing"], _run.OutputLines());
    }

    [Fact]
    public void A_kept_column_with_a_norms_name_does_not_hide_it()
    {
        _run.Run("hs_code,qr_mark\n85,x\n");
        Assert.Equal("hs_code,qr_mark,cn.test.qr_mark,voluntary,missing", _run.OutputLines()[0]);

        var e = Assert.Throws<BatchSetupException>(() => _run.Run("hs_code,missing\n85,x\n"));
        Assert.Equal(BatchProblemKind.DuplicateOutputColumn, Assert.Single(e.Problems).Kind);
    }

    private static byte[] RandomRows(int count)
    {
        var random = new Random(5);
        string[] codes = ["8507.60", "8507600090", "0101", "101", ""];
        string[] quantities = ["5", "11", "", "1,5"];
        string[] dates = ["2026-01-01", "2027-12-31", "", "none", "2026-02-30"];
        var text = new StringBuilder("id,hs_code,quantity,imported_on,note\n");
        for (var i = 0; i < count; i++)
        {
            var ragged = random.Next(50) == 0 ? ",more" : "";
            text.Append($"r{i},{Any(codes)},{Any(quantities)},{Any(dates)},\"note {random.Next(30)}\nsecond line\"{ragged}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());

        string Any(string[] choices) => choices[random.Next(10) == 0 ? random.Next(choices.Length) : random.Next(2)];
    }

    private List<string[]> Rejected()
    {
        using var scanner = new CsvScanner(File.OpenRead(_run.Rejects), new CsvOptions());
        var rows = new List<string[]>();
        while (scanner.Read())
        {
            rows.Add([.. Enumerable.Range(0, scanner.FieldCount).Select(i => Encoding.UTF8.GetString(scanner.Field(i)))]);
        }

        return rows[1..];
    }

    /// <summary>Answers that go nowhere.</summary>
    private sealed class NoSink : IRecordSink
    {
        public bool CanResume => false;

        public void Start(long? mark)
        {
        }

        public long Checkpoint() => 0;

        public bool IsComplete { get; private set; }

        public void Complete() => IsComplete = true;

        public void Keep()
        {
        }

        public void Prepare(ClassifiedBatch batch)
        {
        }

        public void Write(ClassifiedBatch batch)
        {
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Reads a record at the end that it does not give.</summary>
    private sealed class ForgetfulSource(IRecordSource source) : IRecordSource
    {
        private bool _isAtEnd;

        public string Name => source.Name;

        public string? Identity => source.Identity;

        public double? Fraction => source.Fraction;

        public System.Collections.Immutable.ImmutableArray<string> Columns => source.Columns;

        public string? FormatHint => source.FormatHint;

        public long RowsRead => source.RowsRead + (_isAtEnd ? 1 : 0);

        public long BlankLines => source.BlankLines;

        public SourcePosition Position => source.Position with { Rows = RowsRead };

        public bool Fill(RecordBatch batch)
        {
            _isAtEnd = !source.Fill(batch);
            return !_isAtEnd;
        }

        public void Resume(SourcePosition position) => source.Resume(position);

        public void Dispose() => source.Dispose();
    }
}
