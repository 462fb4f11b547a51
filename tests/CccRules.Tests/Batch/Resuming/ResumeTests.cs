using System.Collections.Immutable;
using CccRules.Batch;
using CccRules.Batch.Checkpoints;
using CccRules.Tests.Batch.Sources;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace CccRules.Tests.Batch.Resuming;

/// <summary>
/// What a killed run leaves is the folder as it was at that moment. So the folder is copied after every batch, and the run goes on in
/// each copy: whatever the moment, the output must be that of the run that was never stopped.
/// </summary>
[Collection(nameof(PostgresTests))]
public sealed class ResumeTests(PostgresServer server, ITestOutputHelper output) : IDisposable
{
    private const int BatchRows = 64;

    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("in.csv", "out.csv", 1)]
    [InlineData("in.csv", "out.csv", 3)]
    [InlineData("in.csv.gz", "out.jsonl.gz", 1)]
    [InlineData("day/*.csv", "out.tsv", 1)]
    [InlineData("sqlite:in.db?table=lines", "out.csv", 1)]
    [InlineData("in.csv", "sqlite:out.db?table=answers", 1)]
    [InlineData("sqlite:in.db?table=lines", "sqlite:out.db?table=answers", 2)]
    public void A_run_goes_on_from_the_moment_of_any_batch_to_the_same_bytes(string input, string to, int threads)
    {
        Prepare(_folder);
        var expected = Whole(input, to, threads);
        var moments = 0;
        var tried = 0;
        foreach (var every in to == "out.csv" && input == "in.csv" ? (int[])[1, 3] : [2])
        {
            // The end of the run is a moment as well: there the output has its name, and the checkpoint is gone.
            var copies = new List<string>();
            var batches = 0;
            var journal = Journal(_folder, every, () => batches);
            _folder.Run(input, to, Options(threads), journal: journal, progress: _ =>
            {
                batches++;
                copies.Add(Copy(_folder.Path));
            });
            moments += (copies.Count + Step(input, to) - 1) / Step(input, to);
            Clean(_folder);
            foreach (var (at, copy) in copies.Index())
            {
                if (at % Step(input, to) != 0)
                {
                    Directory.Delete(copy, recursive: true);
                    continue;
                }

                using var folder = new CopiedFolder(copy);
                GoOn(folder.Folder, input, to, threads);
                Assert.Equal(expected, Result(folder.Folder, to));
                Assert.False(folder.Folder.Has("run.checkpoint"));
                tried++;
            }
        }

        output.WriteLine($"{input} to {to}, {threads} threads: {tried} of {moments} moments survived");
        Assert.Equal(moments, tried);
        Assert.InRange(tried, 20 / Step(input, to), int.MaxValue);
    }

    /// <summary>A run killed between its commit and its checkpoint leaves a table that is ahead; whoever goes on may divide the data otherwise.</summary>
    [Theory]
    [InlineData(1, 100)]
    [InlineData(3, 64)]
    [InlineData(3, 48)]
    public void A_table_that_is_ahead_of_its_checkpoint_gets_each_record_once(int threads, int batchRows)
    {
        const string to = "sqlite:out.db?table=answers";
        const int behind = 3;
        Prepare(_folder);
        var expected = Whole("in.csv", to, 1);
        var copies = new List<string>();
        _folder.Run("in.csv", to, Options(1), journal: Journal(_folder, 1, () => 1), progress: _ => copies.Add(Copy(_folder.Path)));
        var checkpoints = copies.ConvertAll(copy => File.ReadAllBytes(Path.Combine(copy, "run.checkpoint")));
        foreach (var (at, copy) in copies.Index())
        {
            using var folder = new CopiedFolder(copy);
            if (at % 4 != 3 && at != copies.Count - 1)
            {
                continue;
            }

            folder.Folder.With("run.checkpoint", checkpoints[at - behind]);
            folder.Folder.Run("in.csv", to, Options(threads) with { BatchRows = batchRows }, journal: Journal(folder.Folder, 2, () => 2));
            Assert.Equal(expected, Result(folder.Folder, to));
        }
    }

    /// <summary>With CCC_FUZZ every moment is tried, else every other, and of databases, which take their time, every third.</summary>
    private static int Step(string input, string to) =>
        Environment.GetEnvironmentVariable("CCC_FUZZ") is not null ? 1 : (input + to).Contains("sqlite", StringComparison.Ordinal) ? 3 : 2;

    [Fact]
    public void A_run_that_is_stopped_marks_the_place_and_goes_on_from_there()
    {
        Prepare(_folder);
        var expected = Whole("in.csv", "out.csv", 1);
        for (var stopAt = 1; stopAt < 20; stopAt += 3)
        {
            var batches = 0;
            using var stop = new CancellationTokenSource();
            Assert.ThrowsAny<OperationCanceledException>(() => _folder.Run("in.csv", "out.csv", Options(1), journal: Journal(_folder, int.MaxValue, () => 0), stop: stop.Token, progress: _ =>
            {
                if (++batches == stopAt)
                {
                    stop.Cancel();
                }
            }));
            Assert.False(_folder.Has("out.csv"));
            var from = new CheckpointFile(_folder.At("run.checkpoint")).Read(FakeEvaluator.Ruleset);
            Assert.Equal(stopAt, from.Batches);
            GoOn(_folder, "in.csv", "out.csv", 1);
            Assert.Equal(expected, Result(_folder, "out.csv"));
            Clean(_folder);
        }
    }

    [PostgresFact]
    public void A_run_into_PostgreSQL_goes_on_after_the_server_crashed()
    {
        Environment.SetEnvironmentVariable("PGPASSWORD", PostgresServer.Password);
        Prepare(_folder);
        server.Query("CREATE TABLE crash_in (id text, hs_code text, quantity text, note text)");
        var expected = Whole("in.csv", "out.csv", 1);
        var survived = 0;
        foreach (var (at, every) in ((int, int)[])[(2, 1), (9, 2), (15, 4), (20, int.MaxValue)])
        {
            var batches = 0;
            var to = server.Address($"table=crash_{at}");
            var lost = Assert.ThrowsAny<Exception>(() => _folder.Run("in.csv", to, Options(1), journal: Journal(_folder, every, () => batches), progress: _ =>
            {
                if (++batches == at)
                {
                    server.Crash();
                }
            }));
            Assert.Contains(FailureReason.Of(lost), (string[])["the connection to the database was lost", "the database server was shut down"]);
            server.Start();
            GoOn(_folder, "in.csv", to, 1);
            Assert.Equal(Lines(expected), server.Query($"SELECT * FROM crash_{at}").Select(row => row.Replace("<null>", "")));
            survived++;
            Clean(_folder);
        }

        output.WriteLine($"{survived} crashes of the server survived");
    }

    [Theory]
    [InlineData("data", "0 bytes")]
    [InlineData("rules", "other")]
    public void A_run_of_other_data_rules_or_options_is_named(string part, string value)
    {
        var one = new RunIdentity(ImmutableSortedDictionary<string, string>.Empty.Add("data", "1").Add("rules", "2"));
        Assert.Equal([part], one.DifferencesFrom(new RunIdentity(one.Parts.SetItem(part, value))).ToArray());
        Assert.Equal([part], one.DifferencesFrom(new RunIdentity(one.Parts.Remove(part))).ToArray());
        Assert.Empty(one.DifferencesFrom(one));
    }

    [Fact]
    public void A_checkpoint_that_is_cut_or_changed_is_refused()
    {
        Prepare(_folder);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => _folder.Run("in.csv", "out.csv", Options(1), journal: Journal(_folder, 1, () => 1), stop: stop.Token, progress: _ => stop.Cancel()));
        var file = new CheckpointFile(_folder.At("run.checkpoint"));
        var whole = File.ReadAllBytes(file.Path);
        file.Read(FakeEvaluator.Ruleset);
        for (var i = 0; i < whole.Length; i += 7)
        {
            File.WriteAllBytes(file.Path, whole[..i]);
            Assert.Throws<InvalidDataException>(() => file.Read(FakeEvaluator.Ruleset));
            var flipped = (byte[])whole.Clone();
            flipped[i] ^= 4;
            File.WriteAllBytes(file.Path, flipped);
            Assert.Throws<InvalidDataException>(() => file.Read(FakeEvaluator.Ruleset));
        }
    }

    [Theory]
    [InlineData("longer")]
    [InlineData("shorter")]
    [InlineData("other")]
    [InlineData("replaced")]
    public void Data_that_change_while_they_are_read_are_noticed(string how)
    {
        Prepare(_folder);
        var e = Assert.Throws<DataChangedException>(() => _folder.Run("in.csv", "out.csv", Options(1), progress: progress =>
        {
            if (progress.Rows == 10 * BatchRows)
            {
                Change(_folder.At("in.csv"), how);
            }
        }));
        Assert.Contains("was changed while it was read", e.Message);
        Assert.False(_folder.Has("out.csv"));
        Assert.False(_folder.Has("out.csv.partial"));
    }

    private static void Change(string path, string how)
    {
        var text = File.ReadAllText(path);
        switch (how)
        {
            case "longer":
                File.AppendAllText(path, "9,85,1,late\n");
                break;
            case "shorter":
                using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    file.SetLength(text.Length / 2);
                }

                break;
            case "other":
                File.WriteAllText(path, text.Replace("85", "84", StringComparison.Ordinal));
                break;
            default:
                File.WriteAllText(path + ".new", text);
                File.Move(path + ".new", path, overwrite: true);
                break;
        }
    }

    [Fact]
    public void Two_runs_into_one_output_do_not_mix()
    {
        Prepare(_folder);
        var isSecond = false;
        _folder.Run("in.csv", "out.csv", Options(1), progress: _ =>
        {
            if (!isSecond)
            {
                isSecond = true;
                Assert.Throws<IOException>(() => _folder.Run("in.csv", "out.csv", Options(1)));
            }
        });
        Assert.True(_folder.Has("out.csv"));
    }

    private static BatchOptions Options(int threads) => new() { BatchRows = BatchRows, Threads = threads };

    /// <summary>Checkpoints after every so many batches.</summary>
    private static RunJournal Journal(BatchFolder folder, int every, Func<int> batches)
    {
        var file = new CheckpointFile(folder.At("run.checkpoint"));
        return new RunJournal(file, Identity, file.Exists ? file.Read(FakeEvaluator.Ruleset) : null) { IsDueAt = () => every != int.MaxValue && batches() % every == 0 };
    }

    private static RunIdentity Identity { get; } = new(ImmutableSortedDictionary<string, string>.Empty);

    private static void GoOn(BatchFolder folder, string input, string to, int threads) =>
        folder.Run(input, to, Options(threads), journal: Journal(folder, 2, () => 2));

    private string Whole(string input, string to, int threads)
    {
        _folder.Run(input, to, Options(threads));
        var result = Result(_folder, to);
        Clean(_folder);
        return result;
    }

    private static string Result(BatchFolder folder, string to) =>
        (to.StartsWith("sqlite:", StringComparison.Ordinal) ? Dump(folder.At("out.db")) : Convert.ToBase64String(File.ReadAllBytes(folder.At(to))))
        + "\n" + folder["rejects.csv"];

    private static string[] Lines(string result) =>
        [.. System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(result.Split('\n')[0])).Split('\n')[1..^1].Select(line => line.Replace(',', '|'))];

    private static string Dump(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(quote(id) || quote(hs_code) || quote(quantity) || quote(note) || quote(qr_mark) || quote(voluntary) || quote(missing), char(10)), (SELECT group_concat(name) FROM sqlite_schema) FROM (SELECT * FROM answers ORDER BY rowid)";
        using var reader = command.ExecuteReader();
        reader.Read();
        return reader.GetString(0) + reader.GetString(1);
    }

    private static void Clean(BatchFolder folder)
    {
        foreach (var file in Directory.GetFiles(folder.Path).Where(file => Path.GetFileName(file) is var name && (name.StartsWith("out", StringComparison.Ordinal) || name.StartsWith('r'))))
        {
            File.Delete(file);
        }
    }

    private static string Copy(string from)
    {
        var to = Directory.CreateTempSubdirectory("ccc-moment-").FullName;
        // Not by .NET, which heeds the lock of the one who writes.
        using var copying = System.Diagnostics.Process.Start("cp", ["-a", from + "/.", to]);
        copying.WaitForExit();
        Assert.Equal(0, copying.ExitCode);
        return to;
    }

    private static void Prepare(BatchFolder folder)
    {
        var rows = Enumerable.Range(0, 1300).Select(row => row % 97 == 5 ? $"{row},bad,1,x" : $"{row},85{row % 10:00},{(row % 3 == 0 ? "" : $"{row % 20}")},n{row}").ToList();
        var text = "id,hs_code,quantity,note\n" + string.Concat(rows.Select(row => row + "\n"));
        var compressed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        folder.With("in.csv", text).With("in.csv.gz", compressed.ToArray())
            .With("day/1.csv", text[..text.IndexOf("\n700,", StringComparison.Ordinal)] + "\n").With("day/2.csv", "id,hs_code,quantity,note\n")
            .With("day/3.csv", "id,hs_code,quantity,note\n" + text[(text.IndexOf("\n700,", StringComparison.Ordinal) + 1)..]);
        using var connection = new SqliteConnection($"Data Source={folder.At("in.db")};Pooling=false");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE lines (id TEXT, hs_code TEXT, quantity TEXT, note TEXT)" + string.Concat(rows.Select(row => $"; INSERT INTO lines VALUES ({string.Join(", ", row.Split(',').Select(cell => $"'{cell}'"))})"));
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>A copy that goes away after its use.</summary>
    private sealed class CopiedFolder : IDisposable
    {
        public CopiedFolder(string path)
        {
            Folder = new BatchFolder();
            Directory.Delete(Folder.Path);
            Directory.Move(path, Folder.Path);
        }

        public BatchFolder Folder { get; }

        public void Dispose() => Folder.Dispose();
    }
}
