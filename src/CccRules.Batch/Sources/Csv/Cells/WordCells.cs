using System.Runtime.CompilerServices;
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
    private const int Size = 1024;
    private const int LongestWord = 16;

    /// <summary>What no cell can be: it is not UTF-8. Cells hold no NUL, so that zeros after a word leave no doubt of its length.</summary>
    private const ulong Free = ulong.MaxValue;

    private readonly Entry[] _known = NewTable();

    protected abstract Span<T> Column(ColumnBatch batch);

    public override void ForgetTexts() => Array.Fill(_known, new Entry(Free, Free, default));

    public override void Read(in CsvRows rows, ColumnBatch to, int at, Span<ulong> bad)
    {
        var column = Column(to)[at..];
        var cursor = new CellCursor(rows, Field.Column);
        for (var row = 0; row < rows.Count; row++)
        {
            ref var cell = ref cursor.Cell(row, out var length);
            var low = EightDigits.Load(ref cell) & Mask(length);
            var high = EightDigits.Load(ref Unsafe.Add(ref cell, 8)) & Mask(length - 8);
            ref var known = ref _known[(int)(((low * 0x9E3779B97F4A7C15) ^ (high * 0xC2B2AE3D27D4EB4F)) >> 54)];
            if (known.Low == low && known.High == high && length <= LongestWord)
            {
                column[row] = known.Value;
            }
            else if (ReadExactly(rows, row, to, at, bad) && length <= LongestWord)
            {
                known = new Entry(low, high, column[row]);
            }
        }
    }

    /// <summary>Ones for the first bytes of a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(int bytes) => bytes >= 8 ? ulong.MaxValue : bytes <= 0 ? 0 : (1UL << (8 * bytes)) - 1;

    private static Entry[] NewTable()
    {
        var table = new Entry[Size];
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
