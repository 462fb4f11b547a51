using System.Globalization;
using System.Text;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Files;

namespace CccRules.Tests.Differential;

/// <summary>Decision tables, deadlines, working days, and lists of nested records.</summary>
internal sealed partial class RandomRules
{
    private static readonly string[] DeadlineStatuses = ["not_applicable", "met", "upcoming", "soon", "overdue"];
    private static readonly string[] Periods = ["1 day", "10 days", "2 weeks", "1 month", "3 months", "1 year", "1 year 1 month"];

    private readonly List<(string Name, string Module, List<RandomName> Fields)> _lists = [];
    private string? _calendar;

    /// <summary>What every calendar of random rules reads: from 2023 to 2025, with some holidays and some weekends that are worked.</summary>
    public static DataFiles Files { get; } = new([new DataFile("r/days.csv", Encoding.UTF8.GetBytes(
        """
        date,off
        2023-02-27,yes
        2024-01-01,yes
        2024-02-10,no
        2024-02-29,yes
        2024-03-01,yes
        2024-03-02,no
        2025-01-01,yes
        2025-12-31,yes

        """))]);

    private void DeclareCalendar()
    {
        _calendar = $"k{_count++}";
        Declare($"calendar {_calendar} \"Working days\" from \"days.csv\"");
    }

    private void DeclareTable()
    {
        _lastNorm = -1;
        var inputs = new List<(RandomType Type, bool AllowsNone, string Text)>();
        Times(1, 3, () =>
        {
            var allowsNone = false;
            var name = Pick(_names.Where(name => name.LastNorm < _normLimit));
            allowsNone = name.AllowsNone;
            var text = Written(name, ref allowsNone);
            inputs.Add((name.Type, allowsNone, text));
        });
        var isCollecting = Chance(0.2);
        var type = isCollecting ? new RandomType(RandomKind.Members, "s") : Pick(RandomType.All.Where(type => type.Kind is RandomKind.YesNo or RandomKind.Number or RandomKind.Text or RandomKind.Date or RandomKind.Member or RandomKind.Country));
        var rows = new List<string>();
        Times(1, 6, () => rows.Add($"  | {string.Join(" | ", inputs.Select(input => Cell(input.Type, input.AllowsNone)))} || {(isCollecting ? Some(type.Members).Replace(", ", "; ", StringComparison.Ordinal) : GivenCell(type))}"));
        var typeText = type.Kind == RandomKind.Number && type.Detail != "CNY" ? $"decimal {type.Units[0]}".TrimEnd() : TypeText(type);
        var column = isCollecting ? $"t{_count++}" : Add("t", type, allowsNone: true);
        Declare($"table b{_count++} \"A table\" {(isCollecting ? "collect" : "first")}\n  match {string.Join(", ", inputs.Select(input => input.Text))}\n  gives {column} : {typeText}\n{string.Join('\n', rows)}{Cites()}");
        if (isCollecting)
        {
            Declare($"category {Add("c", new RandomType(RandomKind.YesNo), allowsNone: false)} when {column} has {Pick(Pick(type.Members), $"any of ({Some(type.Members)})", $"all of ({Some(type.Members)})")}");
        }
    }

    private string GivenCell(RandomType type) => Constant(type, allowsNone: false, type.Kind == RandomKind.Number ? type.Units[0] : null);

    private string Cell(RandomType type, bool allowsNone)
    {
        if (Chance(0.25))
        {
            return "-";
        }

        var text = allowsNone && Chance(0.15) ? "none" : type.Kind switch
        {
            RandomKind.YesNo => Pick("yes", "no"),
            RandomKind.Number => Interval([.. Enumerable.Range(0, 2).Select(_ => _random.Next(0, 12)).Order().Select(number => number.ToString(CultureInfo.InvariantCulture))], Pick(type.Units)),
            RandomKind.Date => Interval([.. new[] { Day(), Day() }.Order(StringComparer.Ordinal)], ""),
            RandomKind.Days => $"{Pick(Orderings)} {_random.Next(1, 40)} {Pick("days", "weeks")}",
            RandomKind.Months => $"{Pick(Orderings)} {_random.Next(1, 40)} {Pick("months", "years")}",
            RandomKind.Text => string.Join("; ", Some(TextConstants[1..4]).Split(", ")),
            RandomKind.Member or RandomKind.Members => string.Join("; ", Some(type.Members).Split(", ")),
            RandomKind.Country => string.Join("; ", Some(CountryCodes).Split(", ")),
            RandomKind.Hs => Pick("85", "8507.60; 9503", "8501.10..8501.64", "8507.60.00.90", "01", "8507; 8501.10"),
            _ => throw new NotSupportedException(type.ToString()),
        };
        return Chance(0.2) ? $"not({text})" : text;
    }

    private string Interval(string[] bounds, string unit) => (_random.Next(4) switch
    {
        0 => $"{Pick(Orderings)} {bounds[0]} {unit}",
        1 => $"[{bounds[0]}..{bounds[1]}] {unit}",
        2 when bounds[0] != bounds[1] => $"[{bounds[0]}..{bounds[1]}) {unit}",
        3 when bounds[0] != bounds[1] => $"({bounds[0]}..{bounds[1]}] {unit}",
        _ => $"{bounds[1]} {unit}",
    }).TrimEnd();

    private void DeclareDeadline()
    {
        _lastNorm = -1;
        var allowsNone = true;
        var date = new RandomType(RandomKind.Date);
        string Date() => Value(date, 1, ref allowsNone);
        var clauses = new List<string>();
        var obligations = _norms.Where(norm => norm is { IsOption: false, IsDeadline: false }).ToList();
        Maybe(0.2, () =>
        {
            if (obligations.Count > 0)
            {
                var norm = Pick(obligations);
                clauses.Add($"for {Qualified(norm.Name, norm.Module)}");
            }
        });
        Maybe(0.5, () => clauses.Add($"when {Condition(1)}"));
        Maybe(0.2, () => clauses.Add($"unless {Condition(1)}"));
        if (Chance(0.35))
        {
            clauses.Add($"due every {Pick(Periods)} after {Date()}{(Chance(0.5) ? $" until {Date()}" : "")}");
            Maybe(0.5, () => clauses.Add($"last done {Date()}"));
        }
        else
        {
            var period = _calendar is not null && Chance(0.3) ? $"{_random.Next(1, 30)} working days" : Pick(Periods);
            clauses.Add($"due {(Chance(0.6) ? $"{period} {Pick("before", "after")} " : "")}{Date()}");
            Maybe(0.6, () => clauses.Add($"met when {(Chance(0.6) ? $"{Date()} {Pick("<=", "<")} due" : Condition(1))}"));
        }

        Maybe(0.5, () => clauses.Add($"remind {Pick("7 days", "2 weeks", "1 month", "90 days")}"));
        Maybe(0.3, () => clauses.Add(Cites().Trim()));
        clauses.RemoveAll(clause => clause.Length == 0);
        var name = $"n{_count++}";
        _norms.Add(new RandomNorm(name, _module, IsOption: false, IsDeadline: true));
        Declare($"deadline {name} \"A deadline\"{string.Concat(clauses.Select(clause => $"\n  {clause}"))}");
    }

    /// <summary>A record of entries, and the line of a field that lists them.</summary>
    private string ListField()
    {
        var fields = new List<RandomName>();
        var lines = new List<string>();
        Times(1, 3, () =>
        {
            var type = AnyType();
            var allowsNone = Chance(0.4);
            fields.Add(new RandomName($"e{_count++}", _module, type, allowsNone, -1));
            lines.Add($"  {fields[^1].Name} : {TypeText(type)}{(allowsNone ? " or none" : "")}");
        });
        var record = $"entry{_count++}";
        Declare($"record {record} \"An entry\"\n{string.Join('\n', lines)}");
        var list = $"l{_count++}";
        _lists.Add((list, _module, fields));
        return $"  {list} : list of {record}";
    }

    /// <summary>A condition on a list.</summary>
    private string ListTest()
    {
        var (name, module, fields) = Pick(_lists);
        var list = Qualified(name, module);
        return _random.Next(3) switch
        {
            0 => $"(any {list} where {EntryCondition(fields)})",
            1 => $"(all {list} where {EntryCondition(fields)})",
            _ => $"((count {list}{(Chance(0.7) ? $" where {EntryCondition(fields)}" : "")}) {Pick([.. Orderings, "="])} {_random.Next(0, 4)})",
        };
    }

    /// <summary>What may be named there: the entry's fields, the record's, questions, and parameters.</summary>
    private string EntryCondition(List<RandomName> fields)
    {
        var others = _names.ToList();
        var (norms, lists) = (_norms.ToList(), _lists.ToList());
        _names.RemoveAll(name => name.Name[0] is not ('f' or 'q' or 'p'));
        _names.AddRange(fields.Select(field => field with { Module = _module }));
        _norms.Clear();
        _lists.Clear();
        var text = Chance(0.6) ? Test(Pick(_names.TakeLast(fields.Count)), 0) : $"({Test(Pick(_names.TakeLast(fields.Count)), 0)} {Pick("and", "or")} {Test(0)})";
        _names.Clear();
        _names.AddRange(others);
        _norms.AddRange(norms);
        _lists.AddRange(lists);
        return text;
    }
}
