using System.Diagnostics;
using System.Globalization;
using System.Text;
using CccRules.Cli;
using CccRules.Tests.Batch.Sources;
using CccRules.Tests.Cli;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace CccRules.Tests.Batch.Resuming;

/// <summary>
/// Kills the real program by SIGKILL at random moments, resumes it, kills it again, until it comes to its end: the output must be that
/// of a run that nobody disturbed. How many rounds is said by CCC_FUZZ; without it a few, to keep the suite short.
/// </summary>
[Collection(nameof(PostgresTests))]
public sealed class KillTests : IDisposable
{
    private readonly CommandFolder _folder = SmallRules.Folder();
    private readonly PostgresServer _server;
    private readonly ITestOutputHelper _output;

    public KillTests(PostgresServer server, ITestOutputHelper output)
    {
        _server = server;
        _output = output;
        Environment.SetEnvironmentVariable("PGPASSWORD", PostgresServer.Password);
    }

    public void Dispose() => _folder.Dispose();

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("CCC_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? Math.Max(2, rounds / 10) : 1;

    private static bool IsLong => Environment.GetEnvironmentVariable("CCC_FUZZ") is not null;

    private static int Rows => IsLong ? 400_000 : 150_000;

    [Fact]
    public void A_run_over_CSV_survives_kills()
    {
        Prepare();
        Survive("CSV", 2, "records.csv", _ => "answers.csv", _ => File.ReadAllText(At("answers.csv")) + File.ReadAllText(At("rejects.csv")));
    }

    [Fact]
    public void A_run_over_SQLite_survives_kills()
    {
        Prepare();
        Survive("SQLite", 1, "sqlite:records.db?table=records", round => $"sqlite:answers.db?table=answers{round}", round => Dump($"answers{round}"));
    }

    [PostgresFact]
    public void A_run_over_PostgreSQL_survives_kills()
    {
        Prepare();
        _server.Query($"DROP TABLE IF EXISTS kill_records; CREATE TABLE kill_records AS SELECT n AS id, CASE WHEN n % 97 = 5 THEN 'bad' ELSE '8507.60' END AS hs_code, 'yes' AS portable, n % 30 AS rated_energy, 'sale' AS purpose FROM generate_series(1, {Rows}) AS n; ALTER TABLE kill_records ADD PRIMARY KEY (id)");
        Survive(
            "PostgreSQL",
            1,
            _server.Address("table=kill_records"),
            round => _server.Address($"table=kill_answers{round}"),
            round => string.Join('\n', _server.Query($"SELECT count(*), md5(string_agg(a::text, '' ORDER BY id::int)) FROM kill_answers{round} a")) + File.ReadAllText(At("rejects.csv")));
    }

    private void Survive(string what, int usualKills, string input, Func<int, string> output, Func<int, string> result)
    {
        var random = new Random(20260701);
        Assert.Equal(ExitCode.Done, _folder.Run($"classify test {string.Join(' ', Arguments(input, output(0)))}").ExitCode);
        var expected = result(0);
        var kills = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            Clean();
            var killed = 0;
            for (var exit = -1; exit != 0;)
            {
                // After so many it may come to its end. Most are killed some time after one of their checkpoints, the rest anywhere.
                Action<Process>? kill = killed >= (IsLong ? 25 : usualKills) ? null
                    : IsLong && random.Next(5) == 0 ? process => process.WaitForExit(TimeSpan.FromSeconds(4 * random.NextDouble()))
                    : process => WaitForCheckpoints(process, random.Next(1, 8), TimeSpan.FromMilliseconds(random.Next(0, 12)));
                exit = Run(input, output(round), kill);
                killed += exit == 0 ? 0 : 1;
                Assert.True(exit is 0 or 137, $"exit code {exit}");
            }

            Assert.NotEqual(0, killed);
            kills += killed;
            Assert.Equal(expected, result(round));
        }

        _output.WriteLine($"{what}: {kills} kills survived in {Rounds} rounds over {Rows:N0} rows");
    }

    /// <returns>The exit code; 137 where the run was killed.</returns>
    private int Run(string input, string output, Action<Process>? waitToKill)
    {
        using var program = RealProgram.Start(_folder.Path, ["classify", "test", .. Arguments(input, output), "--resume"]);
        if (waitToKill is not null)
        {
            waitToKill(program.Process);
            program.Process.Kill();
        }

        var exit = program.WaitForExit();
        if (exit is not (0 or 137))
        {
            _output.WriteLine(program.Error);
        }

        // Its last act is to drop the checkpoint: a kill that comes after that changes nothing any more.
        return !File.Exists(At("run.checkpoint")) && File.Exists(At("rejects.csv")) ? 0 : exit;
    }

    private static string[] Arguments(string input, string output) =>
        ["--in", input, "--out", output, "--rejects", "rejects.csv", "--quiet", "--checkpoint", "run.checkpoint", "--checkpoint-every", "0", "--as-of", "2026-06-01"];

    private void WaitForCheckpoints(Process process, int count, TimeSpan after)
    {
        for (var last = File.GetLastWriteTimeUtc(At("run.checkpoint")); count > 0 && !process.HasExited;)
        {
            var now = File.GetLastWriteTimeUtc(At("run.checkpoint"));
            count -= now == last ? 0 : 1;
            last = now;
        }

        process.WaitForExit(after);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private void Clean()
    {
        foreach (var name in (string[])["answers.csv", "rejects.csv"])
        {
            File.Delete(At(name));
        }
    }

    private void Prepare()
    {
        var text = new StringBuilder("id,hs_code,portable,rated_energy,purpose\n");
        for (var row = 0; row < Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row},{(row % 97 == 5 ? "bad" : "8507.60")},{(row % 3 == 0 ? "" : "yes")},{row % 30},sale\n");
        }

        _folder.With("records.csv", text.ToString());
        using var connection = new SqliteConnection($"Data Source={At("records.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE TABLE records AS WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT {Rows}) SELECT n AS id, CASE WHEN n % 97 = 5 THEN 'bad' ELSE '8507.60' END AS hs_code, 'yes' AS portable, n % 30 AS rated_energy, 'sale' AS purpose FROM n";
        command.ExecuteNonQuery();
    }

    private string Dump(string table)
    {
        using var connection = new SqliteConnection($"Data Source={At("answers.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} ORDER BY rowid";
        using var reader = command.ExecuteReader();
        var hash = new StringBuilder();
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                hash.Append(reader.GetValue(i)).Append('|');
            }
        }

        return hash + File.ReadAllText(At("rejects.csv"));
    }
}
