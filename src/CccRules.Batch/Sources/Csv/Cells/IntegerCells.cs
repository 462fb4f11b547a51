using System.Runtime.CompilerServices;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Columns;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>Whole numbers of one to eight digits with or without a minus sign, and empty cells.</summary>
internal sealed class IntegerCells(FieldBinding field) : UsualCells<long>(field)
{
    protected override Span<long> Column(ColumnBatch batch) => batch.Longs(Field.Fact);

    protected override ulong ReadBlock(scoped ref CellCursor cells, Span<long> column)
    {
        var empty = Empty;
        var emptyWrong = IsEmptyWrong ? 1 : 0;
        var care = 0UL;
        for (var i = 0; i < column.Length; i++)
        {
            ref var cell = ref cells.Next(out var length);
            var sign = cell == '-' ? 1 : 0;
            var word = EightDigits.First(EightDigits.Load(ref Unsafe.Add(ref cell, sign)), length - sign);
            var value = ((long)EightDigits.Value(word) ^ -sign) + sign;
            var wrong = (EightDigits.Wrong(word) != 0 ? 1 : 0) | ((uint)(length - sign - 1) >= 8 ? 1 : 0);
            var isEmpty = length == 0;
            column[i] = isEmpty ? empty : value;
            care |= (ulong)(uint)(isEmpty ? emptyWrong : wrong) << i;
        }

        return care;
    }
}
