using System.Collections.Immutable;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>A byte column is its own classes: each value is one.</summary>
internal sealed class ByteCells(ClassTable classes) : CellMapper(classes)
{
    /// <param name="cells">Values that the column can hold, with missing and none.</param>
    public static ByteCells Create(ImmutableArray<ColumnTest> tests, int cells, RuleTables tables)
    {
        var classes = new ClassTable(tests.Length);
        for (var cell = 0; cell < Math.Min(cells, ClassTable.MostNarrow); cell++)
        {
            ClassOf(ColumnCells.Fact((byte)cell), tests, tables, (certain, possible) => classes.Add(certain, possible));
        }

        return new ByteCells(classes);
    }

    public override ReadOnlySpan<byte> Map(in ColumnView column, int first, TextDictionary texts, Span<byte> narrow, Span<ushort> wide) =>
        column.Bytes.Slice(first, narrow.Length);

    public override ushort CellOf(long value, TextDictionary texts) => (ushort)(value <= Fact.None ? value - Fact.Missing : value + 2);

    /// <summary>Makes the class of a value by asking each test.</summary>
    internal static int ClassOf(long value, ImmutableArray<ColumnTest> tests, RuleTables tables, ClassMaker make)
    {
        var certain = new ulong[(tests.Length + 63) / 64];
        var possible = new ulong[certain.Length];
        for (var test = 0; test < tests.Length; test++)
        {
            ClassTable.SetAnswer(certain, possible, test, PlainKernels.Test(value, tests[test], tables, NoTexts));
        }

        return make(certain, possible);
    }

    public override CutBuckets Direct => CutBuckets.OfEach(Classes.Count - 2);

    private static readonly TextDictionary NoTexts = new();
}

/// <summary>Makes a class of answers.</summary>
internal delegate int ClassMaker(ReadOnlySpan<ulong> certain, ReadOnlySpan<ulong> possible);
