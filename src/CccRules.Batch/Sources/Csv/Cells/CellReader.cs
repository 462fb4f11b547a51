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
    private const int Block = 64;

    protected UsualCells(FieldBinding field)
        : base(field)
    {
        IsEmptyWrong = field.Read([], new TextDictionary(), new ArrayBufferWriter<byte>(), out var empty) is not null;
        Empty = empty;
    }

    /// <summary>The fact of an empty cell.</summary>
    protected long Empty { get; }

    /// <summary>Empty cells are faults.</summary>
    protected bool IsEmptyWrong { get; }

    public sealed override void Read(in CsvRows rows, ColumnBatch to, int at, Span<ulong> bad)
    {
        var column = Column(to).Slice(at, rows.Count);
        var cursor = new CellCursor(rows, Field.Column);
        for (var first = 0; first < rows.Count; first += Block)
        {
            var care = ReadBlock(ref cursor, column.Slice(first, Math.Min(Block, rows.Count - first)));
            if (care != 0)
            {
                ReadExactly(rows, first, care, to, at, bad);
            }
        }
    }

    protected abstract Span<T> Column(ColumnBatch batch);

    /// <summary>Reads as many cells as there is room for; a bit is set for each that the exact reader must read.</summary>
    protected abstract ulong ReadBlock(scoped ref CellCursor cells, Span<T> column);
}
