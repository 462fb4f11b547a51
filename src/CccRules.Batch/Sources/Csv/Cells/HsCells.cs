using System.Runtime.CompilerServices;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Trade;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>HS codes as digits without dots, and empty cells.</summary>
internal sealed class HsCells : CellReader
{
    /// <summary>Bit n: codes may have n digits.</summary>
    private const int AllowedLengths = 0b11_1111_1101_0100;

    /// <summary>By number of digits: what moves the code to the top of thirteen digits, and the sixteen that it is encoded with.</summary>
    private static readonly long[] Scales =
        [.. Enumerable.Range(0, 16).Select(digits => digits > HsCode.MostDigits ? 0 : 16 * Enumerable.Repeat(10L, HsCode.MostDigits - digits).Aggregate(1L, (a, b) => a * b))];

    private readonly long _empty;
    private readonly int _emptyIsWrong;

    public HsCells(FieldBinding field)
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
                var before = length > 8 ? EightDigits.First(EightDigits.Load(ref cell), length - 8) : EightDigits.Zeros;
                var last = length > 8
                    ? EightDigits.Load(ref Unsafe.Add(ref cell, length - 8))
                    : EightDigits.First(EightDigits.Load(ref cell), length);
                var code = (EightDigits.Value(before) * 100_000_000L) + EightDigits.Value(last);
                var wrong = (EightDigits.Wrong(before) | EightDigits.Wrong(last)) != 0 || length > HsCode.MostDigits ? 1 : 0;
                wrong |= AllowedLengths >> (length & 15) & 1 ^ 1;
                var isEmpty = length == 0 ? 1 : 0;
                column[first + i] = isEmpty != 0 ? _empty : (code * Scales[length & 15]) + length;
                care |= (ulong)(uint)((wrong & (isEmpty ^ 1)) | (isEmpty & _emptyIsWrong)) << i;
            }

            ReadExactly(rows, first, care, to, at, bad);
        }
    }
}
