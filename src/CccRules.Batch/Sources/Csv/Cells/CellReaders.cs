using System.Collections.Immutable;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>Which reader a fact's cells get, by its kind and the width of its column.</summary>
internal static class CellReaders
{
    public static ImmutableArray<CellReader> Create(RecordLayout layout) => [.. layout.Fields.Select(Create)];

    private static CellReader Create(FieldBinding field) => field.Reader.Schema.Kind switch
    {
        _ when field.Form is not null => new FormCells(field),
        FactKind.Text when !field.IsStored => new CheckedCells(field),
        FactKind.Date => new DateCells(field),
        FactKind.Integer => new IntegerCells(field),
        FactKind.Decimal => new DecimalCells(field),
        FactKind.HsCode => new HsCells(field),
        _ => ColumnWidths.Of(field.Reader.Schema) switch
        {
            ColumnWidth.Byte => new ByteWordCells(field),
            ColumnWidth.Int => new IntWordCells(field),
            _ => new LongWordCells(field),
        },
    };
}
