using System.Numerics;
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
    private readonly FewWords<T> _few = new();

    protected abstract Span<T> Column(ColumnBatch batch);

    public override void ForgetTexts()
    {
        Array.Fill(_known, new Entry(Free, Free, default));
        _few.Clear();
    }

    public override void Read(in CsvRows rows, ColumnBatch to, int at, Span<ulong> bad)
    {
        var column = Column(to).Slice(at, rows.Count);
        var cursor = new CellCursor(rows, Field.Column);
        var row = 0;
        while (_few.IsOfUse && column.Length - row >= EightCells.Count)
        {
            var part = column.Slice(row, Math.Min(CellBlock.Size, (column.Length - row) & -EightCells.Count));
            for (var unknown = _few.Read(ref cursor, part); unknown != 0; unknown &= unknown - 1)
            {
                var cell = row + BitOperations.TrailingZeroCount(unknown);
                var alone = new CellCursor(rows, Field.Column, cell);
                ReadWord(rows, cell, ref alone.Next(out var length), length, to, at, bad);
            }

            row += part.Length;
        }

        var walk = cursor;
        for (; row < column.Length; row++)
        {
            ReadWord(rows, row, ref walk.Next(out var length), length, to, at, bad);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadWord(in CsvRows rows, int row, ref byte cell, int length, ColumnBatch to, int at, Span<ulong> bad)
    {
        var column = Column(to);
        var low = First(EightDigits.Load(ref cell), length);
        var high = Second(ref cell, length);
        var place = (int)(((low ^ (high * 0xC2B2AE3D27D4EB4F)) * 0x9E3779B97F4A7C15) >> (64 - Bits));
        ref var entry = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_known), place);
        if (entry.Low == low && entry.High == high && length <= LongestWord)
        {
            column[at + row] = entry.Value;
            return;
        }

        // Words that share a place have a second one, or they would drive each other out row after row.
        ref var second = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_known), place ^ 1);
        if (second.Low == low && second.High == high && length <= LongestWord)
        {
            column[at + row] = second.Value;
        }
        else if (ReadExactly(rows, row, to, at, bad) && length <= LongestWord)
        {
            second = entry;
            entry = new Entry(low, high, column[at + row]);
            _few.Add(low, high, column[at + row]);
        }
    }

    /// <summary>The first bytes of a word, zeros after them. Of a cell that is longer than any word the result means nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong First(ulong word, int bytes) => Bmi2.X64.IsSupported
        ? Bmi2.X64.ZeroHighBits(word, (ulong)(uint)(bytes * 8))
        : bytes >= 8 ? word : word & ((1UL << (8 * bytes)) - 1);

    /// <summary>The bytes of a cell behind its first eight, zeros after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Second(ref byte cell, int length)
    {
        var rest = length - 8;
        return First(EightDigits.Load(ref Unsafe.Add(ref cell, 8)), rest & 31) & ~(ulong)((long)(rest - 1) >> 63);
    }

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
