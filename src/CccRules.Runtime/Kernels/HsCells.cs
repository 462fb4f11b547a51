using System.Collections.Immutable;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Kernels;

/// <summary>
/// HS codes: the sets' bounds cut the line of 13-digit codes into stretches with known answers; a code with fewer digits covers
/// several and is certain where all of them are, possible where one is. Files repeat few codes, so each code's class is remembered.
/// </summary>
internal sealed class HsCells : CellMapper
{
    /// <summary>Codes that are remembered, and words that their classes may take, before everything is forgotten and learnt anew.</summary>
    private const int MostCodes = 1 << 17;
    private const int MostWords = 1 << 20;

    private const int MissingClass = 0;
    private const int NoneClass = 1;

    private readonly long[] _cuts;
    private readonly ulong[] _stretches;
    private readonly ulong[] _none;
    private readonly ulong[] _all;
    private readonly ulong[] _certain;
    private readonly ulong[] _possible;
    private long[] _codes;
    private ushort[] _classes;
    private int _known;

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

        _codes = new long[1024];
        _classes = new ushort[1024];
        Forget();
    }

    public static HsCells Create(ImmutableArray<ColumnTest> tests, RuleTables tables)
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

        return new HsCells(tests.Length, sorted, stretches, none);
    }

    public override ReadOnlySpan<byte> Map(in ColumnView column, int first, TextDictionary texts, Span<byte> narrow, Span<ushort> wide)
    {
        if (_known + wide.Length > MostCodes || Classes.Count * Classes.Words > MostWords || Classes.Count + wide.Length > ushort.MaxValue)
        {
            Forget();
        }

        var codes = column.Longs.Slice(first, wide.Length);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = ClassOf(codes[i]);
        }

        if (!Classes.IsNarrow)
        {
            return [];
        }

        ClassTester.Narrow(wide, narrow);
        return narrow;
    }

    private ushort ClassOf(long code)
    {
        var (codes, classes) = (_codes, _classes);
        var mask = codes.Length - 1;
        for (var at = Hash(code) & mask; ; at = (at + 1) & mask)
        {
            if (codes[at] == code)
            {
                return classes[at];
            }

            // Missing is where nothing is: its class is in every empty place.
            if (codes[at] == Fact.Missing)
            {
                return Learn(code, at);
            }
        }
    }

    private ushort Learn(long code, int at)
    {
        var learnt = (ushort)(code == Fact.None ? NoneClass : Classify(code));
        (_codes[at], _classes[at]) = (code, learnt);
        if (++_known * 2 > _codes.Length)
        {
            Grow();
        }

        return learnt;
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

    private void Grow()
    {
        var (codes, classes) = (_codes, _classes);
        _codes = new long[2 * codes.Length];
        _classes = new ushort[2 * codes.Length];
        Array.Fill(_codes, Fact.Missing);
        var mask = _codes.Length - 1;
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] != Fact.Missing)
            {
                var at = Hash(codes[i]) & mask;
                while (_codes[at] != Fact.Missing)
                {
                    at = (at + 1) & mask;
                }

                (_codes[at], _classes[at]) = (codes[i], classes[i]);
            }
        }
    }

    private void Forget()
    {
        Array.Fill(_codes, Fact.Missing);
        Array.Fill(_classes, (ushort)MissingClass);
        _known = 0;
        Classes.Clear();
        Array.Clear(_certain);
        Classes.Add(_certain, _all);
        Classes.Add(_none, _none);
    }

    private static int Hash(long code) => (int)((ulong)code * 0x9E3779B97F4A7C15 >> 40);
}
