using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Columns;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>
/// Cells that say one of few things: yes/no, members, countries, durations, short texts. What the exact reader made of a cell of
/// up to sixteen bytes is remembered by those bytes, so that each is read exactly about once.
/// </summary>
internal abstract class WordCells<T>(FieldBinding field) : CellReader(field)
    where T : unmanaged
{
    private const int Bits = 10;
    private const int LongestWord = 16;

    /// <summary>What no cell can be: it is not UTF-8. Cells hold no NUL, so that zeros after a word leave no doubt of its length.</summary>
    private const ulong Free = ulong.MaxValue;

    private readonly Entry[] _known = NewTable();

    protected abstract Span<T> Column(ColumnBatch batch);

    public override void ForgetTexts() => Array.Fill(_known, new Entry(Free, Free, default));

    public override void Read(in CsvRows rows, ColumnBatch to, int at, Span<ulong> bad)
    {
        var column = Column(to).Slice(at, rows.Count);
        var cursor = new CellCursor(rows, Field.Column);
        ref var known = ref MemoryMarshal.GetArrayDataReference(_known);
        for (var row = 0; row < column.Length; row++)
        {
            ref var cell = ref cursor.Next(out var length);
            var low = First(EightDigits.Load(ref cell), length);
            var high = 0UL;
            if (length > 8)
            {
                high = First(EightDigits.Load(ref Unsafe.Add(ref cell, 8)), length - 8);
            }

            var place = (int)(((low ^ (high * 0xC2B2AE3D27D4EB4F)) * 0x9E3779B97F4A7C15) >> (64 - Bits));
            ref var entry = ref Unsafe.Add(ref known, place);
            if (entry.Low == low && entry.High == high && length <= LongestWord)
            {
                column[row] = entry.Value;
                continue;
            }

            // Words that share a place have a second one, or they would drive each other out row after row.
            ref var second = ref Unsafe.Add(ref known, place ^ 1);
            if (second.Low == low && second.High == high && length <= LongestWord)
            {
                column[row] = second.Value;
            }
            else if (ReadExactly(rows, row, to, at, bad) && length <= LongestWord)
            {
                second = entry;
                entry = new Entry(low, high, column[row]);
            }
        }
    }

    /// <summary>The first bytes of a word, zeros after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong First(ulong word, int bytes) => Bmi2.X64.IsSupported
        ? Bmi2.X64.ZeroHighBits(word, (ulong)(Math.Min(bytes, 8) * 8))
        : bytes >= 8 ? word : word & ((1UL << (8 * bytes)) - 1);

    private static Entry[] NewTable()
    {
        var table = new Entry[1 << Bits];
        Array.Fill(table, new Entry(Free, Free, default));
        return table;
    }

    private readonly record struct Entry(ulong Low, ulong High, T Value);
}

internal sealed class ByteWordCells(FieldBinding field) : WordCells<byte>(field)
{
    protected override Span<byte> Column(ColumnBatch batch) => batch.Bytes(Field.Fact);
}

internal sealed class IntWordCells(FieldBinding field) : WordCells<int>(field)
{
    protected override Span<int> Column(ColumnBatch batch) => batch.Ints(Field.Fact);
}

internal sealed class LongWordCells(FieldBinding field) : WordCells<long>(field)
{
    protected override Span<long> Column(ColumnBatch batch) => batch.Longs(Field.Fact);
}
