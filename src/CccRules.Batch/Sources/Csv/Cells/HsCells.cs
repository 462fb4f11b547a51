using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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

    /// <summary>The same for the lengths that codes may have, 0 for others.</summary>
    private static readonly ulong[] AllowedScales = [.. Scales.Select((scale, digits) => (AllowedLengths >> digits & 1) == 0 ? 0 : (ulong)scale)];


    protected override Span<long> Column(ColumnBatch batch) => batch.Longs(Field.Fact);

    protected override ulong ReadBlock(scoped ref CellCursor cells, Span<long> column)
    {
        var empty = Empty;
        var emptyWrong = IsEmptyWrong ? 1 : 0;
        ref var scales = ref MemoryMarshal.GetArrayDataReference(Scales);
        var care = 0UL;
        var walk = cells;
        for (var i = 0; i < column.Length; i++)
        {
            ref var cell = ref walk.Next(out var length);
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

        cells = walk;
        return care;
    }

    protected override ulong ReadEights(scoped ref CellCursor cells, Span<long> column)
    {
        Cells.LayEnds(ref cells, column.Length, hasSecond: true);
        var empty = Vector512.Create(Empty);
        var (most, unusual) = (Vector512.Create(15UL), 0UL);
        for (var i = 0; i < column.Length; i += EightCells.Count)
        {
            var length = Cells.Lengths(i);
            var last = EightCells.Digits(Cells.First(i), length);
            var before = EightCells.Digits(Cells.Second(i), Vector512.Max(length, Vector512.Create(8UL)) - Vector512.Create(8UL));
            var scale = Scale(Vector512.Min(length, most));
            var isEmpty = Vector512.Equals(length, Vector512<ulong>.Zero);
            var isUsual = Vector512.Equals(EightCells.Wrong(before) | EightCells.Wrong(last), Vector512<ulong>.Zero) & ~Vector512.Equals(scale, Vector512<ulong>.Zero);
            var code = (EightCells.Value(before) * Vector512.Create(100_000_000UL)) + EightCells.Value(last);
            var fact = (code * scale) + length;
            Vector512.ConditionalSelect(isEmpty.AsInt64(), empty, fact.AsInt64()).StoreUnsafe(ref MemoryMarshal.GetReference(column), (nuint)i);
            unusual |= EightCells.Unusual(isUsual, isEmpty, EmptyUnusual) << i;
        }

        return unusual;
    }

    /// <summary>What codes of so many digits, fifteen at most, are encoded with; 0 where there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Scale(Vector512<ulong> digits)
    {
        ref var scales = ref MemoryMarshal.GetArrayDataReference(AllowedScales);
        return Avx512F.PermuteVar8x64x2(Vector512.LoadUnsafe(ref scales), digits, Vector512.LoadUnsafe(ref scales, 8));
    }
}
