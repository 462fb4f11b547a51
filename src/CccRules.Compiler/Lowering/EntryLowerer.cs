using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Lowering;

/// <summary>
/// Conditions on the entries of lists. Each list becomes a module that judges one entry; what it finds of all entries are facts of the record:
/// <code>
/// any certificates where valid_until &gt;= made_on    →    fact 7 = any of category 0 over the entries
///                                                         category 0 of an entry: valid_until &gt;= made_on
/// </code>
/// </summary>
internal static class EntryLowerer
{
    public static ImmutableArray<IrEntryModule> Lower(BoundRuleset ruleset, ImmutableArray<FactSchema> facts, ImmutableDictionary<Symbol, int> index) =>
    [
        .. ruleset.ListCalls.GroupBy(call => call.Fact.List).OrderBy(group => index[group.Key]).Select(group => Lower(ruleset, group.Key, [.. group], facts, index)),
    ];

    private static IrEntryModule Lower(BoundRuleset ruleset, FieldSymbol list, ImmutableArray<BoundListCall> calls, ImmutableArray<FactSchema> facts, ImmutableDictionary<Symbol, int> index)
    {
        var fields = list.Entry?.Fields ?? throw new UnreachableException();
        var own = fields.Select((field, position) => FactTable.Of(field, position));
        ImmutableArray<FactSchema> all = [.. own, .. facts.Select(fact => fact with { Index = fact.Index + fields.Length })];
        var positions = index.ToImmutableDictionary(entry => entry.Key, entry => entry.Value + fields.Length)
            .AddRange(fields.Select((field, position) => KeyValuePair.Create<Symbol, int>(field, position)));
        var builder = new IrBuilder();
        ConditionLowerer? conditions = null;
        var values = new ValueLowerer(builder, positions, all.Length - 1)
        {
            Calendars = CalendarsOf(ruleset),
            Condition = expression => conditions?.Lower(expression) ?? throw new UnreachableException(),
        };
        conditions = new ConditionLowerer(builder, ImmutableDictionary<NormSymbol, int>.Empty) { Values = values };
        var categories = ImmutableArray.CreateBuilder<CategorySchema>();
        var derived = ImmutableArray.CreateBuilder<DerivedFact>();
        foreach (var call in calls)
        {
            derived.Add(new DerivedFact(index[call.Fact], call.Word, call.Condition is null ? -1 : categories.Count));
            if (call.Condition is { } condition)
            {
                categories.Add(new CategorySchema { Name = call.Fact.Name, Title = call.Fact.Name, Node = conditions.Lower(condition) });
            }
        }

        var module = new IrModule
        {
            Facts = all,
            Values = builder.Values,
            Atoms = builder.Atoms,
            Logic = builder.Logic,
            StepTables = builder.StepTables,
            Norms = [],
            Categories = categories.ToImmutable(),
            Modules = [],
            Calendars = CalendarSchemas(ruleset),
        };
        return new IrEntryModule(index[list], fields.Length, module, derived.ToImmutable());
    }

    /// <summary>Positions of calendars, the same in every module.</summary>
    public static ImmutableDictionary<CalendarSymbol, int> CalendarsOf(BoundRuleset ruleset) =>
        ruleset.Calendars.Select((calendar, index) => (calendar.Calendar, index)).ToImmutableDictionary(entry => entry.Calendar, entry => entry.index);

    public static ImmutableArray<CalendarSchema> CalendarSchemas(BoundRuleset ruleset) =>
        [.. ruleset.Calendars.Select(calendar => new CalendarSchema(calendar.Calendar.QualifiedName, calendar.FirstDay, calendar.LastDay, calendar.DaysOff, calendar.WorkingWeekends))];
}
