using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Text;
using Ways = CccRules.Compiler.Diagnostics.Fixes;

namespace CccRules.Compiler.Binding;

/// <summary>What deadlines and calendars can have wrong: CCC504x. One method a message.</summary>
internal static class DeadlineDiagnostics
{
    private static readonly DiagnosticDescriptor WhichCalendarRule =
        new("CCC5040", "which-calendar", DiagnosticSeverity.Error, "Working days without a calendar, or with several");

    private static readonly DiagnosticDescriptor WorkingDaysAloneRule =
        new("CCC5041", "working-days-alone", DiagnosticSeverity.Error, "Working days where a date is moved by other time as well, or not at all");

    private static readonly DiagnosticDescriptor CalendarYearsRule =
        new("CCC5042", "calendar-years", DiagnosticSeverity.Error, "A calendar that lacks years between others");

    private static readonly DiagnosticDescriptor PeriodRule =
        new("CCC5043", "period", DiagnosticSeverity.Error, "A period in which nothing can be due");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        WhichCalendarRule,
        WorkingDaysAloneRule,
        CalendarYearsRule,
        PeriodRule,
    ];

    public static Diagnostic WhichCalendar(TextLocation at, IEnumerable<string> calendars) =>
        new(WhichCalendarRule, at, calendars.Any() ? "working days of which calendar is open here" : "working days need a calendar, and none is in sight")
        {
            Fixes =
            [
                .. calendars.Order(StringComparer.Ordinal).Take(3).Select(name => Ways.Insert(at.Text.GetLocation(new TextSpan(at.Span.End, 0)), $" of {name}", $"write `{at.SpanText} of {name}`")),
                .. calendars.Any() ? ImmutableArray<Fix>.Empty : [Ways.Advice("declare one with `calendar NAME from \"FILE\"`, or `use` the ruleset that has it")],
            ],
        };

    public static Diagnostic WorkingDaysAlone(TextLocation at) =>
        new(WorkingDaysAloneRule, at, "working days move a date by themselves, not with other time")
        {
            Fixes = [Ways.Advice("write `DATE + 20 working days`; name the result with `define` and move it further")],
        };

    public static Diagnostic CalendarYears(TextLocation at, CalendarSymbol calendar, int missing) =>
        new(CalendarYearsRule, at, $"the calendar `{calendar.Name}` lacks the year {missing}")
        {
            Fixes = [Ways.Advice("add the file of that year, or leave out the years before it")],
        };

    public static Diagnostic Period(TextLocation at, string problem) =>
        new(PeriodRule, at, problem)
        {
            Fixes = [Ways.Advice("write days and weeks, or months and years: `every 12 months`")],
        };
}
