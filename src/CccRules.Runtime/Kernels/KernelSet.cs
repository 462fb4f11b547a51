using CccRules.Runtime.Columns;
using CccRules.Runtime.Facts;
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

    public abstract void Test(ReadOnlySpan<byte> column, ColumnTest test, in TestContext context, in PlaneTarget target);

    public abstract void Test(ReadOnlySpan<int> column, ColumnTest test, in TestContext context, in PlaneTarget target);

    public abstract void Test(ReadOnlySpan<long> column, ColumnTest test, in TestContext context, in PlaneTarget target);

    /// <summary>Copies a fact's column, one 64-bit number a row.</summary>
    public abstract void Widen(ColumnBatch batch, int fact, Span<long> target);

    /// <summary>Turns planes, one a status of the set and in order, into a byte a row.</summary>
    public abstract void Spread(ulong[] planes, int offset, int blockStride, byte statuses, Span<byte> outcomes);
}

/// <summary>What tests need besides the column.</summary>
internal readonly struct TestContext(RuleTables tables, TextDictionary texts, int words)
{
    public RuleTables Tables { get; } = tables;

    public TextDictionary Texts { get; } = texts;

    public int Words { get; } = words;
}

/// <summary>Where a pair of planes goes: the offset of its first block, and the distance to the next block.</summary>
internal readonly struct PlaneTarget(ulong[] planes, int offset, int blockStride)
{
    public void Write(int word, ulong certain, ulong possible)
    {
        var at = offset + (word / BatchFrame.BlockWords * blockStride) + (word % BatchFrame.BlockWords);
        planes[at] = certain;
        planes[at + BatchFrame.BlockWords] = possible;
    }
}
