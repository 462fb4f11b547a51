using CccRules.Batch.Output;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sinks.Tables;
using Npgsql;

namespace CccRules.Batch.Sources.Tables;

/// <summary>
/// <c>postgres://USER@HOST:PORT/DATABASE?table=SCHEMA.NAME</c>. Passwords come from <c>PGPASSWORD</c>, from the file that
/// <c>PGPASSFILE</c> names, or from <c>~/.pgpass</c>; user and database from <c>PGUSER</c> and <c>PGDATABASE</c> where they are left out.
/// </summary>
internal sealed class PostgresAddress : TableAddress
{
    private readonly NpgsqlConnectionStringBuilder _connection;

    private PostgresAddress(NpgsqlConnectionStringBuilder connection, string? table, string? query)
    {
        _connection = connection;
        Table = table;
        Query = query;
    }

    public override string Shown => $"postgres://{_connection.Host}/{_connection.Database}{(Table is null ? "" : $"?table={Table}")}";

    public static PostgresAddress ParseAddress(string address)
    {
        var question = address.IndexOf('?', StringComparison.Ordinal);
        if (question < 0 || !Uri.TryCreate(address[..question], UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw Wrong("write the address of a PostgreSQL table as 'postgres://USER@HOST/DATABASE?table=NAME'");
        }

        if (uri.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            throw new BatchSetupException(
                BatchProblemKind.SecretInAddress,
                "a password does not belong into an address, where others can see it; give it by PGPASSWORD, or by a file that PGPASSFILE names");
        }

        var (table, query) = ParseContent(Uri.UnescapeDataString(address[(question + 1)..]));
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort,
            Pooling = false,
            // A run may be longer than any limit that one would give to a command.
            CommandTimeout = 0,
            ApplicationName = "ccc",
            Options = "-c DateStyle=ISO -c IntervalStyle=iso_8601 -c TimeZone=UTC -c statement_timeout=0",
        };
        if (uri.UserInfo.Length > 0)
        {
            connection.Username = Uri.UnescapeDataString(uri.UserInfo);
        }

        if (uri.AbsolutePath.Length > 1)
        {
            connection.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        }

        return new PostgresAddress(connection, table, query);
    }

    public override string CheckpointPath(string folder) =>
        Path.GetFullPath(FileNameOf($"{_connection.Host}.{_connection.Database}.{Table}") + ".checkpoint", folder);

    public override IRecordSource OpenSource(string folder) => PostgresSource.Open(OpenConnection(), Shown, Table, Query);

    public override IRecordSink OpenSink(string folder, OutputSchema schema, bool replaces) =>
        new PostgresSink(OpenConnection, Shown, PostgresName.Parse(TargetTable()), schema, replaces);

    private NpgsqlConnection OpenConnection()
    {
        var connection = new NpgsqlConnection(_connection.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

/// <summary>The name of a table, perhaps with its schema.</summary>
internal sealed record PostgresName(string? Schema, string Name)
{
    /// <summary>Bytes of the longest name; longer ones would be cut without a word.</summary>
    public const int MostBytes = 63;

    /// <summary>As it stands in SQL.</summary>
    public string Quoted => Schema is null ? Quote(Name) : $"{Quote(Schema)}.{Quote(Name)}";

    /// <summary>Reads <c>schema.name</c>; a name with a point in it stands in double quotes.</summary>
    public static PostgresName Parse(string text)
    {
        var point = text.StartsWith('"') ? text.IndexOf("\".", 1, StringComparison.Ordinal) + 1 : text.IndexOf('.', StringComparison.Ordinal);
        return point > 0 ? new PostgresName(Unquote(text[..point]), Unquote(text[(point + 1)..])) : new PostgresName(null, Unquote(text));
    }

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : text;
}
