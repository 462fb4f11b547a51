using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sources.Csv;
using CccRules.Runtime.Columns;

namespace CccRules.Batch;

/// <summary>
/// Which good rows of a batch a norm may concern: they alone are in its columns, one after the other. Of all rows it has what they are counted by.
/// </summary>
internal sealed class ConcernedRows(RecordLayout layout, int capacity)
{
    private readonly int[] _rows = new int[capacity];
    private readonly ulong[] _bits = new ulong[(capacity + 63) / 64];
    private readonly long[] _chapterCodes = new long[layout.ChapterFact < 0 ? 0 : capacity];
    private readonly int[] _monthDays = new int[layout.MonthFact < 0 ? 0 : capacity];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>By row, as the column of <see cref="RecordLayout.ChapterFact"/> has it.</summary>
    public ReadOnlySpan<long> ChapterCodes => _chapterCodes;

    /// <summary>By row, as the column of <see cref="RecordLayout.MonthFact"/> has it.</summary>
    public ReadOnlySpan<int> MonthDays => _monthDays;

    public void Clear()
    {
        Count = 0;
        Array.Clear(_bits);
    }

    /// <summary>The next place in the columns belongs to a row.</summary>
    public void Add(int row)
    {
        _rows[Count++] = row;
        _bits[row >> 6] |= 1UL << row;
    }

    /// <summary>The next places belong to some rows.</summary>
    /// <param name="first">What is added to each of them.</param>
    public void AddAll(int first, ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            Add(first + row);
        }
    }

    /// <summary>A row's place in the columns; negative where it has none.</summary>
    public int PlaceOf(int row) => Array.BinarySearch(_rows, 0, Count, row);

    /// <summary>Copies out what rows are counted by.</summary>
    /// <param name="place">The first row's place in the columns, where the others follow.</param>
    /// <param name="row">The first row.</param>
    public void CopyCounted(ColumnBatch columns, int place, int row, int count)
    {
        if (_chapterCodes.Length != 0)
        {
            columns.Longs(layout.ChapterFact).Slice(place, count).CopyTo(_chapterCodes.AsSpan(row));
        }

        if (_monthDays.Length != 0)
        {
            columns.Ints(layout.MonthFact).Slice(place, count).CopyTo(_monthDays.AsSpan(row));
        }
    }

    /// <summary>Moves what a row is counted by to another.</summary>
    public void MoveCounted(int from, int to)
    {
        if (_chapterCodes.Length != 0)
        {
            _chapterCodes[to] = _chapterCodes[from];
        }

        if (_monthDays.Length != 0)
        {
            _monthDays[to] = _monthDays[from];
        }
    }

    /// <summary>Moves values from their places to their rows.</summary>
    /// <param name="places">By place; a multiple of 64 long.</param>
    /// <param name="rows">By row; as long.</param>
    /// <param name="count">Rows in use.</param>
    /// <param name="others">What rows get that have no place.</param>
    public void Spread(ReadOnlySpan<byte> places, Span<byte> rows, int count, byte others)
    {
        var place = 0;
        for (var first = 0; first < count; first += 64)
        {
            var bits = _bits[first >> 6];
            var to = rows.Slice(first, 64);
            if (Avx512Vbmi2.IsSupported && place + 64 <= places.Length)
            {
                Avx512Vbmi2.Expand(Vector512.Create(others), Block512.Spread(bits), Vector512.Create(places[place..])).CopyTo(to);
            }
            else
            {
                to.Fill(others);
                var from = places[place..];
                for (var rest = bits; rest != 0; rest &= rest - 1)
                {
                    to[BitOperations.TrailingZeroCount(rest)] = from[0];
                    from = from[1..];
                }
            }

            place += BitOperations.PopCount(bits);
        }
    }
}
