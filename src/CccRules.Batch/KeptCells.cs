using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CccRules.Batch.Sources.Csv;

namespace CccRules.Batch;

/// <summary>The cells of a batch's good rows that the output repeats, as they stood in the data, one after the other in one array.</summary>
/// <param name="rows">Rows at most.</param>
/// <param name="columns">Cells of a row.</param>
internal sealed class KeptCells(int rows, int columns)
{
    private readonly int[] _ends = new int[rows * columns];
    private readonly bool[] _literals = new bool[rows * columns];
    private byte[] _bytes = new byte[64 * 1024];
    private int _next;

    /// <summary>Bytes of all cells.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> this[int row, int column]
    {
        get
        {
            var cell = (row * columns) + column;
            var start = cell == 0 ? 0 : _ends[cell - 1];
            return _bytes.AsSpan(start, _ends[cell] - start);
        }
    }

    /// <summary>A cell is no text in the data but a number, a list or the like; see <see cref="Sources.IRecordRow.IsLiteral"/>.</summary>
    public bool IsLiteral(int row, int column) => _literals[(row * columns) + column];

    public void Clear() => Length = 0;

    /// <summary>Goes on with the first cell of a row; all rows before it have theirs.</summary>
    public void StartRow(int row) => _next = row * columns;

    /// <summary>Adds the next cell.</summary>
    public void Add(ReadOnlySpan<byte> cell, bool isLiteral)
    {
        MakeRoom(cell.Length);
        cell.CopyTo(_bytes.AsSpan(Length));
        End(cell.Length, isLiteral);
    }

    /// <summary>Adds the cells of regular rows.</summary>
    /// <param name="from">The rows.</param>
    /// <param name="kept">Columns that are kept.</param>
    public void AddAll(in CsvRows from, ReadOnlySpan<int> kept)
    {
        byte[] scratch = [];
        _literals.AsSpan(_next, from.Count * kept.Length).Clear();
        for (var row = AddShort(from, 0, kept, out var rest); row < from.Count; row = AddShort(from, row + 1, kept, out rest))
        {
            foreach (var column in rest)
            {
                Add(from.Value(row, column, ref scratch), isLiteral: false);
            }
        }
    }

    /// <summary>Adds cells up to the first that is long or quoted. Nearly none is: the others are copied without a look at their length.</summary>
    /// <param name="rest">The columns of that cell's row from it on.</param>
    /// <returns>The row of that cell; the number of all rows where there is none.</returns>
    private int AddShort(in CsvRows from, int row, ReadOnlySpan<int> kept, out ReadOnlySpan<int> rest)
    {
        MakeRoom((from.Count - row) * kept.Length * Vector128<byte>.Count);
        var bytes = _bytes.AsSpan();
        var ends = _ends.AsSpan(_next, (from.Count - row) * kept.Length);
        var (length, next) = (Length, 0);
        ref var text = ref from.Chunk.At(0);
        ref var places = ref Unsafe.Add(ref from.Ends[from.First - 1], (nint)row * from.Stride);
        rest = [];
        for (; row < from.Count && rest.IsEmpty; row++)
        {
            for (var at = 0; at < kept.Length; at++)
            {
                // The places before and behind the cell, and a carriage return that belongs to the row's end.
                var (before, behind) = (Unsafe.Add(ref places, kept[at]), Unsafe.Add(ref places, kept[at] + 1));
                ref var cell = ref Unsafe.Add(ref text, before + 1);
                var size = behind - before - 1 - (kept[at] == from.Fields - 1 && Unsafe.Add(ref text, behind - 1) == '\r' ? 1 : 0);
                if (size > Vector128<byte>.Count || cell == '"')
                {
                    rest = kept[at..];
                    row--;
                    break;
                }

                // Of what is copied beyond the cell's end nothing is kept.
                Vector128.LoadUnsafe(ref cell).CopyTo(bytes[length..]);
                length += size;
                ends[next++] = length;
            }

            places = ref Unsafe.Add(ref places, from.Stride);
        }

        Length = length;
        _next += next;
        return row;
    }

    private void MakeRoom(int bytes)
    {
        if (Length + bytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        }
    }

    private void End(int length, bool isLiteral)
    {
        Length += length;
        _literals[_next] = isLiteral;
        _ends[_next++] = Length;
    }
}
