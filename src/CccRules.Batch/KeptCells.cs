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
        for (var row = 0; row < from.Count; row++)
        {
            foreach (var column in kept)
            {
                var start = from.Start(row, column);
                var length = from.End(row, column) - start;
                ref var cell = ref from.Chunk.At(start);
                if (length <= Vector128<byte>.Count && cell != '"')
                {
                    // Most cells are short. Of what is copied beyond their ends nothing is kept.
                    MakeRoom(Vector128<byte>.Count);
                    Vector128.LoadUnsafe(ref cell).StoreUnsafe(ref _bytes[Length]);
                    Length += length;
                    _ends[_next++] = Length;
                }
                else
                {
                    Add(from.Value(row, column, ref scratch), isLiteral: false);
                }
            }
        }
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
