using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Files;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Binding;

/// <summary>Calendars from files: JSON of one year each, or a CSV file of days.</summary>
internal sealed class CalendarBinder(Scope scope, DataFiles files, DiagnosticBag bag)
{
    /// <summary>The calendar; null (and a message) where its files do not give one.</summary>
    public BoundCalendar? Bind(CalendarSymbol calendar)
    {
        var syntax = (CalendarDeclarationSyntax)calendar.Syntax;
        var days = new SortedDictionary<long, bool>();
        var years = new SortedSet<int>();
        var isSound = true;
        foreach (var name in syntax.Files.SelectMany(clause => clause.Paths))
        {
            isSound &= Read(name, days, years);
        }

        if (!syntax.Files.Any())
        {
            bag.Add(NameDiagnostics.MissingClause(calendar.Location, $"the calendar `{calendar.Name}`", "`from \"FILE\"`"));
        }

        if (!isSound || years.Count == 0)
        {
            return null;
        }

        for (var year = years.Min; year <= years.Max; year++)
        {
            if (!years.Contains(year))
            {
                bag.Add(DeadlineDiagnostics.CalendarYears(calendar.Location, calendar, year));
                return null;
            }
        }

        return new BoundCalendar(
            calendar,
            CivilDate.FromYearMonthDay(years.Min, 1, 1),
            CivilDate.FromYearMonthDay(years.Max, 12, 31),
            [.. days.Where(day => day.Value && !IsWeekend(day.Key)).Select(day => day.Key)],
            [.. days.Where(day => !day.Value && IsWeekend(day.Key)).Select(day => day.Key)]);
    }

    /// <summary>Day 0, 0001-01-01, is a Monday.</summary>
    private static bool IsWeekend(long day) => day % 7 >= 5;

    private bool Read(SyntaxToken name, SortedDictionary<long, bool> days, SortedSet<int> years)
    {
        if (files.Find(scope.Text, name, bag) is not { } file)
        {
            return false;
        }

        var (read, fault) = CalendarFile.Read(file);
        if (fault is not null || read is null)
        {
            bag.Add(TableDiagnostics.FileUnreadable(fault?.At ?? scope.Text.GetLocation(name.Span), fault?.What ?? "", fault?.WayOut ?? "", scope.Text.GetLocation(name.Span)));
            return false;
        }

        foreach (var (day, isOff) in read.Days)
        {
            days[day] = isOff;
        }

        years.UnionWith(read.Years);
        return true;
    }
}
