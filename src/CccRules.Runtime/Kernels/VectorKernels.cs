using System.Diagnostics;
using System.Numerics;
using CccRules.Runtime.Candidates;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>The kernels with vectors of one size.</summary>
internal sealed class VectorKernels<TForm> : KernelSet
    where TForm : struct, IVectorForm
{
    public override string Name => TForm.Name;

    public override ColumnTester CreateTester(ColumnTests tests, ColumnWidth width, int cells, RuleTables tables) =>
        width == ColumnWidth.Long && tests.Tests[0].Kind == ColumnTestKind.HasAny
            ? new MaskTester<TForm>(tests)
            : new ClassTester<TForm>(tests, CreateMapper(tests, width, cells, tables));

    public override CellMapper CreateMapper(ColumnTests tests, ColumnWidth width, int cells, RuleTables tables)
    {
        if (width == ColumnWidth.Byte)
        {
            return ByteCells.Create(tests.Tests, cells, tables);
        }

        return tests.Tests[0].Kind switch
        {
            ColumnTestKind.InSet => CutCells<TForm>.Create(tests.Tests, width == ColumnWidth.Int, tables),
            ColumnTestKind.HsInSet => HsCells<TForm>.Create(tests.Tests, tables),
            ColumnTestKind.TextInSet or ColumnTestKind.Matches => TextCells.Create(tests.Tests, tables),
            _ => throw new UnreachableException(),
        };
    }

    public override CandidateScan CreateScan(CandidatePlan plan, CellMapper?[] mappers) => TForm.CreateScan(plan, mappers);

    public override void Compare(Comparison comparison, ReadOnlySpan<long> left, ReadOnlySpan<long> right, int plane, in PlaneRoom room)
    {
        for (var word = 0; word < left.Length / 64; word++)
        {
            ref readonly var l = ref left.Slice(word * 64, 64)[0];
            ref readonly var r = ref right.Slice(word * 64, 64)[0];
            var missing = TForm.Equal(in l, Fact.Missing) | TForm.Equal(in r, Fact.Missing);
            switch (comparison)
            {
                case Comparison.Equal:
                    var equal = TForm.Equal(in l, in r) & ~missing;
                    room.WritePair(plane, word, equal, equal | missing);
                    break;
                case Comparison.NotEqual:
                    var unequal = ~(TForm.Equal(in l, in r) | missing);
                    room.WritePair(plane, word, unequal, unequal | missing);
                    break;
                case Comparison.Less:
                    // None is smaller than any value: only a left one has to be kept out.
                    var less = TForm.Less(in l, in r) & ~(missing | TForm.Equal(in l, Fact.None));
                    room.WritePair(plane, word, less, less | missing);
                    break;
                case Comparison.LessOrEqual:
                    var notAbove = ~(TForm.Less(in r, in l) | missing | TForm.Equal(in l, Fact.None));
                    room.WritePair(plane, word, notAbove, notAbove | missing);
                    break;
                default:
                    throw new UnreachableException();
            }
        }
    }

    public override void Widen(in ColumnView column, Span<long> target)
    {
        if (!column.Longs.IsEmpty)
        {
            column.Longs[..target.Length].CopyTo(target);
        }
        else if (!column.Ints.IsEmpty)
        {
            for (var row = 0; row < target.Length; row += 64)
            {
                ref readonly var rows = ref column.Ints.Slice(row, 64)[0];
                Ahead.Ask(in rows);
                TForm.Widen(in rows, ref target[row]);
            }
        }
        else
        {
            var cells = column.Bytes[..target.Length];
            for (var row = 0; row < cells.Length; row++)
            {
                target[row] = ColumnCells.Fact(cells[row]);
            }
        }
    }

    public override void Spread(ReadOnlySpan<ulong> planes, int blockStride, byte statuses, Span<byte> outcomes)
    {
        if (statuses == 0)
        {
            outcomes.Clear();
            return;
        }

        // Most norms concern few records.
        var concernsFew = (statuses & (byte)Outcome.NotApplicable) != 0 && !BitOperations.IsPow2(statuses);
        var length = BitOperations.PopCount(statuses) * BatchFrame.BlockWords;
        for (var row = 0; row < outcomes.Length; row += 64 * BatchFrame.BlockWords)
        {
            var block = planes.Slice(row / (64 * BatchFrame.BlockWords) * blockStride, length);
            var rows = outcomes.Slice(row, Math.Min(64 * BatchFrame.BlockWords, outcomes.Length - row));
            if (concernsFew && !IsAny(block[BatchFrame.BlockWords..]))
            {
                // No other status is possible, and each row has one.
                rows.Fill((byte)Outcome.NotApplicable);
            }
            else
            {
                TForm.Spread(block, statuses, rows);
            }
        }
    }

    private static bool IsAny(ReadOnlySpan<ulong> planes)
    {
        var any = Vector<ulong>.Zero;
        for (var at = 0; at < planes.Length; at += Vector<ulong>.Count)
        {
            any |= new Vector<ulong>(planes[at..]);
        }

        return any != Vector<ulong>.Zero;
    }
}

/// <summary>Tests of a set of members by masks.</summary>
internal sealed class MaskTester<TForm>(ColumnTests tests) : ColumnTester
    where TForm : struct, IVectorForm
{
    public override void Run(in ColumnView column, TextDictionary texts, int words, in PlaneRoom room)
    {
        for (var word = 0; word < words; word++)
        {
            ref readonly var rows = ref column.Longs.Slice(word * 64, 64)[0];
            var missing = TForm.Equal(in rows, Fact.Missing);
            var none = TForm.Equal(in rows, Fact.None);
            foreach (var test in tests.Tests)
            {
                // The sentinels' own bits must not count.
                var any = TForm.AnyBit(in rows, test.Mask) & ~(missing | none);
                var certain = any | (test.IncludesNone ? none : 0);
                room.Word(test.Plane, word) = certain;
                if (test.HasPossible)
                {
                    room.Word(test.Plane + 1, word) = certain | missing;
                }
            }

            if (tests.MissingPlane >= 0)
            {
                room.Word(tests.MissingPlane, word) = missing;
            }
        }
    }
}
