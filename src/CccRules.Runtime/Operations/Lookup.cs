using System.Runtime.CompilerServices;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Operations;

/// <summary>A look-up in a decision table, its inputs added one by one. Called by emitted code.</summary>
public ref struct Lookup(RuleTables tables, int table, TextDictionary texts)
{
    /// <summary>Inputs that a table can have.</summary>
    public const int MostInputs = 12;

    private readonly RuleTables _tables = tables;
    private readonly TextDictionary _texts = texts;
    private readonly int _table = table;
    private InputValues _values;
    private InputTexts _names;
    private int _count;

    /// <summary>Adds the next input, as <see cref="Fact"/> says.</summary>
    public void Add(long value)
    {
        if (Fact.IsKnown(value) && _tables.Schema.Lookups[_table].Inputs[_count].Kind == LookupKind.Text)
        {
            _names[_count] = _tables.TextOf(value, _texts);
        }

        _values[_count++] = value;
    }

    /// <summary>What the table gives; none where no row holds, missing where that is open.</summary>
    public readonly long Find(int output) => _tables.Lookups[_table].Find(output, ((ReadOnlySpan<long>)_values)[.._count], ((ReadOnlySpan<string?>)_names)[.._count]);

    /// <summary>The inputs that a missing output hangs on, a bit each.</summary>
    internal readonly int OpenInputs(int output) =>
        _tables.Lookups[_table].OpenInputs(output, ((ReadOnlySpan<long>)_values)[.._count], ((ReadOnlySpan<string?>)_names)[.._count]);

    [InlineArray(MostInputs)]
    private struct InputValues
    {
        private long _first;
    }

    [InlineArray(MostInputs)]
    private struct InputTexts
    {
        private string? _first;
    }
}
