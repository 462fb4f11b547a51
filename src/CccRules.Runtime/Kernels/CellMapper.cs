using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Kernels;

/// <summary>Gives each row of a column the class of its value. Rows come in stretches of at most <see cref="MostRows"/>.</summary>
internal abstract class CellMapper(ClassTable classes)
{
    /// <summary>Rows of a stretch: what is written in one step is still in the cache in the next.</summary>
    public const int MostRows = 4096;

    /// <summary>The classes; may grow while mapping.</summary>
    public ClassTable Classes { get; } = classes;

    /// <summary>
    /// Maps rows. The result is their classes as bytes, either in <paramref name="narrow"/> or in the column itself; empty where the classes are
    /// too many for a byte and are in <paramref name="wide"/> instead.
    /// </summary>
    public abstract ReadOnlySpan<byte> Map(in ColumnView column, int first, TextDictionary texts, Span<byte> narrow, Span<ushort> wide);

    /// <summary>The class of one value, as <see cref="Facts.Fact"/> says.</summary>
    public abstract ushort CellOf(long value, TextDictionary texts);

    /// <summary>What <see cref="CellOf"/> does where that is the same look-up for each value, from the beginning and for ever; null where it is not.</summary>
    public virtual CutBuckets? Direct => null;
}
