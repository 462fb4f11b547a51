using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Files;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Binding;

/// <summary>The files that came with the rules, by their paths.</summary>
internal sealed class DataFiles(IEnumerable<DataFile> files)
{
    private readonly Dictionary<string, DataFile> _files = files.GroupBy(file => file.Path.Replace('\\', '/'), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    public static DataFiles None { get; } = new([]);

    /// <summary>The file that rules name; null (and a message) where it did not come with them.</summary>
    public DataFile? Find(SourceText rules, SyntaxToken name, DiagnosticBag bag)
    {
        var written = name.StringValue();
        var path = DataFile.PathOf(rules.Path, written);
        if (_files.TryGetValue(path, out var file))
        {
            return file;
        }

        bag.Add(TableDiagnostics.FileMissing(rules.GetLocation(name.Span), written, path));
        return null;
    }

    /// <summary>Reads a table; null (and a message) where it is not there or is none.</summary>
    public TableText? ReadTable(SourceText rules, SyntaxToken name, SyntaxToken? sheet, DiagnosticBag bag)
    {
        if (Find(rules, name, bag) is not { } file)
        {
            return null;
        }

        var (table, fault) = Extension(file.Path) switch
        {
            "csv" => CsvTable.Read(file, ','),
            "tsv" or "tab" => CsvTable.Read(file, '\t'),
            "xlsx" or "xls" => WorkbookTable.Read(file, sheet?.StringValue()),
            _ => (null, new TableFault(rules.GetLocation(name.Span), "expected a file of type .csv, .tsv, or .xlsx", "save the table as one of these")),
        };
        if (fault is not null)
        {
            bag.Add(TableDiagnostics.FileUnreadable(fault.At, fault.What, fault.WayOut, rules.GetLocation(name.Span)));
        }

        return table;
    }

    public static string Extension(string path) => path[(path.LastIndexOf('.') + 1)..].ToLowerInvariant();
}
