using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>Walks down one column of regular rows.</summary>
internal readonly ref struct CellCursor
{
    private readonly ref int _ends;
    private readonly ref byte _bytes;
    private readonly int _stride;

    /// <summary>All ones for the last column, where a carriage return may come before the line feed.</summary>
    private readonly int _last;

    public CellCursor(in CsvRows rows, int column)
    {
        _ends = ref rows.Ends[rows.First + column - 1];
        _bytes = ref MemoryMarshal.GetArrayDataReference(rows.Chunk.Bytes);
        _stride = rows.Fields;
        _last = column == rows.Fields - 1 ? -1 : 0;
    }

    /// <summary>The first byte of a row's cell; sixteen bytes and more can be read from it whatever its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Cell(int row, out int length)
    {
        ref var ends = ref Unsafe.Add(ref _ends, row * _stride);
        var start = ends + 1;
        var end = Unsafe.Add(ref ends, 1);
        end -= _last & (Unsafe.Add(ref _bytes, end - 1) == '\r' ? 1 : 0);
        length = end - start;
        return ref Unsafe.Add(ref _bytes, start);
    }
}
