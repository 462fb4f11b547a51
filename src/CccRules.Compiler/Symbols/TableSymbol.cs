using System.Collections.Immutable;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Symbols;

/// <summary>How many rows of a table may hold for one record.</summary>
public enum HitPolicy : byte
{
    /// <summary>At most one; rows that overlap are an error.</summary>
    Unique,

    /// <summary>The first in the order of the text.</summary>
    First,

    /// <summary>All; their members are put together.</summary>
    Collect,
}

/// <summary>A decision table.</summary>
public sealed class TableSymbol : DefinitionSymbol
{
    internal TableSymbol(ModuleSymbol module, string name, string title, TextLocation location, DeclarationSyntax syntax, HitPolicy policy)
        : base(module, name, title, location, syntax)
    {
        Policy = policy;
    }

    public HitPolicy Policy { get; }

    /// <summary>What the rows give, in order.</summary>
    public ImmutableArray<ColumnSymbol> Columns { get; internal set; } = [];

    public override string Noun => "table";
}

/// <summary>A value that a table gives; none where no row holds.</summary>
public sealed class ColumnSymbol : DefinitionSymbol
{
    internal ColumnSymbol(TableSymbol table, string name, string title, TextLocation location, TypeSymbol type, int index)
        : base(table.Module ?? throw new System.Diagnostics.UnreachableException(), name, title, location, table.Syntax)
    {
        Table = table;
        Type = type;
        Index = index;
    }

    public TableSymbol Table { get; }

    public TypeSymbol Type { get; }

    /// <summary>Position in <see cref="TableSymbol.Columns"/>.</summary>
    public int Index { get; }

    public override string Noun => "table column";
}
