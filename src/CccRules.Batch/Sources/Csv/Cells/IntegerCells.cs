using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
        var walk = cells;
        for (var i = 0; i < column.Length; i++)
        {
            ref var cell = ref walk.Next(out var length);
            var sign = cell == '-' ? 1 : 0;
            var word = EightDigits.First(EightDigits.Load(ref Unsafe.Add(ref cell, sign)), length - sign);
            var value = ((long)EightDigits.Value(word) ^ -sign) + sign;
            var wrong = (EightDigits.Wrong(word) != 0 ? 1 : 0) | ((uint)(length - sign - 1) >= 8 ? 1 : 0);
            var isEmpty = length == 0;
            column[i] = isEmpty ? empty : value;
            care |= (ulong)(uint)(isEmpty ? emptyWrong : wrong) << i;
        }

        cells = walk;
        return care;
    }

    protected override ulong ReadEights(scoped ref CellCursor cells, Span<long> column)
    {
        Cells.LayEnds(ref cells, column.Length, hasSecond: false);
        var empty = Vector512.Create(Empty);
        var unusual = 0UL;
        for (var i = 0; i < column.Length; i += EightCells.Count)
        {
            var length = Cells.Lengths(i);
            var word = EightCells.Digits(Cells.First(i), length);
            var isEmpty = Vector512.Equals(length, Vector512<ulong>.Zero);
            var isUsual = Vector512.Equals(EightCells.Wrong(word), Vector512<ulong>.Zero) & Vector512.LessThanOrEqual(length, Vector512.Create(8UL));
            Vector512.ConditionalSelect(isEmpty.AsInt64(), empty, EightCells.Value(word).AsInt64()).StoreUnsafe(ref MemoryMarshal.GetReference(column), (nuint)i);
            unusual |= EightCells.Unusual(isUsual, isEmpty, EmptyUnusual) << i;
        }

        return unusual;
    }
}
