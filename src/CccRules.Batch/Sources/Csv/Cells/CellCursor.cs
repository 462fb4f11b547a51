using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>Walks down one column of regular rows. Loops walk with a copy of their own: one that others see too would live in memory, not in registers.</summary>
internal ref struct CellCursor
{
    private readonly ref byte _bytes;
    private readonly int _stride;

    /// <summary>The last column, where a carriage return may come before the line feed.</summary>
    private readonly bool _isLast;
    private ref int _ends;

    public CellCursor(in CsvRows rows, int column, int row = 0)
    {
        _ends = ref rows.Ends[rows.First + (row * rows.Fields) + column - 1];
        _bytes = ref MemoryMarshal.GetArrayDataReference(rows.Chunk.Bytes);
        _stride = rows.Fields;
        _isLast = column == rows.Fields - 1;
    }

    /// <summary>The first byte of the next row's cell; sixteen bytes and more can be read from it whatever its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Next(out int length)
    {
        ref var cell = ref Unsafe.Add(ref _bytes, _ends + 1);
        length = Unsafe.Add(ref _ends, 1) - _ends - 1;
        _ends = ref Unsafe.Add(ref _ends, _stride);
        if (_isLast && Unsafe.Add(ref cell, length - 1) == '\r')
        {
            length--;
        }

        return ref cell;
    }
}
