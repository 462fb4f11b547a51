using System.Collections.Immutable;
using System.Globalization;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CccRules.Batch.Sources.Tables;

/// <summary>
/// Rows of an SQLite database, all of them as they were when reading began. SQLite types values, not columns, so numbers come as SQLite
/// writes them and a binary value is a row fault.
/// </summary>
internal sealed class SqliteSource : TableSource
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;
    private readonly SqliteDataReader _reader;
    private readonly sqlite3_stmt _row;
    private readonly int[] _types;

    private SqliteSource(string path, string name, SqliteConnection connection, SqliteCommand command, SqliteDataReader reader, long expectedRows)
        : base(name, ColumnNames.Check(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName), name))
    {
        _path = path;
        _connection = connection;
        // A reader closes with its command.
        _command = command;
        _reader = reader;
        _row = reader.Handle ?? throw new InvalidOperationException("SQLite gave no statement.");
        _types = new int[reader.FieldCount];
        ExpectedRows = expectedRows;
    }

    public override string? Identity
    {
        get
        {
            var log = new FileInfo(_path + "-wal");
            var changes = log.Exists && log.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $", {log.Length} bytes of log") : "";
            return new InputFile(_path).Identity + changes;
        }
    }

    /// <exception cref="BatchSetupException">There is no such table, or a column has no name or that of another.</exception>
    public static SqliteSource Open(string path, string name, string? table, string? query)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"there is no file '{path}'", path);
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            if (table is not null)
            {
                CheckTable(connection, table, name);
            }

            var command = connection.CreateCommand();
#pragma warning disable CA2100 // The query is the user's own, over the user's own file, opened for reading only.
            command.CommandText = query ?? $"SELECT * FROM {Quote(table ?? "")}";
#pragma warning restore CA2100
            return new SqliteSource(path, name, connection, command, command.ExecuteReader(), table is null ? 0 : LastRow(connection, table));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override void Dispose()
    {
        _reader.Dispose();
        _command.Dispose();
        _connection.Dispose();
    }

    protected override bool Next()
    {
        if (!_reader.Read())
        {
            return false;
        }

        // Asking for a value as text changes its type.
        for (var column = 0; column < _types.Length; column++)
        {
            _types[column] = raw.sqlite3_column_type(_row, column);
        }

        return true;
    }

    protected override ReadOnlySpan<byte> Cell(int column)
    {
        // Asking for text first turns numbers and UTF-16 into UTF-8.
        raw.sqlite3_column_text(_row, column);
        return raw.sqlite3_column_blob(_row, column);
    }

    protected override RowFaultKind Judge()
    {
        for (var column = 0; column < Columns.Length; column++)
        {
            if (_types[column] == raw.SQLITE_BLOB)
            {
                return RowFaultKind.BinaryValue;
            }

            if (_types[column] != raw.SQLITE_TEXT)
            {
                continue;
            }

            var cell = Cell(column);
            if (cell.Contains((byte)0))
            {
                return RowFaultKind.NulCharacter;
            }

            if (!Utf8.IsValid(cell))
            {
                return RowFaultKind.InvalidUtf8;
            }
        }

        return RowFaultKind.None;
    }

    private static void CheckTable(SqliteConnection connection, string table, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name";
        using var reader = command.ExecuteReader();
        var tables = ImmutableArray.CreateBuilder<string>();
        while (reader.Read())
        {
            tables.Add(reader.GetString(0));
        }

        if (!tables.Contains(table, StringComparer.OrdinalIgnoreCase))
        {
            throw new BatchSetupException(
                BatchProblemKind.NoSuchTable,
                $"'{name}': there is no such table{(tables.Count == 0 ? "" : $"; there are {string.Join(", ", tables.Take(8).Select(TableAddress.Display))}")}");
        }
    }

    private static long LastRow(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is quoted.
        command.CommandText = $"SELECT max(rowid) FROM {Quote(table)}";
#pragma warning restore CA2100
        try
        {
            return command.ExecuteScalar() is long last ? last : 0;
        }
        catch (SqliteException)
        {
            // A view, or a table without such numbers: the progress has no percentage.
            return 0;
        }
    }
}
