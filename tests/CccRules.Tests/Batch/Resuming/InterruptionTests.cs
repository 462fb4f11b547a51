using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using CccRules.Cli;
using CccRules.Tests.Cli;
using Xunit.Abstractions;

namespace CccRules.Tests.Batch.Resuming;

/// <summary>The real program under a full disk, a reader that goes away, and Ctrl-C: a sentence, an exit code, nothing half-written.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const string Command = "classify test --in records.csv --out answers.csv --as-of 2026-06-01 --quiet --checkpoint-every 0";

    private readonly CommandFolder _folder = SmallRules.Folder();
    private readonly ITestOutputHelper _output;

    public InterruptionTests(ITestOutputHelper output)
    {
        _output = output;
        Prepare(100_000);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_disk_that_is_full_stops_the_run_and_with_more_room_it_goes_on()
    {
        // A limit for files fails a write as a full disk does. 512 bytes a block.
        using var program = RealProgram.StartInShell(_folder.Path, $"ulimit -f 4000; ccc {Command}");
        Assert.Equal(3, program.WaitForExit());
        Assert.Contains("error[CCC0011]: reading or writing failed: the file would become larger than is allowed\n", program.Error);
        Assert.Contains("the same command with `--resume` goes on from the last checkpoint", program.Error);
        Assert.False(_folder.Has("answers.csv"));
        GoesOn();
    }

    [Fact]
    public void A_run_that_is_stopped_says_how_to_go_on()
    {
        // Enough that it is not at its end when the signal comes.
        Prepare(400_000);
        using var program = RealProgram.Start(_folder.Path, Command.Split(' '));
        while (!_folder.Has("answers.csv.checkpoint") && !program.Process.HasExited)
        {
            Thread.Sleep(1);
        }

        var clock = Stopwatch.StartNew();
        // Ctrl-C goes the same way; but where the tests run in the background of a shell, nobody gets that signal.
        using (var kill = Process.Start("kill", ["-TERM", program.Process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        Assert.Equal(130, program.WaitForExit());
        _output.WriteLine($"stopped within {clock.Elapsed.TotalSeconds:0.00} s");
        Assert.Matches(@"stopped after [\d,]+ rows; the same command with `--resume` goes on from there", program.Error);
        Assert.False(_folder.Has("answers.csv"));
        GoesOn();
    }

    [Fact]
    public void A_reader_that_has_gone_and_a_device_that_is_full_are_no_success()
    {
        using var program = RealProgram.StartInShell(
            _folder.Path,
            "{ ccc classify test --in records.csv --out - --quiet; echo $? > piped; } | head -1 > first; ccc classify test --in records.csv --out - --quiet > /dev/full; echo $? > full");
        program.WaitForExit();
        Assert.Equal(("3\n", "3\n", "id,hs_code,mark,missing\n"), (_folder["piped"], _folder["full"], _folder["first"]));
        Assert.Contains("error[CCC0011]: reading or writing failed: whoever read it has gone\n", program.Error);
        Assert.Contains("error[CCC0011]: reading or writing failed: the disk is full\n", program.Error);
    }

    [Theory]
    [InlineData("--in postgres://127.0.0.1:1/db?table=lines --out x.csv", "error[CCC0010]: cannot read `postgres://127.0.0.1/db?table=lines`: no database server answers there")]
    [InlineData("--in postgres://host.invalid/db?table=lines --out x.csv", "error[CCC0010]: cannot read `postgres://host.invalid/db?table=lines`: there is no such host")]
    [InlineData("--in records.csv --out postgres://127.0.0.1:1/db?table=lines", "error[CCC0011]: reading or writing failed: no database server answers there")]
    [InlineData("--in sqlite:records.csv?table=lines --out x.csv", "it is no SQLite database")]
    [InlineData("--in records.csv --out sqlite:records.csv?table=lines", "it is no SQLite database")]
    [InlineData("--in odd.csv.gz --out x.csv", "'odd.csv.gz' is not whole gzip: it is damaged, or something else")]
    [InlineData("--in test --out x.csv", "cannot read `test`: no permission, or a folder stands there")]
    public void What_fails_is_said_in_words_of_our_own(string arguments, string message)
    {
        _folder.With("odd.csv.gz", "id,hs_code\n1,85\n");
        var run = _folder.Run($"classify test {arguments}");
        Assert.Contains(message, run.Error);
        Assert.DoesNotContain("Exception", run.Error);
        Assert.True(run.ExitCode is ExitCode.InputOutputFailed or ExitCode.Misused);
        Assert.False(_folder.Has("x.csv"));
    }

    [Fact]
    public void A_library_that_is_missing_is_named()
    {
        var assembly = new FileNotFoundException("Could not load file or assembly", "Npgsql, Version=10.0.0.0, Culture=neutral, PublicKeyToken=5d8b90d52f46fda7");
        Assert.Equal("a part of this program cannot be loaded: Npgsql", CccRules.Batch.FailureReason.Of(assembly));
        var native = new TypeInitializationException("SqliteConnection", new TargetInvocationException(new DllNotFoundException("Unable to load shared library 'e_sqlite3' or one of its dependencies. In order to help diagnose …")));
        Assert.Equal("a part of this program cannot be loaded: e_sqlite3", CccRules.Batch.FailureReason.Of(native));
        Assert.Equal("there is no such file or folder", CccRules.Batch.FailureReason.Of(new FileNotFoundException("…", "/data/lines.csv")));
    }

    private void Prepare(int rows) =>
        _folder.With("records.csv", "id,hs_code\n" + string.Concat(Enumerable.Range(0, rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row},8507.60\n"))));

    private void GoesOn()
    {
        Assert.Equal(ExitCode.Done, _folder.Run(Command + " --resume").ExitCode);
        Assert.False(_folder.Has("answers.csv.checkpoint"));
        Assert.Equal(ExitCode.Done, _folder.Run(Command.Replace("answers", "whole", StringComparison.Ordinal)).ExitCode);
        Assert.Equal(_folder["whole.csv"], _folder["answers.csv"]);
    }
}
