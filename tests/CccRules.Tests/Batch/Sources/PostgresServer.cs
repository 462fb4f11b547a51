using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CccRules.Tests.Batch.Sources;

/// <summary>A PostgreSQL server of the tests' own, on the loopback and on the first free port, gone when they are done.</summary>
public sealed class PostgresServer : IDisposable
{
    public const string Password = "s3cret-of-the-tests";

    private readonly string _folder = Directory.CreateTempSubdirectory("ccc-pg-").FullName;
    private readonly string? _bin = Binaries;
    private readonly bool _isRoot = Environment.UserName == "root";

    public PostgresServer()
    {
        if (_bin is null)
        {
            return;
        }

        if (_isRoot)
        {
            // The server refuses to run as root.
            Execute("chown", "postgres", _folder);
        }

        File.WriteAllText(Path.Combine(_folder, "secret"), Password);
        Execute("chmod", "644", Path.Combine(_folder, "secret"));
        AsServer("initdb", "-D", Data, "-U", "ccc", "--auth=scram-sha-256", $"--pwfile={_folder}/secret", "-E", "UTF8", "--no-locale", "--no-sync");
        for (var attempt = 0; ; attempt++)
        {
            Port = FreePort();
            try
            {
                AsServer("pg_ctl", "-D", Data, "-w", "-s", "-l", $"{_folder}/log", "-o", $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off", "start");
                return;
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
                // Somebody else took the port.
            }
        }
    }

    /// <summary>The folder of the newest server's programs; null where none is installed.</summary>
    public static string? Binaries { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    public int Port { get; private set; }

    /// <summary>The address of a table, without the password.</summary>
    public string Address(string content) => $"postgres://ccc@127.0.0.1:{Port}/postgres?{content}";

    /// <summary>Stops the server at once, as a crash would.</summary>
    public void Crash() => AsServer("pg_ctl", "-D", Data, "-m", "immediate", "-s", "stop");

    public void Start() => AsServer("pg_ctl", "-D", Data, "-w", "-s", "-l", $"{_folder}/log", "-o", $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off", "start");

    public List<string> Query(string sql)
    {
        using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={Port};Username=ccc;Password={Password};Database=postgres;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(at => reader.IsDBNull(at) ? "<null>" : reader.GetValue(at).ToString())));
        }

        return rows;
    }

    public void Dispose()
    {
        if (_bin is not null)
        {
            AsServer("pg_ctl", "-D", Data, "-m", "immediate", "-s", "stop");
        }

        Execute("rm", "-rf", _folder);
    }

    private string Data => Path.Combine(_folder, "data");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void AsServer(string program, params string[] arguments)
    {
        var path = Path.Combine(_bin!, program);
        if (_isRoot)
        {
            Execute("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Execute(path, arguments);
        }
    }

    private static void Execute(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/", RedirectStandardError = false, RedirectStandardOutput = false };
        using var process = Process.Start(start) ?? throw new InvalidOperationException(program);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }
}

/// <summary>Tests that share one server.</summary>
[CollectionDefinition(nameof(PostgresTests))]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>;

/// <summary>A test that needs PostgreSQL; where it is not installed, the run says so.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Binaries is null ? "no PostgreSQL server is installed here" : null;
}
