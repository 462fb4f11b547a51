using CccRules.Cli;

namespace CccRules.Tests.Cli;

public sealed class ClassifyCommandTests
{
    private const string Records =
        """
        id,hs_code,portable,rated_energy,purpose,issued_on,sold_on,has_mark
        1,8507.60,yes,20,sale,2026-05-01,,yes
        2,8507.60,yes,20,sale,2026-05-01,,no
        3,8507.60,yes,20,sale,,,no
        4,8481.80,,,,,,
        5,8507.60,perhaps,20,sale,,,no

        """;

    [Fact]
    public void Each_record_gets_its_outcomes_and_what_is_missing()
    {
        using var folder = SmallRules.Folder().With("records.csv", Records);
        var run = folder.Run("classify test --in records.csv --out answers.csv --as-of 2026-06-01 --keep id --rejects rejects.csv");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("id,mark,missing\n1,fulfilled,\n2,breached,\n3,not_in_force or breached,issued_on\n4,not_applicable,\n", folder["answers.csv"].ReplaceLineEndings("\n"));
        Assert.Contains("6,portable,perhaps,CCC8010", folder["rejects.csv"]);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void The_summary_counts_rows_outcomes_and_rejects()
    {
        using var folder = SmallRules.Folder().With("records.csv", Records);
        var output = folder.Run("classify test --in records.csv --out answers.csv --as-of 2026-06-01 --rejects rejects.csv").Output;
        Assert.StartsWith("5 rows read: 4 classified, 1 rejected (", output);
        Assert.Contains("norm  outcome                   rows   share\n", output);
        Assert.Contains("mark  not_applicable               1  25.0 %\n", output);
        Assert.Contains("      not_in_force or breached     1  25.0 %\n", output);
        Assert.Contains("1 row rejected; with their reasons in rejects.csv\n  CCC8010: 1 time: not a yes/no", output);
        Assert.DoesNotContain("evaluation date", output);
    }

    [Fact]
    public void Rejects_without_a_file_are_counted_and_the_option_is_named()
    {
        using var folder = SmallRules.Folder().With("records.csv", Records);
        Assert.Contains("1 row rejected; `--rejects FILE` writes them down", folder.Run("classify test --in records.csv --out answers.csv").Output);
    }

    [Fact]
    public void A_run_without_an_evaluation_date_says_where_that_matters()
    {
        using var folder = SmallRules.Folder().With("records.csv", Records);
        Assert.Contains("no evaluation date was given, so answers may be open that a date would settle: mark;", folder.Run("classify test --in records.csv --out answers.csv").Output);
        folder.With("settled.csv", "hs_code\n8481.80\n");
        Assert.DoesNotContain("evaluation date", folder.Run("classify test --in settled.csv --out answers.csv --overwrite").Output);
    }

    [Fact]
    public void Records_come_from_standard_input_and_answers_go_to_standard_output()
    {
        using var folder = SmallRules.Folder();
        folder.Input = Records;
        var run = folder.Run("classify test --in - --out - --as-of 2026-06-01 --keep id");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("5 rows read", run.Error);
        Assert.StartsWith("id,mark,missing", folder["standard-output"]);
    }

    [Fact]
    public void Quiet_says_nothing()
    {
        using var folder = SmallRules.Folder().With("records.csv", Records);
        var run = folder.Run("classify test --in records.csv --out answers.csv -q");
        Assert.Equal("", run.Output + run.Error);
        Assert.True(folder.Has("answers.csv"));
    }

    [Fact]
    public void The_answers_do_not_hang_on_the_number_of_threads()
    {
        using var folder = SmallRules.Folder().With("records.csv", Records);
        folder.Run("classify test --in records.csv --out one.csv --threads 1");
        folder.Run("classify test --in records.csv --out four.csv --threads 4");
        Assert.Equal(folder["one.csv"], folder["four.csv"]);
    }

    [Fact]
    public void Columns_are_mapped_by_options_and_by_a_file_and_questions_are_settled()
    {
        using var folder = SmallRules.Folder()
            .With("records.csv", "Code,Carried,Issued\n8507.60,yes,2026-05-01\n")
            .With("columns.map", "# the customs file\nCarried = portable\n");
        var run = folder.Run(
            "classify test --in records.csv --out answers.csv --map Code=hs_code --map-file columns.map --map 'Issued = issued_on' " +
            "--map purpose:=sale --map has_mark:=no --assume counts_as_new=yes --as-of 2026-06-01 --keep Code");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("Code,mark,missing\n8507.60,breached,\n", folder["answers.csv"].ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Rules_that_were_not_known_on_a_day_are_left_out()
    {
        using var folder = SmallRules.Folder().With("records.csv", Records);
        folder.Run("classify test --in records.csv --out answers.csv --known 2025-12-22");
        Assert.DoesNotContain("mark", folder["answers.csv"].Split('\n')[0].Replace("has_mark", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--map Cod=hs_code", "--map: the records have no column `Cod`", "a similar column exists: `Code`")]
    [InlineData("--map Code=hs_cod", "--map: the rules have no field `hs_cod`", "a similar field exists: `hs_code`")]
    [InlineData("--keep Cod", "--keep: the records have no column `Cod`", "a similar column exists: `Code`")]
    [InlineData("--as-of sold_no", "--as-of: `sold_no` is neither a date nor a date field of the rules", "a similar date field exists: `sold_on`")]
    [InlineData("--assume counts_as_nwe=yes", "the rules have no question `counts_as_nwe`", "a similar question exists: `counts_as_new`")]
    [InlineData("--assume counts_as_new=perhaps", "`--assume counts_as_new=perhaps` says neither yes nor no", "--assume some_question=yes")]
    [InlineData("--known yesterday", "`--known yesterday` is not a date", "write a date as 2026-03-01")]
    [InlineData("--threads 0", "`--threads` takes a number from 1 to 1024, not `0`", "`ccc classify --help`")]
    [InlineData("--threads many", "`--threads` takes a number from 1 to 1024, not `many`", "`ccc classify --help`")]
    [InlineData("", "no column feeds the required field hs_code", "says which column feeds a field")]
    public void What_does_not_fit_is_said_with_a_way_out_and_nothing_is_written(string options, string message, string help)
    {
        using var folder = SmallRules.Folder().With("records.csv", "Code\n8507.60\n");
        var run = folder.Run($"classify test --in records.csv --out answers.csv {options}");
        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.Contains($": {message}", run.Error);
        Assert.Contains(help, run.Error);
        Assert.Empty(run.Output);
        Assert.False(folder.Has("answers.csv"));
    }

    [Theory]
    [InlineData("records.csv", "records.csv", 2, "CCC8215")]
    [InlineData("records.csv", "test/mark.ccc", 2, "CCC8215")]
    [InlineData("nowhere.csv", "answers.csv", 3, "error[CCC0010]: cannot read `nowhere.csv`: there is no such file or folder")]
    [InlineData("empty.csv", "answers.csv", 3, "CCC8209")]
    [InlineData("records.csv", "nowhere/answers.csv", 3, "error[CCC0011]: cannot write `nowhere/answers.csv`: there is no such file or folder")]
    public void Files_that_cannot_be_read_or_written_are_named(string input, string output, int exitCode, string message)
    {
        using var folder = SmallRules.Folder().With("records.csv", Records).With("empty.csv", "");
        var run = folder.Run($"classify test --in {input} --out {output}");
        Assert.Equal((ExitCode)exitCode, run.ExitCode);
        Assert.Contains(message, run.Error);
        Assert.Equal(Records, folder["records.csv"]);
    }

    [Fact]
    public void A_run_that_is_stopped_leaves_nothing_behind()
    {
        using var folder = SmallRules.Folder().With("old.csv", "old");
        using var stop = new CancellationTokenSource();
        var header = "hs_code\n"u8.ToArray();
        folder.InputStream = new EndlessStream(header, "8507.60\n"u8.ToArray(), afterBytes: 2_000_000, stop.Cancel);
        var run = folder.Run("classify test --in - --out old.csv --threads 1 --overwrite", cancellation: stop.Token);
        Assert.Equal(ExitCode.Stopped, run.ExitCode);
        Assert.Equal("old", folder["old.csv"]);
        Assert.False(folder.Has("old.csv.partial"));
    }

    /// <summary>Records without end; at some point somebody presses Ctrl-C.</summary>
    private sealed class EndlessStream(byte[] first, byte[] next, long afterBytes, Action stop) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_position > afterBytes)
            {
                stop();
            }

            for (var i = 0; i < count; i++, _position++)
            {
                buffer[offset + i] = _position < first.Length ? first[_position] : next[(_position - first.Length) % next.Length];
            }

            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
