using CccRules.Batch.Mapping;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>Whole numbers of one to eight digits with or without a minus sign, and empty cells.</summary>
internal sealed class IntegerCells : CellReader
{
    private readonly long _empty;
    private readonly int _emptyIsWrong;

    public IntegerCells(FieldBinding field)
        : base(field) => _emptyIsWrong = field.Read([], new TextDictionary(), out _empty) == FactFault.None ? 0 : 1;

    public override void Read(in CsvRows rows, ColumnBatch to, int at, Span<ulong> bad)
    {
        var column = to.Longs(Field.Fact)[at..];
        var cursor = new CellCursor(rows, Field.Column);
        for (var first = 0; first < rows.Count; first += 64)
        {
            var care = 0UL;
            var count = Math.Min(64, rows.Count - first);
            for (var i = 0; i < count; i++)
            {
                ref var cell = ref cursor.Cell(first + i, out var length);
                var sign = cell == '-' ? 1 : 0;
                var word = EightDigits.First(EightDigits.Load(ref System.Runtime.CompilerServices.Unsafe.Add(ref cell, sign)), length - sign);
                var value = ((long)EightDigits.Value(word) ^ -sign) + sign;
                var wrong = EightDigits.Wrong(word) != 0 || (uint)(length - sign - 1) >= 8 ? 1 : 0;
                var isEmpty = length == 0 ? 1 : 0;
                column[first + i] = isEmpty != 0 ? _empty : value;
                care |= (ulong)(uint)((wrong & (isEmpty ^ 1)) | (isEmpty & _emptyIsWrong)) << i;
            }

            ReadExactly(rows, first, care, to, at, bad);
        }
    }
}
