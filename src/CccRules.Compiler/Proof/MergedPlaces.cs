using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CccRules.Compiler.Ir;

namespace CccRules.Compiler.Proof;

/// <summary>
/// Where the entries of a module stand among those of the merged one. What the second module says in the same words as the first has
/// one place, the first's: then what did not change is known to be the same, whether or not a proof looks into it.
/// <code>
/// old  v4 = months(v1, v2)   a2 = v4 >= 3   n7 = a2
/// new  v9 = months(v6, v7)   a5 = v9 >= 3   n9 = a5      where v6, v7 are v1, v2:  v9 is v4, a5 is a2, n9 is n7
/// </code>
/// </summary>
/// <remarks>Only references are led to the shared place; the second's own entries still stand behind the first's.</remarks>
internal sealed class MergedPlaces
{
    private MergedPlaces(IrModule module, IrModule? before)
    {
        FirstNorm = before?.Norms.Length ?? 0;
        Values = Places(module.Values.Length, before?.Values.Length);
        Atoms = Places(module.Atoms.Length, before?.Atoms.Length);
        Logic = Places(module.Logic.Length, before?.Logic.Length);
        Norms = Places(module.Norms.Length, before?.Norms.Length);
        Steps = Places(module.StepTables.Length, before?.StepTables.Length);
        Tables = Places(module.Tables.Length, before?.Tables.Length);
        Calendars = Places(module.Calendars.Length, before?.Calendars.Length);
    }

    /// <summary>Where the first of the module's own norms stands.</summary>
    public int FirstNorm { get; }

    public int[] Values { get; }

    public int[] Atoms { get; }

    public int[] Logic { get; }

    public int[] Norms { get; }

    public int[] Steps { get; }

    public int[] Tables { get; }

    public int[] Calendars { get; }

    public static MergedPlaces OfFirst(IrModule module) => new(module, null);

    public static MergedPlaces OfSecond(IrModule module, IrModule first) => new(module, first);

    /// <summary>Leads references to what the first has as well. A guard of a value stands among the conditions, and these among the values: so until nothing is new.</summary>
    /// <param name="first">The first module, moved.</param>
    /// <param name="tables">The tables of the second, moved.</param>
    /// <param name="moved">The second module, moved to the places that are known so far.</param>
    public void Share(IrModule first, ImmutableArray<IrTable> tables, IrModule second, ModuleMerge moved)
    {
        Lead(Steps, Entries(first.StepTables, Text), i => Text(second.StepTables[i]));
        Lead(Tables, Entries(first.Tables, Text), i => Text(tables[i]));
        Lead(Calendars, Entries(first.Calendars, Translator.CalendarKey), i => Translator.CalendarKey(second.Calendars[i]));
        var values = Entries(first.Values, value => value);
        var atoms = Entries(first.Atoms, atom => atom);
        var logic = Entries(first.Logic, node => node);
        var norms = Entries(first.Norms, Conditions);
        while (Lead(Values, values, i => moved.Move(second.Values[i], i))
            | Lead(Atoms, atoms, i => moved.Move(second.Atoms[i]))
            | Lead(Logic, logic, i => moved.Move(second.Logic[i]))
            | Lead(Norms, norms, i => Conditions(moved.Move(second.Norms[i]))))
        {
        }
    }

    private static bool Lead<T>(int[] places, Dictionary<T, int> first, Func<int, T> second)
        where T : notnull
    {
        var isNew = false;
        for (var i = 0; i < places.Length; i++)
        {
            if (first.TryGetValue(second(i), out var place) && places[i] != place)
            {
                places[i] = place;
                isNew = true;
            }
        }

        return isNew;
    }

    private static Dictionary<TKey, int> Entries<T, TKey>(ImmutableArray<T> entries, Func<T, TKey> key)
        where TKey : notnull
    {
        var places = new Dictionary<TKey, int>();
        for (var i = 0; i < entries.Length; i++)
        {
            places.TryAdd(key(entries[i]), i);
        }

        return places;
    }

    private static int[] Places(int count, int? before) => [.. Enumerable.Range(before ?? 0, count)];

    /// <summary>All that a norm's statuses hang on.</summary>
    private static string Conditions(Runtime.Schema.NormSchema norm) => string.Create(
        CultureInfo.InvariantCulture,
        $"{norm.QualifiedName} {norm.Kind} {norm.Applies} {norm.Exempted} {norm.InForce} {norm.Fulfilled} {norm.Date} {norm.Deadline}");

    private static string Text(IrStepTable steps) =>
        string.Join(' ', steps.Entries.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.FromDay}:{entry.Value}")));

    private static string Text(IrTable table)
    {
        var text = new StringBuilder().AppendJoin(' ', table.Outputs);
        foreach (var row in table.Rows)
        {
            text.Append('\n').AppendJoin('|', row.Cells.Select(Text)).Append("||").AppendJoin('|', row.Given.Select(given => given.Text is { } quoted ? Quoted(quoted) : given.Number?.ToString(CultureInfo.InvariantCulture)));
        }

        return text.ToString();
    }

    private static string Text(IrCell? cell) => cell switch
    {
        IrIntervalCell intervals => $"[{string.Join(' ', intervals.Bounds)}]{intervals.IncludesNone}",
        IrMaskCell mask => string.Create(CultureInfo.InvariantCulture, $"&{mask.Mask} {mask.IsNegated} {mask.IncludesNone}"),
        IrTextCell texts => $"{string.Join(' ', texts.Texts.Select(Quoted))} {texts.IsNegated} {texts.IncludesNone}",
        _ => "",
    };

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
