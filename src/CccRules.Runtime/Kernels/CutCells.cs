using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>
/// Numbers and dates: the bounds of all tests cut the line into stretches, and a value's class is its stretch. Missing and none, the
/// two smallest numbers, are stretches like any other.
/// </summary>
internal sealed class CutCells<TForm> : CellMapper
    where TForm : struct, IVectorForm
{
    /// <summary>Up to so few cuts comparing with each of them is cheapest; up to more it is cheaper than to look up or to search.</summary>
    private const int FewCuts = 6;
    private const int MostComparedInts = 32;
    private const int MostComparedLongs = 64;

    /// <summary>Ints between the first and the last cut are looked up where there are no more than these: any usual range of dates.</summary>
    private const int MostLookedUp = 1 << 16;

    private readonly long[] _cuts;
    private readonly int[] _intCuts;
    private readonly ushort[] _classOfCell;
    private readonly ushort[] _lookUp = [];
    private readonly byte[] _narrowLookUp = [];
    private readonly int[] _indices = new int[64];
    private readonly bool _isCompared;
    private readonly CutBuckets? _buckets;

    private CutCells(ClassTable classes, long[] cuts, ushort[] classOfCell, bool isInt)
        : base(classes)
    {
        _cuts = cuts;
        _classOfCell = classOfCell;
        _intCuts = isInt ? Array.ConvertAll(cuts, cut => (int)cut) : [];
        _buckets = cuts.Length > FewCuts ? CutBuckets.TryCreate(cuts, isInt) : null;
        _isCompared = cuts.Length <= (isInt ? MostComparedInts : MostComparedLongs);
        if (isInt && !_isCompared && _buckets is null && cuts[^1] - cuts[2] < MostLookedUp)
        {
            // Missing, none, one number before the first cut, and all numbers to the last.
            _lookUp = new ushort[cuts[^1] - cuts[2] + 4];
            _lookUp[1] = classOfCell[1];
            for (var i = 2; i < _lookUp.Length; i++)
            {
                _lookUp[i] = classOfCell[Count(cuts[2] - 3 + i)];
            }

            _narrowLookUp = classes.IsNarrow ? Array.ConvertAll(_lookUp, @class => (byte)@class) : [];
        }
    }

    /// <summary>Prepares tests of kind <see cref="ColumnTestKind.InSet"/> on ints (with their own sentinels) or longs.</summary>
    public static CutCells<TForm> Create(ImmutableArray<ColumnTest> tests, bool isInt, RuleTables tables)
    {
        var (least, largest) = isInt ? (int.MinValue + 2L, int.MaxValue) : (Fact.None + 1, long.MaxValue);
        // One cut makes none differ from missing, the next makes values differ from none.
        var cuts = new SortedSet<long> { least - 1, least };
        foreach (var test in tests)
        {
            var bounds = tables.Sets[test.Table];
            for (var i = 0; i < bounds.Length; i += 2)
            {
                if (bounds[i] > least && bounds[i] <= largest)
                {
                    cuts.Add(bounds[i]);
                }

                if (bounds[i + 1] >= least && bounds[i + 1] < largest)
                {
                    cuts.Add(bounds[i + 1] + 1);
                }
            }
        }

        var classes = new ClassTable(tests.Length);
        // Stretches get classes of their own as long as a byte can name them; many stretches share classes.
        ClassMaker make = cuts.Count < ClassTable.MostNarrow ? classes.Add : classes.Intern;
        var classOfCell = new List<ushort> { (ushort)ByteCells.ClassOf(Fact.Missing, tests, tables, classes.Add) };
        foreach (var cut in cuts)
        {
            classOfCell.Add((ushort)ByteCells.ClassOf(classOfCell.Count == 1 ? Fact.None : cut, tests, tables, make));
        }

        return new CutCells<TForm>(classes, [.. cuts], [.. classOfCell], isInt);
    }

    public override ReadOnlySpan<byte> Map(in ColumnView column, int first, TextDictionary texts, Span<byte> narrow, Span<ushort> wide)
    {
        if (_buckets is { } buckets)
        {
            Count(column, first, buckets, narrow);
            return narrow;
        }

        if (_isCompared)
        {
            Compare(column, first, narrow);
            return narrow;
        }

        if (_narrowLookUp.Length != 0)
        {
            LookUp(column.Ints.Slice(first, narrow.Length), _narrowLookUp, narrow);
            return narrow;
        }

        if (_lookUp.Length != 0)
        {
            LookUp(column.Ints.Slice(first, wide.Length), _lookUp, wide);
        }
        else
        {
            Search(column, first, wide);
        }

        if (!Classes.IsNarrow)
        {
            return [];
        }

        Cells.Narrow(wide, narrow);
        return narrow;
    }

    public override ushort CellOf(long value, TextDictionary texts)
    {
        if (value <= Fact.None)
        {
            return _classOfCell[value - Fact.Missing];
        }

        return _classOfCell[_buckets?.Count(value) ?? Count(value)];
    }

    /// <summary>Only where each stretch is a class of its own.</summary>
    public override CutBuckets? Direct => _classOfCell.Length == Classes.Count ? CutBuckets.TryCreate(_cuts, isInt: false) : null;

    private static void Count(in ColumnView column, int first, CutBuckets buckets, Span<byte> cells)
    {
        for (var row = 0; row < cells.Length; row += 64)
        {
            if (buckets.IntEntries.Length != 0)
            {
                ref readonly var rows = ref column.Ints.Slice(first + row, 64)[0];
                Ahead.Ask(in rows);
                TForm.CountInBuckets(in rows, buckets, ref cells[row]);
            }
            else
            {
                ref readonly var rows = ref column.Longs.Slice(first + row, 64)[0];
                Ahead.Ask(in rows);
                TForm.CountInBuckets(in rows, buckets, ref cells[row]);
            }
        }
    }

    private void Compare(in ColumnView column, int first, Span<byte> cells)
    {
        for (var row = 0; row < cells.Length; row += 64)
        {
            if (_intCuts.Length != 0)
            {
                ref readonly var rows = ref column.Ints.Slice(first + row, 64)[0];
                Ahead.Ask(in rows);
                TForm.CountCuts(in rows, _intCuts, ref cells[row]);
            }
            else
            {
                ref readonly var rows = ref column.Longs.Slice(first + row, 64)[0];
                Ahead.Ask(in rows);
                TForm.CountCuts(in rows, _cuts, ref cells[row]);
            }
        }
    }

    private void LookUp<T>(ReadOnlySpan<int> rows, T[] table, Span<T> cells)
    {
        var least = (int)_cuts[2] - 1;
        ref var first = ref MemoryMarshal.GetArrayDataReference(table);
        for (var row = 0; row < rows.Length; row += 64)
        {
            TForm.Index(in rows.Slice(row, 64)[0], least, (int)_cuts[^1], ref _indices[0]);
            var part = cells.Slice(row, 64);
            for (var i = 0; i < part.Length; i++)
            {
                part[i] = Unsafe.Add(ref first, _indices[i]);
            }
        }
    }

    private void Search(in ColumnView column, int first, Span<ushort> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = _classOfCell[Count(_intCuts.Length != 0 ? column.Ints[first + i] : column.Longs[first + i])];
        }
    }

    /// <summary>The number of cuts that are not above a number: a search without branches to mispredict.</summary>
    private int Count(long number)
    {
        var cuts = _cuts;
        var start = 0;
        for (var length = cuts.Length; length > 1;)
        {
            var half = length >> 1;
            start += cuts[start + half - 1] <= number ? half : 0;
            length -= half;
        }

        return start + (cuts[start] <= number ? 1 : 0);
    }
}
