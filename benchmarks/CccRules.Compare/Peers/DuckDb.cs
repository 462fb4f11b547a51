using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CccRules.Compare.Workload;

namespace CccRules.Compare.Peers;

/// <summary>
/// DuckDB by way of npm's <c>@duckdb/node-api</c>, in a process of its own that is asked line by line, on one thread. Its processor time is
/// the whole process's.
/// </summary>
internal sealed class DuckDb : IDisposable
{
    private readonly Process _process;

    private DuckDb(Process process) => _process = process;

    /// <summary>Starts it.</summary>
    /// <param name="why">Why it cannot be started.</param>
    public static DuckDb? TryStart(string repository, out string why)
    {
        var folder = Path.Combine(repository, "benchmarks", "peers");
        why = "@duckdb/node-api is not installed: run `npm ci` in benchmarks/peers";
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@duckdb", "node-api")))
        {
            return null;
        }

        try
        {
            var process = Process.Start(new ProcessStartInfo("node", "duckdb.mjs")
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            });
            return process is null ? null : new DuckDb(process);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            why = "node is not installed";
            return null;
        }
    }

    /// <summary>By rule, the sum that <see cref="Files.CsvJob"/> makes of the outcomes.</summary>
    public ulong[] Sums(string path, IReadOnlyList<Rule> rules)
    {
        var sums = string.Join(", ", rules.Select((rule, i) => $"sum(CASE WHEN row % 64 = 0 THEN o{i} * (1 + row % 1021) ELSE 0 END)"));
        var outcomes = string.Join(", ", rules.Select((rule, i) => $"{DuckSql.Outcome(rule)} AS o{i}"));
        var result = Query($"SELECT {sums} FROM (SELECT row, {outcomes} FROM ({DuckSql.Records(path, "row_number() OVER () - 1 AS row")}))").Result;
        return [.. result.Split('\t').Select(sum => ulong.Parse(sum, CultureInfo.InvariantCulture))];
    }

    /// <summary>Classifies the file; every outcome is computed and added up.</summary>
    /// <returns>Processor time in nanoseconds.</returns>
    public double Classify(string path, IReadOnlyList<Rule> rules) =>
        Query($"SELECT {string.Join(", ", rules.Select(rule => $"sum({DuckSql.Outcome(rule)})"))} FROM ({DuckSql.Records(path)})").Nanoseconds;

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private (string Result, double Nanoseconds) Query(string query)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { query }));
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("DuckDB has ended.");
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("error", out var error)
            ? throw new InvalidOperationException(error.GetString())
            : (json.RootElement.GetProperty("result").GetString()!, json.RootElement.GetProperty("microseconds").GetDouble() * 1000);
    }
}
