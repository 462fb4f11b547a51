using System.Globalization;
using System.Text;
using CccRules.Batch.Output;
using CccRules.Batch.Sources.Tables;
using Npgsql;

namespace CccRules.Batch.Sinks.Tables;

/// <summary>Answers as a PostgreSQL table by binary COPY. How many records the table aside answers stands in its comment, which belongs to the transaction.</summary>
internal sealed class PostgresSink(Func<NpgsqlConnection> connect, string shown, PostgresName table, OutputSchema schema, bool replaces)
    : TableSink(shown, schema, replaces)
{
    private const string Suffix = "_partial";
    private const string CommentStart = "ccc: records ";

    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Trailer = [0xFF, 0xFF];

    private readonly PostgresName _aside = table with { Name = table.Name + Suffix };
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private NpgsqlRawCopyStream? _copy;

    private NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("The database is not open.");

    protected override void Open()
    {
        if (Encoding.UTF8.GetByteCount(_aside.Name) > PostgresName.MostBytes)
        {
            throw new BatchSetupException(
                BatchProblemKind.WrongAddress,
                string.Create(CultureInfo.InvariantCulture, $"the name of the table is too long: '{Suffix}' must fit behind it, within {PostgresName.MostBytes} bytes"));
        }

        _connection = connect();
    }

    protected override bool Exists() => Ask("SELECT to_regclass($1) IS NOT NULL", table.Quoted) is true;

    protected override void Create()
    {
        var columns = string.Join(", ", Schema.Columns.Select(column => $"{PostgresName.Quote(column.Name)} text"));
        using var transaction = Connection.BeginTransaction();
        Run($"DROP TABLE IF EXISTS {_aside.Quoted}");
        Run($"CREATE TABLE {_aside.Quoted} ({columns})");
        SetMark(0);
        transaction.Commit();
    }

    protected override long? CommittedRecords() =>
        Ask("SELECT obj_description(to_regclass($1), 'pg_class')", _aside.Quoted) is string comment
        && comment.StartsWith(CommentStart, StringComparison.Ordinal)
        && long.TryParse(comment.AsSpan(CommentStart.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var records)
            ? records
            : null;

    protected override void Insert(ReadOnlySpan<byte> tuples)
    {
        if (_copy is null)
        {
            _transaction ??= Connection.BeginTransaction();
            _copy = Connection.BeginRawBinaryCopy($"COPY {_aside.Quoted} FROM STDIN (FORMAT BINARY)");
            _copy.Write(Header);
        }

        _copy.Write(tuples);
    }

    protected override void Commit(long records)
    {
        EndCopy();
        _transaction ??= Connection.BeginTransaction();
        SetMark(records);
        _transaction.Commit();
        _transaction.Dispose();
        _transaction = null;
    }

    protected override void Finish(long records)
    {
        EndCopy();
        _transaction ??= Connection.BeginTransaction();
        Run($"COMMENT ON TABLE {_aside.Quoted} IS NULL");
        if (Replaces)
        {
            Run($"DROP TABLE IF EXISTS {table.Quoted}");
        }

        Run($"ALTER TABLE {_aside.Quoted} RENAME TO {PostgresName.Quote(table.Name)}");
        _transaction.Commit();
        _transaction.Dispose();
        _transaction = null;
    }

    protected override void Close(bool drop)
    {
        if (_connection is null)
        {
            return;
        }

        using (_connection)
        {
            if (_copy is not null)
            {
                CancelCopy();
            }

            _transaction?.Dispose();
            if (drop)
            {
                Run($"DROP TABLE IF EXISTS {_aside.Quoted}");
            }
        }

        _connection = null;
    }

    private void EndCopy()
    {
        if (_copy is not null)
        {
            _copy.Write(Trailer);
            _copy.Dispose();
            _copy = null;
        }
    }

    private void CancelCopy()
    {
        try
        {
            _copy?.Cancel();
        }
        catch (Exception fault) when (fault is OperationCanceledException or PostgresException)
        {
            // That is what was asked for.
        }

        _copy = null;
    }

    private void SetMark(long records) => Run(string.Create(CultureInfo.InvariantCulture, $"COMMENT ON TABLE {_aside.Quoted} IS '{CommentStart}{records}'"));

    private object? Ask(string sql, string name)
    {
        using var command = Connection.CreateCommand();
#pragma warning disable CA2100 // The words are constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        return command.ExecuteScalar();
    }

    private void Run(string sql)
    {
        using var command = Connection.CreateCommand();
#pragma warning disable CA2100 // Names are quoted, everything else stands in this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
