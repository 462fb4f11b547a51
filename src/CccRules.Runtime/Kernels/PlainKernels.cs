using System.Diagnostics;
using System.Numerics;
using CccRules.Runtime.Candidates;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>One row at a time, by the operations of single records: the form that every machine has and that is obviously right.</summary>
internal sealed class PlainKernels : KernelSet
{
    public override string Name => "plain";

    public override ColumnTester CreateTester(ColumnTests tests, ColumnWidth width, int cells, RuleTables tables) =>
        new Tester(tests, tables);

    public override CellMapper CreateMapper(ColumnTests tests, ColumnWidth width, int cells, RuleTables tables) => new AskedCells(tests.Tests, tables);

    public override CandidateScan CreateScan(CandidatePlan plan, CellMapper?[] mappers) => new CandidateScan<PlainCandidates>(plan, mappers);

    public override void Compare(Comparison comparison, ReadOnlySpan<long> left, ReadOnlySpan<long> right, int plane, in PlaneRoom room)
    {
        for (var word = 0; word < left.Length / 64; word++)
        {
            var (certain, possible) = (0UL, 0UL);
            for (var bit = 0; bit < 64; bit++)
            {
                var row = (word * 64) + bit;
                var truth = Compare(comparison, left[row], right[row]);
                certain |= Planes.Certain(truth, bit);
                possible |= Planes.Possible(truth, bit);
            }

            room.WritePair(plane, word, certain, possible);
        }
    }

    public override void Widen(in ColumnView column, Span<long> target)
    {
        for (var row = 0; row < target.Length; row++)
        {
            target[row] = column.Fact(row);
        }
    }

    public override void Spread(ReadOnlySpan<ulong> planes, int blockStride, byte statuses, Span<byte> outcomes)
    {
        for (var row = 0; row < outcomes.Length; row++)
        {
            var word = row >> 6;
            var at = (word / BatchFrame.BlockWords * blockStride) + (word % BatchFrame.BlockWords);
            var outcome = 0;
            for (var rest = (int)statuses; rest != 0; rest &= rest - 1)
            {
                outcome |= (int)((planes[at] >> row) & 1) << BitOperations.TrailingZeroCount(rest);
                at += BatchFrame.BlockWords;
            }

            outcomes[row] = (byte)outcome;
        }
    }

    /// <summary>The answer of one test for one value.</summary>
    internal static Truth Test(long fact, ColumnTest test, RuleTables tables, TextDictionary texts) => test.Kind switch
    {
        ColumnTestKind.InSet => AtomOperations.InSet(fact, tables, test.Table, test.IncludesNone),
        ColumnTestKind.HsInSet => AtomOperations.HsInSet(fact, tables, test.Table, test.IncludesNone),
        ColumnTestKind.HasAny => AtomOperations.HasAny(fact, test.Mask, test.IncludesNone),
        ColumnTestKind.TextInSet => AtomOperations.TextInSet(fact, texts, tables, test.Table, test.IncludesNone),
        ColumnTestKind.Matches => AtomOperations.Matches(fact, texts, tables, test.Table),
        _ => throw new UnreachableException(),
    };

    private static Truth Compare(Comparison comparison, long left, long right) => comparison switch
    {
        Comparison.Equal => AtomOperations.Equal(left, right),
        Comparison.NotEqual => AtomOperations.NotEqual(left, right),
        Comparison.Less => AtomOperations.Less(left, right),
        Comparison.LessOrEqual => AtomOperations.LessOrEqual(left, right),
        _ => throw new UnreachableException(),
    };

    private sealed class Tester(ColumnTests tests, RuleTables tables) : ColumnTester
    {
        public override void Run(in ColumnView column, TextDictionary texts, int words, in PlaneRoom room)
        {
            for (var word = 0; word < words; word++)
            {
                foreach (var test in tests.Tests)
                {
                    var (certain, possible) = (0UL, 0UL);
                    for (var bit = 0; bit < 64; bit++)
                    {
                        var truth = Test(column.Fact((word * 64) + bit), test, tables, texts);
                        certain |= Planes.Certain(truth, bit);
                        possible |= Planes.Possible(truth, bit);
                    }

                    room.Word(test.Plane, word) = certain;
                    if (test.HasPossible)
                    {
                        room.Word(test.Plane + 1, word) = possible;
                    }
                }

                if (tests.MissingPlane >= 0)
                {
                    room.Word(tests.MissingPlane, word) = Missing(column, word);
                }
            }
        }

        private static ulong Missing(in ColumnView column, int word)
        {
            var missing = 0UL;
            for (var bit = 0; bit < 64; bit++)
            {
                missing |= column.Fact((word * 64) + bit) == Fact.Missing ? 1UL << bit : 0;
            }

            return missing;
        }
    }
}
