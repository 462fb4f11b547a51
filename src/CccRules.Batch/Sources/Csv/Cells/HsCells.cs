using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Trade;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>HS codes as digits without dots, and empty cells.</summary>
internal sealed class HsCells(FieldBinding field) : UsualCells<long>(field)
{
    /// <summary>Bit n: codes may have n digits.</summary>
    private const int AllowedLengths = 0b11_1111_1101_0100;

    /// <summary>By number of digits: what moves the code to the top of thirteen digits, and the sixteen that it is encoded with.</summary>
    private static readonly long[] Scales =
        [.. Enumerable.Range(0, 16).Select(digits => digits > HsCode.MostDigits ? 0 : 16 * Enumerable.Repeat(10L, HsCode.MostDigits - digits).Aggregate(1L, (a, b) => a * b))];

    protected override Span<long> Column(ColumnBatch batch) => batch.Longs(Field.Fact);

    protected override ulong ReadBlock(scoped ref CellCursor cells, Span<long> column)
    {
        var empty = Empty;
        var emptyWrong = IsEmptyWrong ? 1 : 0;
        ref var scales = ref MemoryMarshal.GetArrayDataReference(Scales);
        var care = 0UL;
        for (var i = 0; i < column.Length; i++)
        {
            ref var cell = ref cells.Next(out var length);
            var before = EightDigits.Zeros;
            var last = EightDigits.First(EightDigits.Load(ref cell), length);
            if (length > 8)
            {
                before = EightDigits.First(last, length - 8);
                last = EightDigits.Load(ref Unsafe.Add(ref cell, length - 8));
            }

            var code = (EightDigits.Value(before) * 100_000_000L) + EightDigits.Value(last);
            var wrong = ((EightDigits.Wrong(before) | EightDigits.Wrong(last)) != 0 ? 1 : 0) | (length >> 4 != 0 ? 1 : 0) | (AllowedLengths >> (length & 15) & 1 ^ 1);
            var isEmpty = length == 0;
            column[i] = isEmpty ? empty : (code * Unsafe.Add(ref scales, length & 15)) + length;
            care |= (ulong)(uint)(isEmpty ? emptyWrong : wrong) << i;
        }

        return care;
    }
}
