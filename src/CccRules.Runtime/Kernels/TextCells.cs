using System.Collections.Immutable;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Kernels;

/// <summary>Texts: each text of a dictionary is tested once and its class remembered under its code.</summary>
internal sealed class TextCells : CellMapper
{
    private readonly ImmutableArray<ColumnTest> _tests;
    private readonly RuleTables _tables;
    private readonly ulong[] _certain;
    private readonly ulong[] _possible;
    private ushort[] _classOfCode = new ushort[64];
    private int _known;
    private TextDictionary? _dictionary;
    private int _generation;

    private TextCells(ImmutableArray<ColumnTest> tests, RuleTables tables)
        : base(new ClassTable(tests.Length))
    {
        _tests = tests;
        _tables = tables;
        _certain = new ulong[Classes.Words];
        _possible = new ulong[Classes.Words];
        Forget();
    }

    public static TextCells Create(ImmutableArray<ColumnTest> tests, RuleTables tables) => new(tests, tables);

    public override ReadOnlySpan<byte> Map(in ColumnView column, int first, TextDictionary texts, Span<byte> narrow, Span<ushort> wide)
    {
        Learn(texts);
        var codes = column.Ints.Slice(first, wide.Length);
        var classOfCode = _classOfCode;
        for (var i = 0; i < wide.Length; i++)
        {
            // Missing and none, the two smallest numbers, come first. Rows beyond the count may hold codes of forgotten texts.
            var place = (long)codes[i] < 0 ? codes[i] - int.MinValue : codes[i] + 2L;
            wide[i] = classOfCode[Math.Min(place, classOfCode.Length - 1)];
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
        Learn(texts);
        return _classOfCode[value <= Fact.None ? value - Fact.Missing : value + 2];
    }

    private void Learn(TextDictionary texts)
    {
        if (texts != _dictionary || texts.Generation != _generation || Classes.Count > ushort.MaxValue / 2)
        {
            Forget();
            _dictionary = texts;
            _generation = texts.Generation;
        }

        if (_classOfCode.Length < texts.Count + 2)
        {
            Array.Resize(ref _classOfCode, 2 * (texts.Count + 2));
        }

        for (; _known < texts.Count; _known++)
        {
            _classOfCode[_known + 2] = ClassOf(_known, texts);
        }
    }

    private ushort ClassOf(long fact, TextDictionary texts)
    {
        Array.Clear(_certain);
        Array.Clear(_possible);
        for (var test = 0; test < _tests.Length; test++)
        {
            ClassTable.SetAnswer(_certain, _possible, test, PlainKernels.Test(fact, _tests[test], _tables, texts));
        }

        return (ushort)(fact == Fact.Missing ? Classes.Add(_certain, _possible) : Classes.Intern(_certain, _possible));
    }

    private void Forget()
    {
        _known = 0;
        Classes.Clear();
        var none = new TextDictionary();
        _classOfCode[0] = ClassOf(Fact.Missing, none);
        _classOfCode[1] = ClassOf(Fact.None, none);
    }
}
