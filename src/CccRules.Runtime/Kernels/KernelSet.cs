using CccRules.Runtime.Candidates;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>
/// The operations over whole columns, in one form: plain, or with vectors of some size. All forms give the same bits.
/// </summary>
internal abstract class KernelSet
{
    /// <summary>The form's name, for listings and for forcing it in tests.</summary>
    public abstract string Name { get; }

    /// <summary>Prepares the tests of one column.</summary>
    /// <param name="cells">For a byte column, the number of different values it can hold, with missing and none.</param>
    public abstract ColumnTester CreateTester(ColumnTests tests, ColumnWidth width, int cells, RuleTables tables);

    /// <summary>Prepares the cells of one column.</summary>
    /// <param name="cells">As for <see cref="CreateTester"/>.</param>
    public abstract CellMapper CreateMapper(ColumnTests tests, ColumnWidth width, int cells, RuleTables tables);

    /// <summary>Prepares the computing of candidates.</summary>
    /// <param name="mappers">By column of the plan; null for the truth of a logic node.</param>
    public abstract CandidateScan CreateScan(CandidatePlan plan, CellMapper?[] mappers);

    /// <summary>Compares two columns row by row; the answer goes to a plane and the next.</summary>
    public abstract void Compare(Comparison comparison, ReadOnlySpan<long> left, ReadOnlySpan<long> right, int plane, in PlaneRoom room);

    /// <summary>Copies a fact's column, one 64-bit number a row.</summary>
    public abstract void Widen(in ColumnView column, Span<long> target);

    /// <summary>Turns planes, one a status of the set and in order, into a byte a row.</summary>
    public abstract void Spread(ReadOnlySpan<ulong> planes, int blockStride, byte statuses, Span<byte> outcomes);
}

/// <summary>
/// The tests of one column, ready to run. May remember what it learnt about the column's values, so it belongs to one thread.
/// </summary>
internal abstract class ColumnTester
{
    /// <summary>Answers each test for whole words of 64 rows.</summary>
    public abstract void Run(in ColumnView column, TextDictionary texts, int words, in PlaneRoom room);
}

/// <summary>A column in whichever width it has; the other two are empty.</summary>
internal readonly ref struct ColumnView
{
    public ReadOnlySpan<byte> Bytes { get; init; }

    public ReadOnlySpan<int> Ints { get; init; }

    public ReadOnlySpan<long> Longs { get; init; }

    /// <summary>Some rows of the fact's column.</summary>
    public static ColumnView Of(ColumnBatch batch, int fact, int first, int rows) => ColumnWidths.Of(batch.Facts[fact]) switch
    {
        ColumnWidth.Byte => new ColumnView { Bytes = batch.Bytes(fact).Slice(first, rows) },
        ColumnWidth.Int => new ColumnView { Ints = batch.Ints(fact).Slice(first, rows) },
        _ => new ColumnView { Longs = batch.Longs(fact).Slice(first, rows) },
    };

    /// <summary>A row as <see cref="Fact"/> says.</summary>
    public long Fact(int row)
    {
        if (!Longs.IsEmpty)
        {
            return Longs[row];
        }

        return Ints.IsEmpty ? ColumnCells.Fact(Bytes[row]) : ColumnCells.Fact(Ints[row]);
    }
}

/// <summary>How a cell of a narrow column writes a fact.</summary>
internal static class ColumnCells
{
    public static long Fact(byte cell) => cell < 2 ? cell + long.MinValue : cell - 2;

    public static long Fact(int cell) => cell <= int.MinValue + 1 ? (long)cell - int.MinValue + long.MinValue : cell;
}

/// <summary>Where planes lie: all planes of a block of 512 rows together, then the next block.</summary>
internal readonly struct PlaneRoom(ulong[] planes, int blockStride)
{
    /// <summary>The eight words of a plane in a block.</summary>
    public Span<ulong> Plane(int plane, int block) =>
        planes.AsSpan((block * blockStride) + (plane * BatchFrame.BlockWords), BatchFrame.BlockWords);

    /// <summary>64 rows of a plane.</summary>
    public ref ulong Word(int plane, int word) =>
        ref planes[(word / BatchFrame.BlockWords * blockStride) + (plane * BatchFrame.BlockWords) + (word % BatchFrame.BlockWords)];

    /// <summary>Writes 64 rows of "certainly" into a plane and of "possibly" into the next.</summary>
    public void WritePair(int plane, int word, ulong certain, ulong possible)
    {
        Word(plane, word) = certain;
        Word(plane + 1, word) = possible;
    }
}
