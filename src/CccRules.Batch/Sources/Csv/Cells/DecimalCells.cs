using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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

    /// <summary>By decimals, of which there are one to six: what makes the number millionths.</summary>
    private static readonly Vector512<ulong> ScaleOfDecimals = Vector512.Create(0UL, 100_000, 10_000, 1_000, 100, 10, 1, 0);

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
            var value = Parse(ref cell, length, out var wrong);
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
            var first = Avx512F.ShiftLeftLogicalVariable(Vector512<ulong>.One, Vector512.Create(64UL) - Vector512.ShiftLeft(length, 3));
            var value = Parse(EightCells.Digits(Cells.First(i), length), first, out var isUsual);
            var isEmpty = Vector512.Equals(length, Vector512<ulong>.Zero);
            isUsual &= Vector512.LessThanOrEqual(length, Vector512.Create(8UL));
            Vector512.ConditionalSelect(isEmpty.AsInt64(), empty, value.AsInt64()).StoreUnsafe(ref MemoryMarshal.GetReference(column), (nuint)i);
            unusual |= EightCells.Unusual(isUsual, isEmpty, EmptyUnusual) << i;
        }

        return unusual;
    }

    /// <summary>Numbers of up to eight characters with one point or none, in millionths.</summary>
    /// <param name="word">Characters as <see cref="EightCells.Digits"/> has them.</param>
    /// <param name="first">The lowest bit of each number's first character.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Parse(Vector512<ulong> word, Vector512<ulong> first, out Vector512<ulong> isUsual)
    {
        // The lowest bit of the first point's byte; the digits before it take its place.
        var points = Vector512.Equals(word.AsByte(), Vector512.Create((byte)('.' ^ '0'))).AsUInt64();
        var point = points & (Vector512<ulong>.Zero - points) & Vector512.Create(0x0101010101010101UL);
        var before = point - Vector512<ulong>.One;
        var hasNone = Vector512.Equals(point, Vector512<ulong>.Zero);
        var joined = (word & ~(Vector512.ShiftLeft(before, 8) | Vector512.Create(0xFFUL))) | Vector512.ShiftLeft(word & before, 8);
        var digits = Vector512.ConditionalSelect(hasNone, word, joined);

        // The zeros above the point's lowest bit are seven and eight for each decimal.
        var decimals = Vector512.ShiftRightLogical(Avx512CD.LeadingZeroCount(point), 3);
        var scale = Vector512.ConditionalSelect(hasNone, Vector512.Create((ulong)Fact.DecimalScale), Avx512F.PermuteVar8x64(ScaleOfDecimals, decimals));

        // A point wants a digit before it and, since other places have no scale, one to six behind.
        isUsual = Vector512.Equals(EightCells.Wrong(digits), Vector512<ulong>.Zero) & ~Vector512.Equals(point, first) & ~Vector512.Equals(scale, Vector512<ulong>.Zero);
        return EightCells.Value(digits) * scale;
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
