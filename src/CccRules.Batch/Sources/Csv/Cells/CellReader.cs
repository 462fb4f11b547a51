using System.Numerics;
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
    protected bool ReadExactly(in CsvRows rows, int row, ColumnBatch to, int at, Span<ulong> bad)
    {
        if (Field.Read(rows.Value(row, Field.Column, ref _scratch), to.Texts, out var fact) == FactFault.None)
        {
            to.Set(Field.Fact, at + row, fact);
            return true;
        }

        bad[row >> 6] |= 1UL << row;
        return false;
    }
}
