using System.Collections.Immutable;

namespace CccRules.Batch.Sources;

/// <summary>How data are written that are not in a database.</summary>
public enum TextFormat
{
    /// <summary>Fields divided by a separator, with a header.</summary>
    Csv,

    /// <summary>A JSON object a line.</summary>
    JsonLines,
}

/// <summary>What cannot be seen from the address of data.</summary>
public sealed record SourceOptions
{
    /// <summary>Null: as the file's extension says, CSV where it says nothing.</summary>
    public TextFormat? Format { get; init; }

    /// <summary>What divides the fields of CSV; null: a comma, a tab in <c>.tsv</c> and <c>.tab</c>.</summary>
    public char? Separator { get; init; }

    /// <summary>How text is written; see <see cref="Text.TextEncoding"/>.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>Names of all keys of JSON records; empty: those of the first records.</summary>
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>What relative paths start from.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Opens standard input.</summary>
    public Func<Stream> OpenStandardInput { get; init; } = Console.OpenStandardInput;
}

/// <summary>
/// Opens data by their addresses: a file (CSV, TSV, JSON Lines, each also as <c>.gz</c>), a pattern such as <c>data/*.csv</c>,
/// <c>-</c> for standard input, <c>sqlite:FILE?table=NAME</c>, <c>postgres://HOST/DATABASE?table=NAME</c>, or <c>?query=SELECT …</c>.
/// </summary>
public static class RecordSources
{
    /// <summary>Several addresses are read one after the other; they must have the same columns.</summary>
    /// <exception cref="BatchSetupException">An address is none, nothing fits a pattern, or the data have no usable header.</exception>
    /// <exception cref="IOException">Something cannot be read.</exception>
    public static IRecordSource Open(IEnumerable<string> addresses, SourceOptions options)
    {
        ImmutableArray<string> all = [.. addresses.SelectMany(address => FilePattern.Expand(address, options.Folder))];
        return all is [var single] ? OpenOne(single, options) : ChainedSource.Open([.. all.Select(address => (Func<IRecordSource>)(() => OpenOne(address, options)))]);
    }

    /// <summary>The files that data are read from, as absolute paths: nothing may be written over them.</summary>
    public static IEnumerable<string> FilesOf(IEnumerable<string> addresses, string folder) => addresses
        .SelectMany(address => FilePattern.Expand(address, folder))
        .Select(address => Tables.TableAddress.Parse(address) is { } table ? table.FilePath(folder) : address == "-" ? null : Path.GetFullPath(address, folder))
        .OfType<string>();

    private static IRecordSource OpenOne(string address, SourceOptions options) =>
        Tables.TableAddress.Parse(address) is { } table ? table.OpenSource(options.Folder) : OpenText(address, options);

    private static IRecordSource OpenText(string address, SourceOptions options)
    {
        var bytes = Text.TextEncoding.Decode(OpenBytes(address, options), options.Encoding);
        var name = WithoutCompression(address);
        var format = options.Format ?? FormatOf(name);
        return format == TextFormat.JsonLines
            ? Json.JsonLinesSource.Open(bytes, new Json.JsonLinesOptions { Columns = options.Columns })
            : CsvSource.Open(bytes, new CsvOptions { Separator = options.Separator ?? SeparatorOf(name) });
    }

    private static InputBytes OpenBytes(string address, SourceOptions options)
    {
        if (address == "-")
        {
            return InputBytes.Of(options.OpenStandardInput());
        }

        var path = Path.GetFullPath(address, options.Folder);
        var file = InputFile.IsReadOnce(path) ? InputBytes.Of(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), address) : new InputFile(path, address);
        return IsCompressed(address) ? new Text.GzipBytes(file) : file;
    }

    /// <summary>The format that a name's extension says.</summary>
    public static TextFormat FormatOf(string name) =>
        HasExtension(name, ".jsonl") || HasExtension(name, ".ndjson") ? TextFormat.JsonLines : TextFormat.Csv;

    /// <summary>The separator that a name's extension says.</summary>
    public static char SeparatorOf(string name) => HasExtension(name, ".tsv") || HasExtension(name, ".tab") ? '\t' : ',';

    /// <summary>The name ends in <c>.gz</c>.</summary>
    public static bool IsCompressed(string name) => HasExtension(name, ".gz");

    /// <summary>The name of what a compressed file holds.</summary>
    public static string WithoutCompression(string name) => IsCompressed(name) ? name[..^3] : name;

    private static bool HasExtension(string name, string extension) => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
