using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace CccRules.Batch.Sources.Tables;

/// <summary>
/// Rows of a PostgreSQL table or query by binary COPY, all of them as they were when reading began. The server writes every value as
/// text, dates as yyyy-mm-dd; lists of texts come joined by <c>;</c>. A table is read in the order of its primary key.
/// </summary>
internal sealed class PostgresSource : TableSource
{
    private readonly NpgsqlConnection _connection;
    private readonly string _select;
    private Stream? _stream;
    private CopyReader? _rows;

    private PostgresSource(NpgsqlConnection connection, string name, ImmutableArray<string> columns, string select)
        : base(name, columns)
    {
        _connection = connection;
        _select = select;
    }

    public override string? Identity => $"{Name}, {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_select)).AsSpan(0, 16))}";

    /// <exception cref="BatchSetupException">There is no such table, or a column has no name or that of another.</exception>
    public static PostgresSource Open(NpgsqlConnection connection, string name, string? table, string? query)
    {
        try
        {
            var quoted = table is null ? null : PostgresName.Parse(table).Quoted;
            var from = $"{quoted ?? $"({query}\n)"} AS t";
            var (columns, values) = Describe(connection, from, name);
            var order = quoted is null ? "" : OrderOf(connection, quoted);
            return new PostgresSource(connection, name, columns, $"SELECT {string.Join(", ", values)} FROM {from}{order}") { ExpectedRows = quoted is null ? 0 : RowsOf(connection, quoted) };
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UndefinedTable && table is not null)
        {
            connection.Dispose();
            throw new BatchSetupException(BatchProblemKind.NoSuchTable, $"'{name}': there is no such table");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        if (_stream is NpgsqlRawCopyStream copy && _connection.State == System.Data.ConnectionState.Open)
        {
            try
            {
                copy.Cancel();
            }
            catch (Exception fault) when (fault is NpgsqlException or OperationCanceledException or InvalidOperationException or IOException)
            {
                // The server has ended it already.
            }
        }

        _connection.Dispose();
    }

    protected override bool Next()
    {
        if (_rows is null)
        {
            _stream = _connection.BeginRawBinaryCopy($"COPY ({_select}) TO STDOUT (FORMAT BINARY)");
            _rows = new CopyReader(_stream, Columns.Length);
        }

        return _rows.Next();
    }

    protected override ReadOnlySpan<byte> Cell(int column) => _rows is null ? [] : _rows.Field(column);

    /// <summary>PostgreSQL keeps no text that is not UTF-8 or has NUL in it.</summary>
    protected override RowFaultKind Judge() => RowFaultKind.None;

    /// <summary>The columns, and how their values are asked for.</summary>
    private static (ImmutableArray<string> Columns, ImmutableArray<string> Values) Describe(NpgsqlConnection connection, string from, string name)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names are quoted; a query is the user's own, run with the user's own rights.
        command.CommandText = $"SELECT * FROM {from} LIMIT 0";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var columns = ColumnNames.Check(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName), name);
        return (columns, [.. columns.Select((column, at) => Value(PostgresName.Quote(column), reader.GetDataTypeName(at)))]);
    }

    private static string Value(string column, string type) => type switch
    {
        "text[]" or "character varying[]" or "character varying(n)[]" => $"array_to_string({column}, ';')",
        _ => $"{column}::text",
    };

    // The columns of the table and not those of the result, which are texts: "10" comes before "9" there, and no index helps.
    private static string OrderOf(NpgsqlConnection connection, string quoted)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT coalesce(
              (SELECT string_agg('t.' || quote_ident(a.attname), ', ' ORDER BY k.place)
               FROM pg_index i
               CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
               WHERE i.indrelid = to_regclass($1) AND i.indisprimary),
              (SELECT 't.ctid' FROM pg_class WHERE oid = to_regclass($1) AND relkind IN ('r', 'm')))
            """;
        command.Parameters.Add(new NpgsqlParameter { Value = quoted });
        return command.ExecuteScalar() is string order ? $" ORDER BY {order}" : "";
    }

    private static long RowsOf(NpgsqlConnection connection, string quoted)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass($1)";
        command.Parameters.Add(new NpgsqlParameter { Value = quoted });
        return command.ExecuteScalar() is long rows and > 0 ? rows : 0;
    }
}
