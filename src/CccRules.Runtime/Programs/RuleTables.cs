using System.Collections.Frozen;
using System.Text.RegularExpressions;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Lookups;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Runtime.Programs;

/// <summary>
/// <see cref="ProgramTables"/> made ready for use: arrays, hash sets and regular expressions. Immutable; one instance
/// serves any number of threads.
/// </summary>
public sealed class RuleTables
{
    public RuleTables(ProgramTables tables)
    {
        Schema = tables;
        Sets = [.. tables.Sets.Select(set => set.ToArray())];
        WideSets = [.. tables.WideSets.Select(set => set.Select(bound => new Int128((ulong)bound.Upper, (ulong)bound.Lower)).ToArray())];
        Texts = [.. tables.Texts];
        TextSets = [.. tables.TextSets.Select(set => set.ToFrozenSet(StringComparer.Ordinal))];
        // Without backtracking, so that no pattern and no text can make a match slow.
        Patterns = [.. tables.Patterns.Select(pattern => new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))];
        Steps = [.. tables.Steps.Select(table => table.ToArray())];
        RecordSteps = [.. tables.RecordSteps.Select(steps => steps.ToArray())];
        Calendars = [.. tables.Calendars.Select(calendar => new WorkingCalendar(calendar))];
        Lookups = [.. tables.Lookups.Select(lookup => new LookupTable(lookup))];
    }

    internal ProgramTables Schema { get; }

    internal long[][] Sets { get; }

    internal Int128[][] WideSets { get; }

    internal string[] Texts { get; }

    internal FrozenSet<string>[] TextSets { get; }

    internal Regex[] Patterns { get; }

    internal long[][] Steps { get; }

    internal int[][] RecordSteps { get; }

    internal WorkingCalendar[] Calendars { get; }

    internal LookupTable[] Lookups { get; }

    /// <summary>The value that stands for a text constant: below zero, where no code of a dictionary is.</summary>
    public static long ConstantText(int text) => -text - 1;

    /// <summary>The text of a known text value: a code of the dictionary, or a constant.</summary>
    internal string TextOf(long value, TextDictionary texts)
    {
        if (value < 0)
        {
            return Texts[(int)(-value - 1)];
        }

        // Rows beyond a batch's count are computed and ignored: they may hold codes of texts that are forgotten.
        return value < texts.Count ? texts[(int)value] : "";
    }
}
