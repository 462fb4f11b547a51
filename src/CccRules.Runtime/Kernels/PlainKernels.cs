using System.Diagnostics;
using System.Numerics;
using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>One row at a time, by the operations of single records: the form that every machine has and that is obviously right.</summary>
internal sealed class PlainKernels : KernelSet
{
    public override string Name => "plain";

    public override void Test(ReadOnlySpan<byte> column, ColumnTest test, in TestContext context, in PlaneTarget target) =>
        Test<byte, ByteFacts>(column, test, context, target);

    public override void Test(ReadOnlySpan<int> column, ColumnTest test, in TestContext context, in PlaneTarget target) =>
        Test<int, IntFacts>(column, test, context, target);

    public override void Test(ReadOnlySpan<long> column, ColumnTest test, in TestContext context, in PlaneTarget target) =>
        Test<long, LongFacts>(column, test, context, target);

    public override void Widen(ColumnBatch batch, int fact, Span<long> target)
    {
        switch (ColumnWidths.Of(batch.Facts[fact]))
        {
            case ColumnWidth.Byte:
                Widen<byte, ByteFacts>(batch.Bytes(fact), target);
                break;
            case ColumnWidth.Int:
                Widen<int, IntFacts>(batch.Ints(fact), target);
                break;
            default:
                batch.Longs(fact)[..target.Length].CopyTo(target);
                break;
        }
    }

    public override void Spread(ulong[] planes, int offset, int blockStride, byte statuses, Span<byte> outcomes)
    {
        for (var row = 0; row < outcomes.Length; row++)
        {
            var word = row >> 6;
            var at = offset + (word / Programs.BatchFrame.BlockWords * blockStride) + (word % Programs.BatchFrame.BlockWords);
            var outcome = 0;
            for (var rest = (int)statuses; rest != 0; rest &= rest - 1)
            {
                outcome |= (int)((planes[at] >> row) & 1) << BitOperations.TrailingZeroCount(rest);
                at += Programs.BatchFrame.BlockWords;
            }

            outcomes[row] = (byte)outcome;
        }
    }

    private static void Test<T, TFacts>(ReadOnlySpan<T> column, ColumnTest test, in TestContext context, in PlaneTarget target)
        where TFacts : IColumnFacts<T>
    {
        for (var word = 0; word < context.Words; word++)
        {
            var (certain, possible) = (0UL, 0UL);
            for (var bit = 0; bit < 64; bit++)
            {
                var truth = Test(TFacts.Fact(column[(word * 64) + bit]), test, context);
                certain |= ((ulong)truth & 1) << bit;
                possible |= ((ulong)truth >> 1) << bit;
            }

            target.Write(word, certain, possible);
        }
    }

    private static Truth Test(long fact, ColumnTest test, in TestContext context) => test.Kind switch
    {
        ColumnTestKind.InSet => AtomOperations.InSet(fact, context.Tables, test.Table, test.IncludesNone),
        ColumnTestKind.HsInSet => AtomOperations.HsInSet(fact, context.Tables, test.Table, test.IncludesNone),
        ColumnTestKind.HasAny => AtomOperations.HasAny(fact, test.Mask, test.IncludesNone),
        ColumnTestKind.TextInSet => AtomOperations.TextInSet(fact, context.Texts, context.Tables, test.Table, test.IncludesNone),
        ColumnTestKind.Matches => AtomOperations.Matches(fact, context.Texts, context.Tables, test.Table),
        _ => throw new UnreachableException(),
    };

    private static void Widen<T, TFacts>(ReadOnlySpan<T> column, Span<long> target)
        where TFacts : IColumnFacts<T>
    {
        for (var row = 0; row < target.Length; row++)
        {
            target[row] = TFacts.Fact(column[row]);
        }
    }
}

/// <summary>How a column of a width writes a fact.</summary>
internal interface IColumnFacts<T>
{
    static abstract long Fact(T cell);
}

internal readonly struct ByteFacts : IColumnFacts<byte>
{
    public static long Fact(byte cell) => cell < 2 ? cell + long.MinValue : cell - 2;
}

internal readonly struct IntFacts : IColumnFacts<int>
{
    public static long Fact(int cell) => cell <= int.MinValue + 1 ? (long)cell - int.MinValue + long.MinValue : cell;
}

internal readonly struct LongFacts : IColumnFacts<long>
{
    public static long Fact(long cell) => cell;
}
