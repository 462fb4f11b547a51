using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>Numbers of one to eight digits and one to six decimals, with or without a minus sign, and empty cells; in millionths.</summary>
internal sealed class DecimalCells(FieldBinding field) : UsualCells<long>(field)
{
    private const int MostWhole = 8;

    /// <summary>Bit n: n - 1 decimals, where no point at all counts as -1. A point wants a decimal after it; six are the most.</summary>
    private const int AllowedDecimals = 0b1111_1101;

    protected override Span<long> Column(ColumnBatch batch) => batch.Longs(Field.Fact);

    protected override ulong ReadBlock(scoped ref CellCursor cells, Span<long> column)
    {
        var empty = Empty;
        var emptyWrong = IsEmptyWrong ? 1 : 0;
        var care = 0UL;
        for (var i = 0; i < column.Length; i++)
        {
            ref var cell = ref cells.Next(out var length);
            var value = Parse(ref cell, length, out var wrong);
            var isEmpty = length == 0;
            column[i] = isEmpty ? empty : value;
            care |= (ulong)(uint)(isEmpty ? emptyWrong : wrong) << i;
        }

        return care;
    }

    /// <summary>The number in millionths; <paramref name="wrong"/> is 1 where the exact reader must look.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Parse(ref byte cell, int length, out int wrong)
    {
        var sign = cell == '-' ? 1 : 0;
        ref var number = ref Unsafe.Add(ref cell, sign);
        length -= sign;

        // Beyond its length the cell's neighbours are in the word: their points do not count.
        var points = Vector128.Equals(Vector128.LoadUnsafe(ref number), Vector128.Create((byte)'.')).ExtractMostSignificantBits();
        var point = BitOperations.TrailingZeroCount(points | (1u << (length & 31)));
        var decimals = length - point - 1;
        var hasPoint = decimals >= 0 ? 1 : 0;
        var whole = EightDigits.First(EightDigits.Load(ref number), point);
        var fraction = EightDigits.FirstBeforeZeros(EightDigits.Load(ref Unsafe.Add(ref number, point + 1)), decimals & (7 * hasPoint));
        var value = (EightDigits.Value(whole) * Fact.DecimalScale) + (EightDigits.Value(fraction) / 100);
        var isNoNumber = (EightDigits.Wrong(whole) | EightDigits.Wrong(fraction)) != 0 ? 1 : 0;
        var isOutside = (uint)(point - 1) >= MostWhole || (uint)length > 15 ? 1 : 0;
        wrong = isNoNumber | isOutside | (AllowedDecimals >> ((decimals + 1) & 31) & 1 ^ 1);
        return (value ^ -sign) + sign;
    }
}
