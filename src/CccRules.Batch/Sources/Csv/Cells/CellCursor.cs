using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>Walks down one column of regular rows. Loops walk with a copy of their own: one that others see too would live in memory, not in registers.</summary>
internal ref struct CellCursor
{
    private readonly ref byte _bytes;
    private readonly nint _stride;
    private ref int _ends;

    public CellCursor(in CsvRows rows, int column, int row = 0)
    {
        _ends = ref rows.Ends[rows.First + (row * rows.Stride) + column - 1];
        _bytes = ref MemoryMarshal.GetArrayDataReference(rows.Chunk.Bytes);
        _stride = rows.Stride;
        IsLast = column == rows.Fields - 1;
    }

    /// <summary>The last column, where a carriage return may come before the line feed.</summary>
    public bool IsLast { get; }

    /// <summary>The first byte of the next row's cell; sixteen bytes and more can be read from it whatever its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Next(out int length)
    {
        ref var cell = ref Unsafe.Add(ref _bytes, _ends + 1);
        length = Unsafe.Add(ref _ends, 1) - _ends - 1;
        _ends = ref Unsafe.Add(ref _ends, _stride);
        if (IsLast && Unsafe.Add(ref cell, length - 1) == '\r')
        {
            length--;
        }

        return ref cell;
    }

    /// <summary>Where the next row's cell lies: in the low half the place of the byte before it, in the high half that of the byte behind it.</summary>
    /// <param name="isLast">What <see cref="IsLast"/> says, as a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextPlaces(bool isLast)
    {
        // Ends of neighbouring cells are neighbours; numbers lie in memory with their lower bytes first on every machine that has the vectors.
        var places = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<int, byte>(ref _ends));
        _ends = ref Unsafe.Add(ref _ends, _stride);
        return isLast && Unsafe.Add(ref _bytes, (nint)(places >> 32) - 1) == '\r' ? places - (1UL << 32) : places;
    }

    /// <summary>The byte at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref byte ByteAt(nint place) => ref Unsafe.Add(ref _bytes, place);
}
