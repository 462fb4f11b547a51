using System.Diagnostics;
using System.Text.Json;

namespace CccRules.Compare.Peers;

/// <summary>
/// ClickHouse by way of npm's <c>chdb</c>, in a process of its own that is asked line by line. Its processor time is the whole process's.
/// </summary>
internal sealed class ClickHouse : IDisposable
{
    private readonly Process _process;

    private ClickHouse(Process process) => _process = process;

    /// <summary>Starts it.</summary>
    /// <param name="why">Why it cannot be started.</param>
    public static ClickHouse? TryStart(string repository, out string why)
    {
        var folder = Path.Combine(repository, "benchmarks", "peers");
        why = "chdb is not installed: run `npm ci` in benchmarks/peers";
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "chdb")))
        {
            return null;
        }

        try
        {
            var process = Process.Start(new ProcessStartInfo("node", "clickhouse.mjs")
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            });
            return process is null ? null : new ClickHouse(process);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            why = "node is not installed";
            return null;
        }
    }

    /// <summary>Runs a query on one thread.</summary>
    /// <returns>The result as text, and the processor time in nanoseconds.</returns>
    /// <exception cref="InvalidOperationException">ClickHouse refuses the query, or has ended.</exception>
    public (string Result, double Nanoseconds) Query(string query, string format = "TSV")
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { query, format }));
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("ClickHouse has ended.");
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("error", out var error)
            ? throw new InvalidOperationException(error.GetString())
            : (json.RootElement.GetProperty("result").GetString()!, json.RootElement.GetProperty("microseconds").GetDouble() * 1000);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
