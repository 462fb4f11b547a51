using System.Collections.Immutable;
using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Columns;

/// <summary>
/// Records as columns of equal length, one column a fact. Reused from batch to batch: filling it
/// allocates nothing. Every column starts as missing.
/// </summary>
public sealed class ColumnBatch
{
    /// <summary>Rows that a batch holds unless told otherwise: the columns stay in the processor's cache.</summary>
    public const int DefaultCapacity = 4096;

    private readonly byte[][] _bytes;
    private readonly int[][] _ints;
    private readonly long[][] _longs;

    public ColumnBatch(ImmutableArray<FactSchema> facts, int capacity = DefaultCapacity)
    {
        Facts = facts;
        // Whole words of 64 rows, so that kernels need no tail.
        Capacity = (capacity + 63) / 64 * 64;
        _bytes = new byte[facts.Length][];
        _ints = new int[facts.Length][];
        _longs = new long[facts.Length][];
        for (var i = 0; i < facts.Length; i++)
        {
            var width = ColumnWidths.Of(facts[i]);
            _bytes[i] = width == ColumnWidth.Byte ? new byte[Capacity] : [];
            _ints[i] = width == ColumnWidth.Int ? new int[Capacity] : [];
            _longs[i] = width == ColumnWidth.Long ? new long[Capacity] : [];
            Fill(i, Fact.Missing);
        }
    }

    public ImmutableArray<FactSchema> Facts { get; }

    /// <summary>Rows there is room for; a multiple of 64.</summary>
    public int Capacity { get; }

    /// <summary>Rows in use. Rows beyond it hold anything and are computed and ignored.</summary>
    public int Count { get; set; }

    /// <summary>Words of 64 rows that cover <see cref="Count"/>.</summary>
    public int Words => (Count + 63) / 64;

    /// <summary>Texts of the text columns.</summary>
    public TextDictionary Texts { get; } = new();

    /// <summary>The column of a fact whose width is <see cref="ColumnWidth.Byte"/>.</summary>
    public Span<byte> Bytes(int fact) => _bytes[fact];

    /// <summary>The column of a fact whose width is <see cref="ColumnWidth.Int"/>.</summary>
    public Span<int> Ints(int fact) => _ints[fact];

    /// <summary>The column of a fact whose width is <see cref="ColumnWidth.Long"/>.</summary>
    public Span<long> Longs(int fact) => _longs[fact];

    /// <summary>Writes one fact, given as <see cref="Fact"/> says, into a row.</summary>
    public void Set(int fact, int row, long value)
    {
        if (_longs[fact].Length != 0)
        {
            _longs[fact][row] = value;
        }
        else if (_ints[fact].Length != 0)
        {
            _ints[fact][row] = value <= Fact.None ? (int)(value - long.MinValue) + int.MinValue : (int)value;
        }
        else
        {
            _bytes[fact][row] = value <= Fact.None ? (byte)(value - long.MinValue) : (byte)(value + 2);
        }
    }

    /// <summary>Reads one fact of a row back, as <see cref="Fact"/> says.</summary>
    public long Get(int fact, int row)
    {
        if (_longs[fact].Length != 0)
        {
            return _longs[fact][row];
        }

        if (_ints[fact].Length != 0)
        {
            var value = _ints[fact][row];
            return value <= int.MinValue + 1 ? (long)value - int.MinValue + long.MinValue : value;
        }

        var small = _bytes[fact][row];
        return small < 2 ? small + long.MinValue : small - 2;
    }

    /// <summary>Writes one fact into every row: a constant such as the evaluation date, or "missing".</summary>
    public void Fill(int fact, long value)
    {
        for (var row = 0; row < Capacity; row++)
        {
            Set(fact, row, value);
        }
    }

    /// <summary>Copies the facts of a row out, one number each.</summary>
    public void CopyRow(int row, Span<long> facts)
    {
        for (var fact = 0; fact < Facts.Length; fact++)
        {
            facts[fact] = Get(fact, row);
        }
    }
}
