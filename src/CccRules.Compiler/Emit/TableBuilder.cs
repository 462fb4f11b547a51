using System.Collections.Immutable;
using System.Numerics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>Collects the sets, texts and steps that emitted code refers to by position; equal ones are kept once.</summary>
internal sealed class TableBuilder
{
    private readonly Dictionary<IrList<long>, int> _sets = [];
    private readonly Dictionary<IrList<WideNumber>, int> _wideSets = [];
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<IrList<string>, int> _textSets = [];
    private readonly Dictionary<string, int> _patterns = new(StringComparer.Ordinal);
    private readonly Dictionary<IrList<long>, int> _steps = [];
    private readonly ImmutableArray<ImmutableArray<int>>.Builder _recordSteps = ImmutableArray.CreateBuilder<ImmutableArray<int>>();

    public int Set(ImmutableArray<long> bounds) => Intern(_sets, new IrList<long>(bounds));

    /// <summary>A set for values of 64 bits: what lies outside can never be met and is cut off.</summary>
    public int Set(IrList<BigInteger> bounds)
    {
        var result = ImmutableArray.CreateBuilder<long>();
        for (var i = 0; i < bounds.Items.Length; i += 2)
        {
            var lower = BigInteger.Max(bounds.Items[i], long.MinValue + 2);
            var upper = BigInteger.Min(bounds.Items[i + 1], long.MaxValue);
            if (lower <= upper)
            {
                result.Add((long)lower);
                result.Add((long)upper);
            }
        }

        return Set(result.ToImmutable());
    }

    /// <summary>A set for values of 128 bits.</summary>
    public int WideSet(IrList<BigInteger> bounds)
    {
        var result = ImmutableArray.CreateBuilder<WideNumber>();
        for (var i = 0; i < bounds.Items.Length; i += 2)
        {
            var lower = BigInteger.Max(bounds.Items[i], (BigInteger)Int128.MinValue + 2);
            var upper = BigInteger.Min(bounds.Items[i + 1], (BigInteger)Int128.MaxValue);
            if (lower <= upper)
            {
                result.Add(Number(lower));
                result.Add(Number(upper));
            }
        }

        return Intern(_wideSets, new IrList<WideNumber>(result.ToImmutable()));
    }

    public int Text(string text) => Intern(_texts, text);

    public int TextSet(IrList<string> texts) => Intern(_textSets, texts);

    public int Pattern(string pattern) => Intern(_patterns, pattern);

    public int Steps(IrStepTable table) =>
        Intern(_steps, new IrList<long>([.. table.Entries.SelectMany(entry => new[] { entry.FromDay, entry.Value })]));

    /// <summary>Steps of <see cref="Runtime.Programs.RecordStep"/>.</summary>
    public int RecordSteps(ImmutableArray<int> steps)
    {
        _recordSteps.Add(steps);
        return _recordSteps.Count - 1;
    }

    public ProgramTables Build(ImmutableArray<CalendarSchema> calendars, ImmutableArray<LookupSchema> lookups, ImmutableArray<ColumnTests> tests, ImmutableArray<int> categoryPlanes, int planeCount) => new()
    {
        Calendars = calendars,
        Lookups = lookups,
        Sets = [.. InOrder(_sets).Select(set => set.Items)],
        WideSets = [.. InOrder(_wideSets).Select(set => set.Items)],
        Texts = [.. InOrder(_texts)],
        TextSets = [.. InOrder(_textSets).Select(set => set.Items)],
        Patterns = [.. InOrder(_patterns)],
        Steps = [.. InOrder(_steps).Select(steps => steps.Items)],
        RecordSteps = _recordSteps.ToImmutable(),
        Tests = tests,
        CategoryPlanes = categoryPlanes,
        PlaneCount = planeCount,
    };

    private static WideNumber Number(BigInteger number)
    {
        var bits = unchecked((UInt128)(Int128)number);
        return new WideNumber((long)(ulong)(bits >> 64), (long)(ulong)bits);
    }

    private static int Intern<T>(Dictionary<T, int> table, T entry)
        where T : notnull
    {
        if (!table.TryGetValue(entry, out var position))
        {
            position = table.Count;
            table.Add(entry, position);
        }

        return position;
    }

    private static IEnumerable<T> InOrder<T>(Dictionary<T, int> table)
        where T : notnull => table.OrderBy(entry => entry.Value).Select(entry => entry.Key);
}
