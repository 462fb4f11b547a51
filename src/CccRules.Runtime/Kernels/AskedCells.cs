using System.Collections.Immutable;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>Each value's class by asking every test, remembered by value: the mapper that is obviously right, for any kind of column.</summary>
internal sealed class AskedCells(ImmutableArray<ColumnTest> tests, RuleTables tables) : CellMapper(new ClassTable(tests.Length))
{
    private const int MostValues = 1 << 14;

    private readonly Dictionary<string, ushort> _classOfText = new(StringComparer.Ordinal);
    private readonly Dictionary<long, ushort> _classOfValue = [];

    public override ReadOnlySpan<byte> Map(in ColumnView column, int first, TextDictionary texts, Span<byte> narrow, Span<ushort> wide)
    {
        if (_classOfText.Count + _classOfValue.Count > MostValues)
        {
            _classOfText.Clear();
            _classOfValue.Clear();
            Classes.Clear();
        }

        for (var row = 0; row < wide.Length; row++)
        {
            wide[row] = ClassOf(column.Fact(first + row), texts);
        }

        return [];
    }

    public override ushort CellOf(long value, TextDictionary texts) => ClassOf(value, texts);

    private ushort ClassOf(long value, TextDictionary texts)
    {
        // A text's code may mean another text in the next batch.
        if (Fact.IsKnown(value) && tests[0].Kind is ColumnTestKind.TextInSet or ColumnTestKind.Matches)
        {
            var text = tables.TextOf(value, texts);
            return _classOfText.TryGetValue(text, out var known) ? known : _classOfText[text] = Learn(value, texts);
        }

        return _classOfValue.TryGetValue(value, out var @class) ? @class : _classOfValue[value] = Learn(value, texts);
    }

    private ushort Learn(long value, TextDictionary texts)
    {
        var (certain, possible) = (new ulong[Classes.Words], new ulong[Classes.Words]);
        for (var test = 0; test < tests.Length; test++)
        {
            ClassTable.SetAnswer(certain, possible, test, PlainKernels.Test(value, tests[test], tables, texts));
        }

        return (ushort)Classes.Intern(certain, possible);
    }
}
