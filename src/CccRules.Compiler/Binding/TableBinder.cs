using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Files;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Binding;

/// <summary>Decision tables: columns to values, rows, from the rules or from a file, to tests and constants.</summary>
internal sealed class TableBinder(Scope scope, ExpressionBinder expressions, DataFiles files, DiagnosticBag bag)
{
    public const int MostColumns = 12;
    public const int MostRows = 1_000_000;

    /// <summary>Rows of a table that collects: each is a condition of its own.</summary>
    public const int MostCollected = 1_000;

    /// <summary>Messages about one table; the same mistake in a column would fill the screen.</summary>
    private const int MostMessages = 20;

    private int _messages;

    /// <summary>The table; null (and messages) where a column or a row does not bind.</summary>
    public BoundTable? Bind(TableSymbol table)
    {
        var syntax = (TableDeclarationSyntax)table.Syntax;
        var inputs = syntax.MatchColumns.Select(BindInput).ToImmutableArray();
        if (!CheckShape(table, syntax, inputs))
        {
            return null;
        }

        ImmutableArray<Column> columns =
        [
            .. syntax.MatchColumns.Select((column, index) => new Column(NameOf(column), column.Header?.Text?.StringValue(), new CellBinder(inputs[index].Type), inputs[index].Type)),
        ];
        ImmutableArray<Column> given =
        [
            .. table.Columns.Zip(syntax.GivenColumns, (column, written) => new Column(column.Name, written.Header?.Text?.StringValue(), new CellBinder(column.Type), column.Type)),
        ];
        var rows = ImmutableArray.CreateBuilder<BoundTableRow>();
        BindRows(syntax, columns, given, rows);
        foreach (var clause in syntax.Files)
        {
            BindFile(clause, columns, given, rows);
        }

        var limit = table.Policy == HitPolicy.Collect ? MostCollected : MostRows;
        if (rows.Count > limit)
        {
            Report(TableDiagnostics.TooManyRows(table.Location, "rows", limit));
        }

        return _messages == 0 ? new BoundTable(table, inputs, rows.ToImmutable()) : null;
    }

    private BoundExpression BindInput(MatchColumnSyntax column) =>
        column.Value is { } value ? expressions.Bind(value) : new BoundError(column);

    private bool CheckShape(TableSymbol table, TableDeclarationSyntax syntax, ImmutableArray<BoundExpression> inputs)
    {
        if (inputs.IsEmpty)
        {
            Report(NameDiagnostics.MissingClause(table.Location, $"the table `{table.Name}`", "`match VALUE`"));
        }
        else if (inputs.Length > MostColumns)
        {
            Report(TableDiagnostics.TooManyRows(table.Location, "columns to match", MostColumns));
        }

        if (table.Columns.IsEmpty)
        {
            Report(NameDiagnostics.MissingClause(table.Location, $"the table `{table.Name}`", "`gives NAME : TYPE`"));
        }

        foreach (var column in table.Columns)
        {
            if (table.Policy == HitPolicy.Collect && column.Type is { Kind: not TypeKind.MemberSet, IsError: false })
            {
                Report(TableDiagnostics.ColumnType(column.Location, $"a table that collects gives a set, found `{column.Type}`", "give the column the type `set of (…)`"));
            }
            else if (column.Type.Kind is TypeKind.List or TypeKind.Hs)
            {
                Report(TableDiagnostics.ColumnType(column.Location, $"a table cannot give `{column.Type}`", "give one value to a column: a member, a number, a date, a text, or yes and no"));
            }
        }

        foreach (var input in inputs.Where(input => input.Type.Kind is TypeKind.None or TypeKind.List || ExpressionBinder.IsMixed(input)))
        {
            Report(TableDiagnostics.ColumnType(At(input.Syntax), $"a value of type `{input.Type}` cannot be matched", "match a field or a definition"));
        }

        return _messages == 0 && !inputs.Any(input => input.Type.IsError) && !table.Columns.Any(column => column.Type.IsError) && !syntax.Files.Any(clause => clause.HasMissing);
    }

    private void BindRows(TableDeclarationSyntax syntax, ImmutableArray<Column> columns, ImmutableArray<Column> given, ImmutableArray<BoundTableRow>.Builder rows)
    {
        var number = 0;
        foreach (var row in syntax.Rows)
        {
            number++;
            var (conditions, results) = (row.Conditions.ToList(), row.Given.ToList());
            if (conditions.Count != columns.Length || results.Count != given.Length)
            {
                Report(conditions.Count != columns.Length
                    ? TableDiagnostics.RowLength(At(row), "cells to match", conditions.Count, columns.Length)
                    : TableDiagnostics.RowLength(At(row), "cells after `||`", results.Count, given.Length));
                continue;
            }

            Add(At(row), number, columns, given, conditions.ConvertAll(CellOf), results.ConvertAll(CellOf), isFile: false, rows);
        }
    }

    private SourceCell CellOf(TableCellSyntax cell) => cell.Cell is { } token
        ? new SourceCell(token.Text, At(token), IsExact: true)
        : new SourceCell("", scope.Text.GetLocation(new TextSpan(cell.Span.Start, 0)), IsExact: true);

    private void BindFile(FileClauseSyntax clause, ImmutableArray<Column> columns, ImmutableArray<Column> given, ImmutableArray<BoundTableRow>.Builder rows)
    {
        foreach (var name in clause.Paths)
        {
            if (files.ReadTable(scope.Text, name, clause.Sheet?.Name, bag) is not { } table)
            {
                _messages++;
                continue;
            }

            if (Positions(columns, table, At(name)) is not { } conditionAt || Positions(given, table, At(name)) is not { } givenAt)
            {
                continue;
            }

            foreach (var row in table.Rows)
            {
                SourceCell Cell(int position) => position < row.Cells.Length
                    ? new SourceCell(row.Cells[position].Content, table.Text.GetLocation(row.Cells[position].Span), row.Cells[position].Content.Length == row.Cells[position].Span.Length)
                    : new SourceCell("", table.Text.GetLocation(new TextSpan(row.Cells[^1].Span.End, 0)), IsExact: true);

                var at = table.Text.GetLocation(TextSpan.FromBounds(row.Cells[0].Span.Start, row.Cells[^1].Span.End));
                Add(at, row.Number, columns, given, [.. conditionAt.Select(Cell)], [.. givenAt.Select(Cell)], isFile: true, rows);
            }
        }
    }

    /// <summary>Where the file has the columns; null (and a message) where it lacks one.</summary>
    private ImmutableArray<int>? Positions(ImmutableArray<Column> columns, TableText table, TextLocation at)
    {
        var headers = table.Header.Select(cell => cell.Content).ToList();
        var positions = ImmutableArray.CreateBuilder<int>();
        foreach (var column in columns)
        {
            var header = column.Header ?? column.Name;
            var position = headers.IndexOf(header);
            if (position < 0)
            {
                Report(TableDiagnostics.HeaderMissing(at, header, table.Text.Path, headers));
                return null;
            }

            positions.Add(position);
        }

        return positions.ToImmutable();
    }

    private void Add(
        TextLocation at, int number, ImmutableArray<Column> columns, ImmutableArray<Column> given,
        List<SourceCell> conditions, List<SourceCell> results, bool isFile, ImmutableArray<BoundTableRow>.Builder rows)
    {
        var before = _messages;
        var cells = columns.Select((column, index) => BindCell(column, conditions[index], number, isFile)).ToImmutableArray();
        var values = given.Select((column, index) => BindGiven(column, results[index], number, isFile)).ToImmutableArray();
        if (before == _messages)
        {
            rows.Add(new BoundTableRow(at, number, cells, [.. values.OfType<ConstantValue>()]));
        }
    }

    private BoundCell? BindCell(Column column, SourceCell cell, int number, bool isFile)
    {
        if (isFile && column.Type.Kind == TypeKind.Text && IsPlainText(cell.Text))
        {
            return new BoundValueCell(false, false, [new TextConstant(cell.Text)]);
        }

        var bound = column.Cells.Bind(cell.Text, out var problem);
        ReportProblem(problem, column, cell, number);
        return bound;
    }

    private ConstantValue? BindGiven(Column column, SourceCell cell, int number, bool isFile)
    {
        if (isFile && column.Type.Kind == TypeKind.Text && IsPlainText(cell.Text))
        {
            return new TextConstant(cell.Text);
        }

        if (isFile && cell.Text.Length == 0 && column.Type.AllowsNone)
        {
            return NoneConstant.Instance;
        }

        var value = column.Cells.BindGiven(cell.Text, out var problem);
        ReportProblem(problem, column, cell, number);
        return value is null || ExpressionBinder.Fits(value, column.Type)
            ? value
            : Fail(TableDiagnostics.CellValue(cell.At, Where(number, column), "the number does not fit a fact of a record"));
    }

    /// <summary>In a file a text is the whole cell, as the people who keep the file write it.</summary>
    private static bool IsPlainText(string text) => text.Length > 0 && text != "-" && text[0] != '"' && !text.StartsWith("not(", StringComparison.Ordinal);

    private void ReportProblem(CellProblem? problem, Column column, SourceCell cell, int number)
    {
        if (problem is null)
        {
            return;
        }

        var at = cell.IsExact && problem.Span.End <= cell.At.Span.Length
            ? cell.At.Text.GetLocation(new TextSpan(cell.At.Span.Start + problem.Span.Start, problem.Span.Length))
            : cell.At;
        Report(problem.IsSyntax
            ? TableDiagnostics.CellSyntax(at, Where(number, column), problem.Message)
            : TableDiagnostics.CellValue(at, Where(number, column), problem.Message, [.. problem.Near.Select(near => Fixes.Replace(at, near, $"a member with a similar name exists: `{near}`"))]));
    }

    private static string Where(int number, Column column) => $"row {number}, column `{column.Name}`";

    private string NameOf(MatchColumnSyntax column) => column.Value is { } value ? At(value).SpanText : "";

    private TextLocation At(SyntaxElement syntax) => scope.Text.GetLocation(syntax.Span);

    private ConstantValue? Fail(Diagnostic diagnostic)
    {
        Report(diagnostic);
        return null;
    }

    private void Report(Diagnostic diagnostic)
    {
        if (_messages++ < MostMessages)
        {
            bag.Add(diagnostic);
        }
    }

    /// <param name="Header">How a file calls it; null: by its name.</param>
    private sealed record Column(string Name, string? Header, CellBinder Cells, TypeSymbol Type);

    /// <summary>A cell and its place. The text stands there as it is, unless quotes were undone in it.</summary>
    private readonly record struct SourceCell(string Text, TextLocation At, bool IsExact);
}
