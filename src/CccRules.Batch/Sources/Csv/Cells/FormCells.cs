using CccRules.Batch.Mapping;
using CccRules.Runtime.Columns;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>Values that a mapping file says are written otherwise than in rules: each is rewritten, then read.</summary>
internal sealed class FormCells(FieldBinding field) : CellReader(field)
{
    public override void Read(in CsvRows rows, ColumnBatch to, int at, Span<ulong> bad)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            ReadExactly(rows, row, to, at, bad);
        }
    }
}
