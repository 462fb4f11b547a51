using CccRules.Batch.Mapping;
using CccRules.Runtime.Columns;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>A text key that no rule reads: it is checked where it must be there, and not kept.</summary>
internal sealed class CheckedCells(FieldBinding field) : CellReader(field)
{
    public override void Read(in CsvRows rows, ColumnBatch to, int at, Span<ulong> bad)
    {
        if (!Field.Reader.Schema.IsRequired)
        {
            return;
        }

        for (var row = 0; row < rows.Count; row++)
        {
            var start = rows.Start(row, Field.Column);
            if (rows.End(row, Field.Column) == start || rows.Chunk.Bytes[start] is (byte)' ' or (byte)'"')
            {
                ReadExactly(rows, row, to, at, bad);
            }
        }
    }
}
