using CccRules.Batch.Output;
using CccRules.Batch.Sources.Tables;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CccRules.Batch.Sinks.Tables;

/// <summary>Answers as a table of an SQLite database, which may hold others.</summary>
internal sealed class SqliteSink(string path, string shown, string table, OutputSchema schema, bool replaces) : TableSink(shown, schema, replaces)
{
    private const int PatienceMilliseconds = 10_000;

    private readonly string _aside = table + "_partial";
    private readonly string _mark = table + "_partial_records";
    private SqliteConnection? _connection;
    private sqlite3_stmt? _insert;
    private bool _isInTransaction;

    private SqliteConnection Connection => _connection ?? throw new InvalidOperationException("The database is not open.");

    private sqlite3 Handle => Connection.Handle ?? throw new InvalidOperationException("The database is not open.");

    protected override void Open()
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        _connection.Open();
        raw.sqlite3_busy_timeout(Handle, PatienceMilliseconds);
    }

    protected override bool Exists() => Count(table) > 0;

    protected override void Create()
    {
        var columns = string.Join(", ", Schema.Columns.Select(column => $"{SqliteSource.Quote(column.Name)} TEXT"));
        Run($"BEGIN IMMEDIATE; DROP TABLE IF EXISTS {Quoted(_aside)}; DROP TABLE IF EXISTS {Quoted(_mark)}; "
            + $"CREATE TABLE {Quoted(_aside)} ({columns}); CREATE TABLE {Quoted(_mark)} (records INTEGER NOT NULL); "
            + $"INSERT INTO {Quoted(_mark)} VALUES (0); COMMIT");
    }

    protected override long? CommittedRecords()
    {
        if (Count(_mark) == 0)
        {
            return null;
        }

        using var command = Connection.CreateCommand();
#pragma warning disable CA2100 // The name is quoted.
        command.CommandText = $"SELECT records FROM {Quoted(_mark)}";
#pragma warning restore CA2100
        return command.ExecuteScalar() as long?;
    }

    protected override void Insert(ReadOnlySpan<byte> tuples)
    {
        if (_insert is null)
        {
            var places = string.Join(", ", Schema.Columns.Select(_ => "?"));
            Check(raw.sqlite3_prepare_v2(Handle, $"INSERT INTO {Quoted(_aside)} VALUES ({places})", out _insert));
        }

        BeginTransaction();
        while (!tuples.IsEmpty)
        {
            var fields = TupleText.ReadCount(ref tuples);
            for (var field = 1; field <= fields; field++)
            {
                var value = TupleText.ReadField(ref tuples, out var isNull);
                Check(isNull ? raw.sqlite3_bind_null(_insert, field) : raw.sqlite3_bind_text(_insert, field, value));
            }

            var result = raw.sqlite3_step(_insert);
            raw.sqlite3_reset(_insert);
            if (result != raw.SQLITE_DONE)
            {
                Check(result);
            }
        }
    }

    protected override void Commit(long records)
    {
        BeginTransaction();
        SetMark(records);
        Run("COMMIT");
        _isInTransaction = false;
    }

    protected override void Finish(long records)
    {
        BeginTransaction();
        // A statement that is prepared keeps the table from being renamed.
        _insert?.Dispose();
        _insert = null;
        Run($"{(Replaces ? $"DROP TABLE IF EXISTS {Quoted(table)}; " : "")}DROP TABLE {Quoted(_mark)}; ALTER TABLE {Quoted(_aside)} RENAME TO {Quoted(table)}; COMMIT");
        _isInTransaction = false;
    }

    protected override void Close(bool drop)
    {
        _insert?.Dispose();
        _insert = null;
        if (_connection is null)
        {
            return;
        }

        using (_connection)
        {
            if (_isInTransaction)
            {
                Run("ROLLBACK");
            }

            if (drop)
            {
                Run($"BEGIN IMMEDIATE; DROP TABLE IF EXISTS {Quoted(_aside)}; DROP TABLE IF EXISTS {Quoted(_mark)}; COMMIT");
            }
        }

        _connection = null;
    }

    private void BeginTransaction()
    {
        if (!_isInTransaction)
        {
            Run("BEGIN IMMEDIATE");
            _isInTransaction = true;
        }
    }

    private void SetMark(long records)
    {
        using var command = Connection.CreateCommand();
#pragma warning disable CA2100 // The name is quoted.
        command.CommandText = $"UPDATE {Quoted(_mark)} SET records = $records";
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$records", records);
        command.ExecuteNonQuery();
    }

    private long Count(string name)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema WHERE type IN ('table', 'view') AND name = $name COLLATE NOCASE";
        command.Parameters.AddWithValue("$name", name);
        return command.ExecuteScalar() is long count ? count : 0;
    }

    private void Run(string sql)
    {
        var result = raw.sqlite3_exec(Handle, sql);
        Check(result);
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(Handle).utf8_to_string(), result);
        }
    }

    private static string Quoted(string name) => SqliteSource.Quote(name);
}
