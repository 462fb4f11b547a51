using System.Buffers;
using System.Runtime.InteropServices;

namespace CccRules.Batch.Sources.Csv;

/// <summary>
/// A stretch of the data in memory with the places of its separators. Rows of it are read on other threads while the next
/// stretch is filled; it goes back to its pool when nobody reads it any more.
/// </summary>
internal sealed class CsvChunk
{
    /// <summary>Bytes before the data and after it that may be read and mean nothing: code looks at whole vectors.</summary>
    public const int Margin = 64;

    private const int UsualEnds = 64 * 1024;

    /// <summary>Those of a chunk, and as many as could be in what is indexed at once.</summary>
    private const int UsualRows = 32 * 1024;

    private readonly CsvChunkPool _pool;
    private int _users = 1;

    public CsvChunk(CsvChunkPool pool, int size)
    {
        _pool = pool;
        Bytes = ArrayPool<byte>.Shared.Rent(size + (2 * Margin));
        End = Margin;
    }

    /// <summary>The data from <see cref="Margin"/> to <see cref="End"/>.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>One past the last byte.</summary>
    public int End { get; set; }

    /// <summary>Room for data.</summary>
    public int Size => Bytes.Length - (2 * Margin);

    /// <summary>Place in the whole data of the byte at <see cref="Margin"/>.</summary>
    public long Offset { get; set; }

    /// <summary>
    /// Places of separators and of line feeds that end a row, ascending. A row of n fields takes n of them; before the first comes the
    /// place before the row's first byte.
    /// </summary>
    public int[] Ends { get; private set; } = ArrayPool<int>.Shared.Rent(UsualEnds);

    public int EndCount { get; set; }

    /// <summary>By row: position in <see cref="Ends"/> after its last.</summary>
    public int[] RowEnds { get; private set; } = ArrayPool<int>.Shared.Rent(UsualRows);

    /// <summary>By row: the number of line feeds in the chunk up to its end.</summary>
    public int[] RowLines { get; private set; } = ArrayPool<int>.Shared.Rent(UsualRows);

    public int RowCount { get; set; }

    /// <summary>Makes room for as many ends, and as many rows, as so many bytes can hold; and for those that whole vectors write beyond.</summary>
    public void Reserve(int bytes)
    {
        // Arrays that rows were handed out with keep what those rows need.
        if (EndCount + bytes + Margin > Ends.Length)
        {
            Ends = Larger(Ends, EndCount, bytes);
        }

        if (RowCount + bytes + Margin > RowEnds.Length)
        {
            RowEnds = Larger(RowEnds, RowCount, bytes);
            RowLines = Larger(RowLines, RowCount, bytes);
        }
    }

    private static int[] Larger(int[] from, int count, int bytes)
    {
        var larger = new int[Math.Max(from.Length * 2, count + bytes + Margin)];
        from.AsSpan(0, count).CopyTo(larger);
        return larger;
    }

    public ref byte At(int place) => ref System.Runtime.CompilerServices.Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Bytes), place);

    public void Use() => Interlocked.Increment(ref _users);

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _pool.Return(this);
        }
    }

    /// <summary>Gives the large arrays back; nobody has the chunk any more. Ends that were outgrown stay with whoever was handed rows of them.</summary>
    public void GiveBack()
    {
        ArrayPool<byte>.Shared.Return(Bytes);
        ArrayPool<int>.Shared.Return(Ends);
        ArrayPool<int>.Shared.Return(RowEnds);
        ArrayPool<int>.Shared.Return(RowLines);
        (Bytes, Ends, RowEnds, RowLines) = ([], [], [], []);
    }

    public void Reset()
    {
        _users = 1;
        End = Margin;
        EndCount = 0;
        RowCount = 0;
    }
}
