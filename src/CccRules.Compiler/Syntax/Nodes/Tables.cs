using System.Collections.Immutable;

namespace CccRules.Compiler.Syntax.Nodes;

/// <summary>A decision table: what it looks at, what it gives, and its rows, here or in a file.</summary>
public sealed class TableDeclarationSyntax : DeclarationSyntax
{
    internal TableDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.TableDeclaration, children)
    {
    }

    public HitPolicySyntax? HitPolicy => Node<HitPolicySyntax>();

    public IEnumerable<MatchColumnSyntax> MatchColumns => Nodes<MatchClauseSyntax>().SelectMany(clause => clause.Columns);

    public IEnumerable<GivenColumnSyntax> GivenColumns => Nodes<GivesClauseSyntax>().SelectMany(clause => clause.Columns);

    public IEnumerable<FileClauseSyntax> Files => Nodes<FileClauseSyntax>();

    public IEnumerable<TableRowSyntax> Rows => Nodes<TableRowSyntax>();
}

/// <summary>How many rows may hold: <c>unique</c>, <c>first</c>, or <c>collect</c>.</summary>
public sealed class HitPolicySyntax : SyntaxNode
{
    internal HitPolicySyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.HitPolicy, children)
    {
    }

    public SyntaxToken Word => (SyntaxToken)Children[0];
}

/// <summary><c>match VALUE, …</c></summary>
public sealed class MatchClauseSyntax : SyntaxNode
{
    internal MatchClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.MatchClause, children)
    {
    }

    public IEnumerable<MatchColumnSyntax> Columns => Nodes<MatchColumnSyntax>();
}

/// <summary>A value that the rows test, and the header of its column in a file.</summary>
public sealed class MatchColumnSyntax : SyntaxNode
{
    internal MatchColumnSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.MatchColumn, children)
    {
    }

    public ExpressionSyntax? Value => Node<ExpressionSyntax>();

    public ColumnHeaderSyntax? Header => Node<ColumnHeaderSyntax>();
}

/// <summary><c>as "Header"</c>: how a file calls the column.</summary>
public sealed class ColumnHeaderSyntax : SyntaxNode
{
    internal ColumnHeaderSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ColumnHeader, children)
    {
    }

    public SyntaxToken? Text => Token(SyntaxKind.StringToken);
}

/// <summary><c>gives NAME : TYPE, …</c></summary>
public sealed class GivesClauseSyntax : SyntaxNode
{
    internal GivesClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.GivesClause, children)
    {
    }

    public IEnumerable<GivenColumnSyntax> Columns => Nodes<GivenColumnSyntax>();
}

/// <summary>A value that the rows give; its name can be used like that of a definition.</summary>
public sealed class GivenColumnSyntax : SyntaxNode
{
    internal GivenColumnSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.GivenColumn, children)
    {
    }

    public NameSyntax? Name => Node<NameSyntax>();

    public TitleSyntax? Title => Node<TitleSyntax>();

    public TypeSyntax? Type => Node<TypeSyntax>();

    public ColumnHeaderSyntax? Header => Node<ColumnHeaderSyntax>();
}

/// <summary><c>from "FILE", …</c>: data that lies beside the rules.</summary>
public sealed class FileClauseSyntax : SyntaxNode
{
    internal FileClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.FileClause, children)
    {
    }

    public IEnumerable<SyntaxToken> Paths => Nodes<SyntaxToken>().Where(token => token is { Kind: SyntaxKind.StringToken, IsMissing: false });

    public SheetPartSyntax? Sheet => Node<SheetPartSyntax>();
}

/// <summary><c>sheet "NAME"</c> of a workbook.</summary>
public sealed class SheetPartSyntax : SyntaxNode
{
    internal SheetPartSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.SheetPart, children)
    {
    }

    public SyntaxToken? Name => Token(SyntaxKind.StringToken);
}

/// <summary>One row: cells to match, then after <c>||</c> cells that are given.</summary>
public sealed class TableRowSyntax : SyntaxNode
{
    internal TableRowSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.TableRow, children)
    {
    }

    /// <summary>Every cell, as it is written.</summary>
    public IEnumerable<TableCellSyntax> Cells => Nodes<TableCellSyntax>();

    /// <summary>Cells before the double bar.</summary>
    public IEnumerable<TableCellSyntax> Conditions => Children.TakeWhile(child => child.Kind != SyntaxKind.DoubleBarToken).OfType<TableCellSyntax>();

    /// <summary>Cells after the double bar. A bar at the end of the row begins no cell.</summary>
    public IEnumerable<TableCellSyntax> Given
    {
        get
        {
            var cells = Children.SkipWhile(child => child.Kind != SyntaxKind.DoubleBarToken).OfType<TableCellSyntax>().ToList();
            return cells is [.., _, { Cell: null }] ? cells.SkipLast(1) : cells;
        }
    }
}

/// <summary>A cell; its text is read by the cells' own grammar.</summary>
public sealed class TableCellSyntax : SyntaxNode
{
    internal TableCellSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.TableCell, children)
    {
    }

    /// <summary>Null where the cell is empty.</summary>
    public SyntaxToken? Cell => Token(SyntaxKind.CellToken);
}
