using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Lowering;

/// <summary>
/// Tables. A small one becomes conditions like any others, so that they are tested and proved like any others; a large one is data
/// that is looked up:
/// <code>
/// | 8507.60 | &lt; 2027-01-01 || declaration        →    if hs under 8507.60 and day &lt; 2027-01-01 then declaration
/// | 8507.60 | -            || certificate             else if hs under 8507.60 then certificate else none
/// a thousand rows                                →    table 0 output 0 of (hs, day)
/// </code>
/// A table that collects gives conditions only: <c>certificates has srrc</c> is any row that names it.
/// </summary>
internal sealed class TableLowerer(IrBuilder builder, ValueLowerer values, int mostRowsAsConditions)
{
    /// <summary>Rows up to which a table usually becomes conditions.</summary>
    public const int MostRowsAsConditions = 32;

    private readonly Dictionary<TableSymbol, ImmutableArray<int>> _columns = [];
    private readonly Dictionary<TableSymbol, (BoundTable Table, ImmutableArray<int> Rows)> _collected = [];

    public void Define(BoundTable table)
    {
        var inputs = table.Inputs.Select(values.Lower).ToImmutableArray();
        if (table.Table.Policy == HitPolicy.Collect)
        {
            _collected[table.Table] = (table, [.. table.Rows.Select(row => Row(row, inputs))]);
            return;
        }

        // Sums of facts are wide and a look-up takes narrow numbers, so such a table stays conditions whatever its size.
        var isSmall = table.Rows.Length <= mostRowsAsConditions || inputs.Any(input => builder.ValueAt(input).Type.IsWide);
        _columns[table.Table] = isSmall ? AsConditions(table, inputs) : AsData(table, inputs);
    }

    /// <summary>What a column gives.</summary>
    public int this[ColumnSymbol column] => _columns[column.Table][column.Index];

    /// <summary>Whether a row that holds gives one of some members, or rows that hold give all of them.</summary>
    public int Has(ColumnSymbol column, long mask, bool isAll)
    {
        var (table, rows) = _collected[column.Table];
        int Any(long wanted) => builder.Or(table.Rows.Select((row, index) => (Given: ((MembersConstant)row.Given[column.Index]).Mask, Node: rows[index]))
            .Where(row => (row.Given & wanted) != 0)
            .Select(row => row.Node));

        return isAll ? builder.And(Enumerable.Range(0, 62).Where(bit => (mask >> bit & 1) != 0).Select(bit => Any(1L << bit))) : Any(mask);
    }

    private ImmutableArray<int> AsConditions(BoundTable table, ImmutableArray<int> inputs)
    {
        var rows = table.Rows.Select(row => Row(row, inputs)).ToImmutableArray();
        return
        [
            .. table.Table.Columns.Select(column =>
            {
                var type = ValueLowerer.FactType(column.Type);
                var result = builder.Add(new IrConstant(type, BigInteger.Zero, IsNone: true));
                for (var i = rows.Length - 1; i >= 0; i--)
                {
                    var given = Constant(table.Rows[i].Given[column.Index], column.Type, type);
                    result = builder.Select(type, rows[i], given, result);
                }

                return result;
            }),
        ];
    }

    private ImmutableArray<int> AsData(BoundTable table, ImmutableArray<int> inputs)
    {
        var types = inputs.Select(input => builder.ValueAt(input).Type).ToImmutableArray();
        var rows = table.Rows.Select(row => new IrTableRow(
            [.. row.Cells.Select((cell, index) => CellLowerer.Lower(cell, types[index]))],
            [.. row.Given.Select((value, index) => Given(value, table.Table.Columns[index].Type))]));
        var outputs = table.Table.Columns.Select(column => ValueLowerer.FactType(column.Type)).ToImmutableArray();
        var id = builder.Add(new IrTable([.. rows], outputs));
        return [.. outputs.Select((type, index) => builder.Add(new IrLookup(type, id, index, new IrList<int>(inputs))))];
    }

    private int Constant(ConstantValue value, TypeSymbol declared, IrType type) => value switch
    {
        NoneConstant => builder.Add(new IrConstant(type, BigInteger.Zero, IsNone: true)),
        TextConstant text => builder.Add(new IrTextConstant(text.Value)),
        _ => builder.Add(new IrConstant(type, FactEncoding.Encode(value, declared))),
    };

    private static IrGiven Given(ConstantValue value, TypeSymbol type) => value switch
    {
        NoneConstant => new IrGiven(null, null),
        TextConstant text => new IrGiven(null, text.Value),
        _ => new IrGiven((long)FactEncoding.Encode(value, type), null),
    };

    private int Row(BoundTableRow row, ImmutableArray<int> inputs) =>
        builder.And(row.Cells.Select((cell, index) => cell is null ? builder.True : Test(cell, inputs[index])));

    /// <summary>A cell as an atom, or the negation of one.</summary>
    private int Test(BoundCell cell, int input)
    {
        var type = builder.ValueAt(input).Type;
        switch (cell)
        {
            case BoundMembersCell members:
                return Negated(cell, builder.Add(new IrHasAny(input, members.Mask, members.HasNone)));
            case BoundCodeCell codes:
                return Negated(cell, builder.Add(new IrHsInSet(input, new IrList<long>(HsBounds.Of(codes.Codes, [])), codes.HasNone)));
            case BoundValueCell texts when type.Kind == IrKind.Text:
                var ordered = texts.Values.Select(value => ((TextConstant)value).Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
                return Negated(cell, builder.Add(new IrTextInSet(input, new IrList<string>([.. ordered]), texts.HasNone)));
            case BoundRangeCell or BoundValueCell:
                return builder.InSet(input, CellLowerer.Bounds(cell, type), includesNone: cell.HasNone != cell.IsNegated);
            default:
                throw new UnreachableException(cell.GetType().Name);
        }
    }

    private int Negated(BoundCell cell, int node) => cell.IsNegated ? builder.Not(node) : node;
}
