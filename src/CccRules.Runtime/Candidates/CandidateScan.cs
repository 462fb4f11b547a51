using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Kernels;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Candidates;

/// <summary>
/// Computes candidates row by row. Belongs to one thread: it remembers what it learnt about the columns' values.
/// </summary>
internal abstract class CandidateScan
{
    /// <summary>Rows whose cells are looked up together: they stay in the first-level cache.</summary>
    public const int BlockRows = 64 * BatchFrame.BlockWords;

    /// <summary>Maps the columns of a block of rows to cells.</summary>
    /// <param name="first">The block's first row in the frame's window.</param>
    /// <param name="rows">Whole words, at most <see cref="BlockRows"/>.</param>
    public abstract void Map(BatchFrame frame, int first, int rows);

    /// <summary>Adds the outcomes of the candidates of a row of the block.</summary>
    public abstract void Append(int row, SparseOutcomes outcomes);

    /// <summary>Adds the outcomes of the candidates of a single record; it takes the place of the block's first row.</summary>
    public abstract void Append(RecordClassifier source, SparseOutcomes outcomes);
}

/// <inheritdoc/>
internal sealed unsafe class CandidateScan<TForm> : CandidateScan
    where TForm : struct, ICandidateForm
{
    private const int VectorBytes = 64;

    /// <summary>The first of a slot's four parts.</summary>
    private const byte AppliesBits = 3;

    private readonly CandidatePlan _plan;
    private readonly CellMapper?[] _mappers;
    private readonly LiteralTable?[] _tables;
    private readonly CandidateClasses _classes;
    private readonly AlignedBytes _columns;
    private readonly AlignedBytes _cells;
    private readonly AlignedBytes _outcomes;
    private readonly byte[] _narrow = new byte[BlockRows];
    private readonly int[] _facts;
    private readonly int[] _values;
    private readonly int[] _nodes;
    private readonly long[] _mappedFor;
    private readonly AlignedBytes _direct;
    private readonly List<AlignedBytes> _directEntries = [];
    private long _record;
    private AlignedBytes _scratch = new(16 * VectorBytes);

    /// <param name="mappers">By column of the plan; null for the truth of a logic node.</param>
    public CandidateScan(CandidatePlan plan, CellMapper?[] mappers)
    {
        _plan = plan;
        _mappers = mappers;
        _tables = new LiteralTable?[mappers.Length];
        _mappedFor = new long[mappers.Length];
        _facts = [.. plan.Columns.Select(column => column.Tests?.Fact ?? -1)];
        _values = [.. plan.Columns.Select(column => column.Tests?.Value ?? -1)];
        _nodes = [.. plan.Columns.Select(column => column.Node)];
        var places = new LiteralPlace[plan.Literals.Length];
        for (var column = 0; column < mappers.Length; column++)
        {
            ImmutableArray<int> literals = [.. Enumerable.Range(0, places.Length).Where(literal => plan.Literals[literal].Column == column)];
            for (var i = 0; i < literals.Length; i++)
            {
                var (page, index) = LiteralTable.PlaceOf(i);
                var applies = !plan.Literals[literals[i]].Parts[0].IsEmpty;
                places[literals[i]] = column == plan.Key ? new LiteralPlace(-1, 0, 0, applies, false) : new LiteralPlace(column, page, index, applies, _facts[column] < 0);
            }

            if (column != plan.Key)
            {
                _tables[column] = new LiteralTable([.. literals.Select(literal => plan.Literals[literal])], mappers[column]?.Classes ?? Truths());
            }
        }

        _classes = new CandidateClasses(plan, mappers[plan.Key]!.Classes, places);
        _cells = new AlignedBytes(mappers.Length * BlockRows * sizeof(ushort));
        _columns = new AlignedBytes(mappers.Length * sizeof(ColumnCells));
        _outcomes = OutcomesOfParts();
        _direct = new AlignedBytes(mappers.Length * sizeof(DirectColumn));
        FindDirectColumns();
    }

    public override void Map(BatchFrame frame, int first, int rows)
    {
        for (var column = 0; column < _mappers.Length; column++)
        {
            var cells = new Span<ushort>(_cells.Start, _mappers.Length * BlockRows).Slice(column * BlockRows, rows);
            if (_mappers[column] is { } mapper)
            {
                var tests = _plan.Columns[column].Tests!;
                var narrow = mapper.Map(frame.ViewOf(tests, first, rows), 0, frame.Texts, _narrow.AsSpan(0, rows), cells);
                Widen(narrow, cells);
            }
            else
            {
                MapTruths(frame, _plan.Columns[column].Plane, first / 64, cells);
            }

            if (_tables[column] is { } table)
            {
                table.Fill();
                ((ColumnCells*)_columns.Start)[column] = new ColumnCells(table.Start, (ushort*)_cells.Start + (column * BlockRows), table.Stride);
            }
        }

        _classes.Refresh();
    }

    public override void Append(int row, SparseOutcomes outcomes)
    {
        var program = _classes[((ushort*)_cells.Start)[(_plan.Key * BlockRows) + row]];
        if (program->Outputs == 0)
        {
            return;
        }

        Reserve(program, outcomes);
        outcomes.Advance(Run(program, row, ref outcomes.Outcomes[outcomes.Count], ref outcomes.Norms[outcomes.Count]));
    }

    private void Reserve(ClassProgram* program, SparseOutcomes outcomes)
    {
        if (program->Vectors * VectorBytes > _scratch.Length)
        {
            _scratch = new AlignedBytes(2 * program->Vectors * VectorBytes);
        }

        outcomes.Reserve(program->Norms);
    }

    public override void Append(RecordClassifier source, SparseOutcomes outcomes)
    {
        var key = _mappers[_plan.Key]!.CellOf(ValueOf(_plan.Key, source), source.Texts);
        ((ushort*)_cells.Start)[_plan.Key * BlockRows] = key;
        _classes.Refresh();
        var program = _classes[key];
        if (program->Outputs == 0)
        {
            return;
        }

        _record++;
        Reserve(program, outcomes);
        // Of the columns only those are looked at that the class's candidates need, until none of them can apply any more.
        var results = (Vector512<byte>*)_scratch.Start;
        var direct = (DirectColumn*)_direct.Start;
        var facts = source.Facts;
        var isAlone = program->Vectors == 1;
        var at = (byte*)(program + 1);
        for (var vector = 0; vector < program->Vectors; vector++)
        {
            var result = Vector512.LoadAligned(at);
            var count = *(int*)(at + VectorBytes);
            var lookUp = (LookUp*)(at + VectorBytes + 8);
            var indices = at + VectorBytes + LookUpBytes(count);
            at = indices + (count * VectorBytes);
            for (; count > 0; count--, lookUp++, indices += VectorBytes)
            {
                var column = direct + lookUp->Column;
                var row = column->Entries != null ? column->RowOf(facts[column->Fact]) : RowOf(lookUp->Column, source);
                result &= TForm.LookUp(Vector512.LoadAligned(row + lookUp->Page), Vector512.LoadAligned(indices));
                if (isAlone && Vector512.EqualsAll(result & Vector512.Create(AppliesBits), Vector512<byte>.Zero))
                {
                    // With more vectors, one may hold alternatives of the other parts alone.
                    return;
                }
            }

            results[vector] = result;
        }

        outcomes.Advance(Finish(program, at, ref outcomes.Outcomes[outcomes.Count], ref outcomes.Norms[outcomes.Count]));
    }

    private void FindDirectColumns()
    {
        var direct = (DirectColumn*)_direct.Start;
        for (var column = 0; column < _mappers.Length; column++)
        {
            if (_facts[column] >= 0 && _tables[column] is { } table && _mappers[column]?.Direct is { } buckets)
            {
                var entries = new AlignedBytes(buckets.Entries.Length * sizeof(long));
                MemoryMarshal.AsBytes(buckets.Entries.AsSpan()).CopyTo(entries.Span);
                _directEntries.Add(entries);
                direct[column] = new DirectColumn(_facts[column], buckets, entries, table);
            }
        }
    }

    /// <summary>The meanings of a column's value, found by its mapper.</summary>
    private byte* RowOf(int column, RecordClassifier source)
    {
        if (_mappedFor[column] != _record)
        {
            _mappedFor[column] = _record;
            MapOne(column, source);
        }

        var cells = (ColumnCells*)_columns.Start + column;
        return cells->Table + (cells->Cells[0] * cells->Stride);
    }

    private void MapOne(int column, RecordClassifier source)
    {
        var cell = _mappers[column] is { } mapper ? mapper.CellOf(ValueOf(column, source), source.Texts) : CellOf(source.TruthOf(_nodes[column]));
        var table = _tables[column]!;
        table.Fill();
        var cells = (ushort*)_cells.Start + (column * BlockRows);
        cells[0] = cell;
        ((ColumnCells*)_columns.Start)[column] = new ColumnCells(table.Start, cells, table.Stride);
    }

    private long ValueOf(int column, RecordClassifier source) =>
        _facts[column] is >= 0 and var fact ? source.Facts[fact] : source.ValueOf(_values[column]);

    private int Run(ClassProgram* program, int row, ref byte keptOutcomes, ref ushort keptNorms)
    {
        var columns = (ColumnCells*)_columns.Start;
        var results = (Vector512<byte>*)_scratch.Start;
        var at = (byte*)(program + 1);
        for (var vector = 0; vector < program->Vectors; vector++)
        {
            var result = Vector512.LoadAligned(at);
            var count = *(int*)(at + VectorBytes);
            var lookUp = (LookUp*)(at + VectorBytes + 8);
            at += VectorBytes + LookUpBytes(count);
            for (; count > 0; count--, lookUp++, at += VectorBytes)
            {
                var column = columns + lookUp->Column;
                var table = column->Table + lookUp->Page + (column->Cells[row] * column->Stride);
                result &= TForm.LookUp(Vector512.LoadAligned(table), Vector512.LoadAligned(at));
            }

            results[vector] = result;
        }

        return Finish(program, at, ref keptOutcomes, ref keptNorms);
    }

    /// <summary>From the slots of all vectors to the norms' outcomes.</summary>
    /// <param name="at">The program's part after the vectors.</param>
    private int Finish(ClassProgram* program, byte* at, ref byte keptOutcomes, ref ushort keptNorms)
    {
        var results = (Vector512<byte>*)_scratch.Start;
        for (var fold = 0; fold < program->Folds; fold++)
        {
            var (target, source) = (((int*)at)[0], ((int*)at)[1]);
            results[target] |= TForm.LookUp(results[source], Vector512.LoadAligned(at + VectorBytes));
            at += 2 * VectorBytes;
        }

        var kept = 0;
        for (var output = 0; output < program->Outputs; output++)
        {
            var found = TForm.LookUpLarge(in _outcomes.Start[256 * *(int*)(at + VectorBytes)], results[output]);
            var isKept = ~Vector512.Equals(found & Vector512.LoadAligned(at), Vector512<byte>.Zero);
            kept += TForm.Compress(isKept, found, in *(ushort*)(at + (2 * VectorBytes)), ref Unsafe.Add(ref keptOutcomes, kept), ref Unsafe.Add(ref keptNorms, kept));
            at += 4 * VectorBytes;
        }

        return kept;
    }

    /// <summary>Bytes that the count of look-ups and the look-ups take.</summary>
    private static int LookUpBytes(int count) => (8 + (count * sizeof(LookUp)) + VectorBytes - 1) & -VectorBytes;

    private static void Widen(ReadOnlySpan<byte> narrow, Span<ushort> cells)
    {
        for (var row = 0; row < narrow.Length; row += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(narrow[row..]), out var low, out var high);
            low.CopyTo(cells[row..]);
            high.CopyTo(cells[(row + Vector<ushort>.Count)..]);
        }
    }

    /// <summary>Bits of two planes to cells: 0 false, 1 open, 2 true.</summary>
    private static void MapTruths(BatchFrame frame, int plane, int firstWord, Span<ushort> cells)
    {
        for (var row = 0; row < cells.Length; row++)
        {
            cells[row] = CellOf(frame.TruthOf(plane, (64 * firstWord) + row));
        }
    }

    private static ushort CellOf(Truth truth) => (ushort)(((int)truth & 1) + ((int)truth >> 1));

    /// <summary>The classes of a truth, in the order of <see cref="MapTruths"/>.</summary>
    private static ClassTable Truths()
    {
        var classes = new ClassTable(1);
        classes.Add([0], [0]);
        classes.Add([0], [1]);
        classes.Add([1], [1]);
        return classes;
    }

    /// <summary>
    /// By a norm's four parts, two bits each, its outcome: first for obligations and for options that do not say when they are taken, then for
    /// options that do. "Certain and not possible" stands for "does not say what fulfils it".
    /// </summary>
    private static AlignedBytes OutcomesOfParts()
    {
        var outcomes = new AlignedBytes(512);
        for (var parts = 0; parts < 512; parts++)
        {
            var (applies, exempted, inForce, fulfilled) = ((Truth)(parts & 3), (Truth)((parts >> 2) & 3), (Truth)((parts >> 4) & 3), (Truth)((parts >> 6) & 3));
            outcomes.Span[parts] = (parts >= 256, (int)fulfilled) switch
            {
                (_, 1) => Kleene.Outcome(applies, exempted, inForce),
                (false, _) => Kleene.Outcome(applies, exempted, inForce, fulfilled),
                _ => Kleene.OptionOutcome(applies, exempted, inForce, fulfilled),
            };
        }

        return outcomes;
    }

    /// <summary>One look-up of a vector: the column, and where its page begins in the row of a class.</summary>
    private readonly record struct LookUp(int Column, int Page);

    /// <summary>A column's cells in the block, and what they mean.</summary>
    private readonly struct ColumnCells(byte* table, ushort* cells, int stride)
    {
        public readonly byte* Table = table;
        public readonly ushort* Cells = cells;
        public readonly long Stride = stride;
    }
}
