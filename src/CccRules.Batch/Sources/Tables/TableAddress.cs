using System.Text;
using CccRules.Batch.Output;
using CccRules.Batch.Sinks;

namespace CccRules.Batch.Sources.Tables;

/// <summary>
/// Where a table lies: <c>sqlite:FILE?table=NAME</c>, <c>postgres://USER@HOST:PORT/DATABASE?table=SCHEMA.NAME</c>, or <c>?query=SELECT …</c>
/// to read what a query gives. What stands after <c>=</c> is taken as it is; <c>%20</c> and the like are decoded in <c>postgres://</c>.
/// </summary>
public abstract class TableAddress
{
    /// <summary>The table's name, with its schema where one is given; null for a query.</summary>
    public string? Table { get; private protected init; }

    /// <summary>The query; null for a table.</summary>
    public string? Query { get; private protected init; }

    /// <summary>The address as it may be shown: no user, no password, no query.</summary>
    public abstract string Shown { get; }

    /// <summary>Where a checkpoint lies that belongs to a run into this table, unless another place is named.</summary>
    public abstract string CheckpointPath(string folder);

    /// <summary>Reads an address.</summary>
    /// <returns>Null where it is no address of a table.</returns>
    /// <exception cref="BatchSetupException">It is one, and wrong.</exception>
    public static TableAddress? Parse(string address)
    {
        if (address.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
        {
            return SqliteAddress.ParseAddress(address["sqlite:".Length..]);
        }

        return address.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
            ? PostgresAddress.ParseAddress(address)
            : null;
    }

    /// <summary>The file that holds the table; null where there is none.</summary>
    public virtual string? FilePath(string folder) => null;

    /// <exception cref="BatchSetupException">There is no such table, or a column has no name or that of another.</exception>
    public abstract IRecordSource OpenSource(string folder);

    /// <param name="folder">What relative paths start from.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="replaces">A table of that name is replaced when the run is complete; else it is refused before the run.</param>
    /// <exception cref="BatchSetupException">The address is a query, or the table is there already.</exception>
    public abstract IRecordSink OpenSink(string folder, OutputSchema schema, bool replaces);

    private protected static string FileNameOf(string table) =>
        string.Concat(table.Select(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' ? letter : '_'));

    private protected string TargetTable() => Table ?? throw Wrong("answers go into a table: write '?table=NAME'");

    private protected static (string? Table, string? Query) ParseContent(string parameters)
    {
        if (parameters.StartsWith("table=", StringComparison.Ordinal) && parameters.Length > "table=".Length)
        {
            return (parameters["table=".Length..], null);
        }

        return parameters.StartsWith("query=", StringComparison.Ordinal) && parameters.Length > "query=".Length
            ? (null, parameters["query=".Length..].TrimEnd(';', ' '))
            : throw Wrong("the address of a table ends in '?table=NAME' or '?query=SELECT …'");
    }

    private protected static BatchSetupException Wrong(string message) => new(BatchProblemKind.WrongAddress, message);

    internal static BatchSetupException Exists(string shown) => new(BatchProblemKind.OutputExists, $"'{shown}' is there already");

    internal static string Display(string text) => DisplayText.Of(Encoding.UTF8.GetBytes(text));
}
