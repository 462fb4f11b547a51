using CccRules.Batch.Output;
using CccRules.Batch.Sinks;
using CccRules.Batch.Sinks.Tables;

namespace CccRules.Batch.Sources.Tables;

/// <summary><c>sqlite:FILE?table=NAME</c></summary>
internal sealed class SqliteAddress : TableAddress
{
    private readonly string _file;

    private SqliteAddress(string file, string? table, string? query)
    {
        _file = file;
        Table = table;
        Query = query;
    }

    public override string Shown => Table is null ? $"sqlite:{_file}" : $"sqlite:{_file}?table={Table}";

    public static SqliteAddress ParseAddress(string text)
    {
        var question = text.IndexOf('?', StringComparison.Ordinal);
        if (question <= 0)
        {
            throw Wrong("write the address of an SQLite table as 'sqlite:FILE?table=NAME'");
        }

        var (table, query) = ParseContent(text[(question + 1)..]);
        return new SqliteAddress(text[..question], table, query);
    }

    public override string FilePath(string folder) => Path.GetFullPath(_file, folder);

    public override string CheckpointPath(string folder) => $"{FilePath(folder)}.{FileNameOf(Table ?? "")}.checkpoint";

    public override IRecordSource OpenSource(string folder) => SqliteSource.Open(FilePath(folder), Shown, Table, Query);

    public override IRecordSink OpenSink(string folder, OutputSchema schema, bool replaces) =>
        new SqliteSink(FilePath(folder), Shown, TargetTable(), schema, replaces);
}
