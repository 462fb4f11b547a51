using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Sources.Csv.Cells;

/// <summary>
/// Reads one column of regular rows into the column of a fact. What is written in the usual way is read without branches; every other
/// cell goes to the <see cref="FactReader"/>, which alone decides what is right and wrong. Belongs to one batch.
/// </summary>
internal abstract class CellReader(FieldBinding field)
{
    private readonly ArrayBufferWriter<byte> _form = new();
    private byte[] _scratch = [];

    protected FieldBinding Field { get; } = field;

    /// <summary>Reads the field of each row.</summary>
    /// <param name="to">The batch; its rows from <paramref name="at"/> on are written.</param>
    /// <param name="bad">A bit a row, set where the value is wrong.</param>
    public abstract void Read(in CsvRows rows, ColumnBatch to, int at, Span<ulong> bad);

    /// <summary>The texts of the batch were forgotten.</summary>
    public virtual void ForgetTexts()
    {
    }

    /// <summary>Reads the cells of up to 64 rows that need the exact reader.</summary>
    protected void ReadExactly(in CsvRows rows, int firstRow, ulong which, ColumnBatch to, int at, Span<ulong> bad)
    {
        for (; which != 0; which &= which - 1)
        {
            ReadExactly(rows, firstRow + BitOperations.TrailingZeroCount(which), to, at, bad);
        }
    }

    /// <summary>Reads a cell that is not written in the usual way.</summary>
    /// <returns>Whether it is right.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected bool ReadExactly(in CsvRows rows, int row, ColumnBatch to, int at, Span<ulong> bad)
    {
        if (Field.Read(rows.Value(row, Field.Column, ref _scratch), to.Texts, _form, out var fact) is null)
        {
            to.Set(Field.Fact, at + row, fact);
            return true;
        }

        bad[row >> 6] |= 1UL << row;
        return false;
    }
}

/// <summary>
/// A reader that looks at 64 cells in one small loop, which notes those that it leaves to the exact reader.
/// </summary>
/// <typeparam name="T">What the fact's column holds.</typeparam>
internal abstract class UsualCells<T> : CellReader
    where T : unmanaged
{
    protected UsualCells(FieldBinding field)
        : base(field)
    {
        IsEmptyWrong = !TryRead([], out var empty);
        Empty = empty;
    }

    /// <summary>Room for the cells that vectors read.</summary>
    protected CellBlock Cells { get; } = new();

    /// <summary>The fact of an empty cell.</summary>
    protected long Empty { get; }

    /// <summary>Empty cells are faults.</summary>
    protected bool IsEmptyWrong { get; }

    /// <summary>The same, as a bit for each of eight cells.</summary>
    protected ulong EmptyUnusual => IsEmptyWrong ? byte.MaxValue : 0UL;

    public sealed override void Read(in CsvRows rows, ColumnBatch to, int at, Span<ulong> bad)
    {
        var column = Column(to).Slice(at, rows.Count);
        var cursor = new CellCursor(rows, Field.Column);
        for (var first = 0; first < rows.Count; first += CellBlock.Size)
        {
            var care = ReadPart(rows, first, ref cursor, column.Slice(first, Math.Min(CellBlock.Size, rows.Count - first)));
            if (care != 0)
            {
                ReadExactly(rows, first, care, to, at, bad);
            }
        }
    }

    /// <summary>Eight cells at once where that is fast, and those alone that vectors do not read.</summary>
    private ulong ReadPart(in CsvRows rows, int first, scoped ref CellCursor cursor, Span<T> part)
    {
        var eights = EightCells.IsSupported ? part.Length & -EightCells.Count : 0;
        var care = 0UL;
        for (var unusual = ReadEights(ref cursor, part[..eights]); unusual != 0; unusual &= unusual - 1)
        {
            var cell = BitOperations.TrailingZeroCount(unusual);
            var alone = new CellCursor(rows, Field.Column, first + cell);
            care |= ReadBlock(ref alone, part.Slice(cell, 1)) << cell;
        }

        return eights == part.Length ? care : care | (ReadBlock(ref cursor, part[eights..]) << eights);
    }

    protected abstract Span<T> Column(ColumnBatch batch);

    /// <summary>What the exact reader makes of a cell.</summary>
    /// <returns>Whether the cell is right.</returns>
    protected bool TryRead(ReadOnlySpan<byte> cell, out long fact) => Field.Read(cell, new TextDictionary(), new ArrayBufferWriter<byte>(), out fact) is null;

    /// <summary>Reads as many cells as there is room for; a bit is set for each that the exact reader must read.</summary>
    protected abstract ulong ReadBlock(scoped ref CellCursor cells, Span<T> column);

    /// <summary>The same, by vectors; a bit is set for each cell that must be read alone.</summary>
    protected abstract ulong ReadEights(scoped ref CellCursor cells, Span<T> column);
}
