using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Text;
using Ways = CccRules.Compiler.Diagnostics.Fixes;

namespace CccRules.Compiler.Binding;

/// <summary>What decision tables and the files beside rules can have wrong. One method a message.</summary>
internal static class TableDiagnostics
{
    private static readonly DiagnosticDescriptor CellSyntaxRule =
        new("CCC1301", "cell-syntax", DiagnosticSeverity.Error, "A cell of a table that cannot be read");

    private static readonly DiagnosticDescriptor FileMissingRule =
        new("CCC2050", "file-missing", DiagnosticSeverity.Error, "A file that the rules name is not there");

    private static readonly DiagnosticDescriptor FileUnreadableRule =
        new("CCC2051", "file-unreadable", DiagnosticSeverity.Error, "A file that the rules name cannot be read");

    private static readonly DiagnosticDescriptor HeaderMissingRule =
        new("CCC2052", "header-missing", DiagnosticSeverity.Error, "A file lacks a column that the table names");

    private static readonly DiagnosticDescriptor CellValueRule =
        new("CCC3040", "cell-value", DiagnosticSeverity.Error, "A cell's value is not one of its column");

    private static readonly DiagnosticDescriptor RowLengthRule =
        new("CCC3041", "row-length", DiagnosticSeverity.Error, "A row has more or fewer cells than the table has columns");

    private static readonly DiagnosticDescriptor ColumnTypeRule =
        new("CCC3042", "column-type", DiagnosticSeverity.Error, "A column of a type that tables cannot have");

    private static readonly DiagnosticDescriptor CollectedRule =
        new("CCC3043", "collected-members", DiagnosticSeverity.Error, "Members that a table collects can only be asked for with `has`");

    private static readonly DiagnosticDescriptor TooManyRowsRule =
        new("CCC3044", "too-many-rows", DiagnosticSeverity.Error, "A table with more rows or columns than can be looked up");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        CellSyntaxRule,
        FileMissingRule,
        FileUnreadableRule,
        HeaderMissingRule,
        CellValueRule,
        RowLengthRule,
        ColumnTypeRule,
        CollectedRule,
        TooManyRowsRule,
    ];

    /// <param name="where">Row and column, such as <c>row 7, column `product`</c>.</param>
    public static Diagnostic CellSyntax(TextLocation at, string where, string expected) =>
        new(CellSyntaxRule, at, $"the cell cannot be read here ({where}): expected {expected}")
        {
            Fixes = [Ways.Advice("a cell is `-` for any value, or values separated by `;`, ranges `1..5` and `[1..5)`, `< 5`, or `not(…)` around them; a text stands in quotes")],
        };

    public static Diagnostic FileMissing(TextLocation at, string name, string path) =>
        new(FileMissingRule, at, $"the file `{name}` is not there")
        {
            Notes = [$"looked for at `{path}`"],
            Fixes = [Ways.Advice("a file lies beside the rules that name it, or below the folder named on the command line")],
        };

    public static Diagnostic FileUnreadable(TextLocation at, string what, string wayOut, TextLocation named) =>
        new(FileUnreadableRule, at, what)
        {
            Labels = at == named ? [] : [new DiagnosticLabel(named, "the file is named here")],
            Fixes = [Ways.Advice(wayOut)],
        };

    public static Diagnostic HeaderMissing(TextLocation at, string header, string file, IEnumerable<string> headers) =>
        new(HeaderMissingRule, at, $"`{file}` has no column `{header}`")
        {
            Fixes =
            [
                .. Suggestions.Nearest(header, headers).Select(near => Ways.Advice($"a column with a similar name exists: add `as \"{near}\"`")),
                Ways.Advice($"its columns are {string.Join(", ", headers.Take(12).Select(name => $"`{name}`"))}"),
            ],
        };

    public static Diagnostic CellValue(TextLocation at, string where, string problem, params ImmutableArray<Fix> fixes) =>
        new(CellValueRule, at, $"{problem} ({where})")
        {
            Fixes = fixes,
        };

    public static Diagnostic RowLength(TextLocation at, string what, int found, int expected) =>
        new(RowLengthRule, at, $"the row has {found} {what}, the table has {expected}")
        {
            Fixes = [Ways.Advice("write `-` where any value will do; `||` stands before what the row gives")],
        };

    public static Diagnostic ColumnType(TextLocation at, string problem, string wayOut) =>
        new(ColumnTypeRule, at, problem)
        {
            Fixes = [Ways.Advice(wayOut)],
        };

    public static Diagnostic Collected(TextLocation at, ColumnSymbol column) =>
        new(CollectedRule, at, $"`{column.Name}` holds the members of every row that fits, and can only be asked for one")
        {
            Fixes = [Ways.Advice($"write `{column.Name} has MEMBER`")],
        };

    public static Diagnostic TooManyRows(TextLocation at, string what, int limit) =>
        new(TooManyRowsRule, at, $"the table has more than {limit} {what}");
}
