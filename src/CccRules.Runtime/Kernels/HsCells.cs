using System.Collections.Immutable;
using System.Numerics;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Kernels;

/// <summary>
/// HS codes: the sets' bounds cut the line of 13-digit codes into stretches with known answers; a code with fewer digits covers
/// several and is certain where all of them are, possible where one is. Files repeat few codes, so each code's class is remembered.
/// </summary>
internal sealed class HsCells<TForm> : CellMapper
    where TForm : struct, IVectorForm
{
    /// <summary>Codes that are remembered, and words that their classes may take, before everything is forgotten and learnt anew.</summary>
    private const int MostCodes = 1 << 17;
    private const int MostWords = 1 << 22;

    private const int MissingClass = 0;
    private const int NoneClass = 1;

    private readonly long[] _cuts;
    private readonly ulong[] _stretches;
    private readonly ulong[] _none;
    private readonly ulong[] _all;
    private readonly ulong[] _certain;
    private readonly ulong[] _possible;
    private readonly CodeTable _known = new();

    private HsCells(int tests, long[] cuts, ulong[] stretches, ulong[] none)
        : base(new ClassTable(tests))
    {
        _cuts = cuts;
        _stretches = stretches;
        _none = none;
        _certain = new ulong[Classes.Words];
        _possible = new ulong[Classes.Words];
        _all = new ulong[Classes.Words];
        for (var test = 0; test < tests; test++)
        {
            _all[test >> 6] |= 1UL << test;
        }

        Forget();
    }

    public static HsCells<TForm> Create(ImmutableArray<ColumnTest> tests, RuleTables tables)
    {
        var cuts = new SortedSet<long> { long.MinValue };
        foreach (var test in tests)
        {
            var bounds = tables.Sets[test.Table];
            for (var i = 0; i < bounds.Length; i += 2)
            {
                cuts.Add(bounds[i]);
                cuts.Add(bounds[i + 1] + 1);
            }
        }

        long[] sorted = [.. cuts];
        var words = (tests.Length + 63) / 64;
        var stretches = new ulong[sorted.Length * words];
        var none = new ulong[words];
        for (var test = 0; test < tests.Length; test++)
        {
            none[test >> 6] |= tests[test].IncludesNone ? 1UL << test : 0;
            var bounds = tables.Sets[tests[test].Table];
            for (var i = 0; i < bounds.Length; i += 2)
            {
                var last = Array.BinarySearch(sorted, bounds[i + 1] + 1);
                for (var stretch = Array.BinarySearch(sorted, bounds[i]); stretch < last; stretch++)
                {
                    stretches[(stretch * words) + (test >> 6)] |= 1UL << test;
                }
            }
        }

        return new HsCells<TForm>(tests.Length, sorted, stretches, none);
    }

    public override ReadOnlySpan<byte> Map(in ColumnView column, int first, TextDictionary texts, Span<byte> narrow, Span<ushort> wide)
    {
        ForgetIfFull(wide.Length);

        var codes = column.Longs.Slice(first, wide.Length);
        for (var row = 0; row < wide.Length; row += 64)
        {
            ref readonly var part = ref codes.Slice(row, 64)[0];
            Ahead.Ask(in part);
            var unknown = ~TForm.FindCodes(in part, _known, ref wide.Slice(row, 64)[0]);
            for (; unknown != 0; unknown &= unknown - 1)
            {
                var at = row + BitOperations.TrailingZeroCount(unknown);
                wide[at] = ClassOf(codes[at]);
            }
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
        ForgetIfFull(1);
        return ClassOf(value);
    }

    private void ForgetIfFull(int coming)
    {
        if (_known.Count + coming > MostCodes || Classes.Count * Classes.Words > MostWords || Classes.Count + coming > ushort.MaxValue)
        {
            Forget();
        }
    }

    /// <summary>The class of a code that is not in its first place: in a later one, or new.</summary>
    private ushort ClassOf(long code)
    {
        if (!_known.TryFind(code, out var @class))
        {
            @class = (ushort)(code switch { Fact.Missing => MissingClass, Fact.None => NoneClass, _ => Classify(code) });
            _known.Add(code, @class);
        }

        return @class;
    }

    private int Classify(long code)
    {
        var (lower, upper) = HsCodeRange.Of(code);
        var first = StretchOf(lower);
        var last = StretchOf(upper);
        var words = Classes.Words;
        _stretches.AsSpan(first * words, words).CopyTo(_certain);
        _stretches.AsSpan(first * words, words).CopyTo(_possible);
        for (var stretch = first + 1; stretch <= last; stretch++)
        {
            for (var word = 0; word < words; word++)
            {
                _certain[word] &= _stretches[(stretch * words) + word];
                _possible[word] |= _stretches[(stretch * words) + word];
            }
        }

        return Classes.Intern(_certain, _possible);
    }

    private int StretchOf(long code)
    {
        var found = Array.BinarySearch(_cuts, code);
        return found >= 0 ? found : ~found - 1;
    }

    private void Forget()
    {
        _known.Clear();
        Classes.Clear();
        Array.Clear(_certain);
        Classes.Add(_certain, _all);
        Classes.Add(_none, _none);
    }
}
