using System.Collections.Immutable;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Differential;

/// <summary>
/// Well-typed rules as text from a seed: every declaration, type and operator, in one file or two. Names stand before or after
/// those that use them; nothing needs itself.
/// </summary>
internal sealed partial class RandomRules
{
    private const string Main = "r.main";
    private const string Base = "r.base";

    private readonly Random _random;
    private readonly bool _isSplit;
    private readonly List<RandomName> _names = [];
    private readonly List<RandomNorm> _norms = [];

    /// <summary>Definitions that nothing uses yet: what nothing uses no answer shows.</summary>
    private readonly List<RandomName> _unseen = [];

    private readonly List<(string Module, string Text)> _declarations = [];
    private readonly int _sources;
    private string _module;

    /// <summary>Names that depend on this norm or a later one may not be used.</summary>
    private int _normLimit = int.MaxValue;

    /// <summary>The last norm that the text under construction depends on.</summary>
    private int _lastNorm = -1;

    private int _count;

    private RandomRules(int seed)
    {
        _random = new Random(seed);
        _isSplit = Chance(0.3);
        _module = _isSplit ? Base : Main;
        _sources = _random.Next(3);
    }

    /// <summary>Files of rules; the same seed gives the same.</summary>
    public static ImmutableArray<SourceText> Create(int seed) => new RandomRules(seed).Create();

    private ImmutableArray<SourceText> Create()
    {
        DeclareSources();
        DeclareRecord(isExtension: false);
        Maybe(0.3, DeclareCalendar);
        Times(0, 2, DeclareQuestion);
        Times(0, 3, DeclareParameter);
        Times(1, 4, DeclareDefinition);
        _module = Main;
        if (_isSplit)
        {
            DeclareRecord(isExtension: true);
        }

        Times(5, 12, DeclareSomething);
        DeclareNorm();
        Times(0, 3, DeclareExemption);
        Times(3, 5, DeclareTest);
        while (_unseen.Count > 0)
        {
            Declare($"category c{_count++} when {Test(_unseen[0], 0)}");
        }

        return [.. new[] { Base, Main }.Where(module => module == Main || _isSplit).Select(File)];
    }

    private void DeclareSomething()
    {
        switch (_random.Next(8))
        {
            case 0 or 1 or 2:
                DeclareDefinition();
                break;
            case 3 or 4:
                DeclareCategory();
                break;
            case 5:
                DeclareTable();
                break;
            case 6:
                DeclareDeadline();
                break;
            default:
                DeclareNorm();
                break;
        }
    }

    private SourceText File(string module)
    {
        var declarations = _declarations.Where(declaration => declaration.Module == module).Select(declaration => declaration.Text).ToArray();
        _random.Shuffle(declarations);
        var window = Chance(0.15) ? "\n" + Window(isConstant: true) : "";
        var use = _isSplit && module == Main ? $"use {Base}\n" : "";
        var head = $"ruleset {module} \"Random\"\njurisdiction CN\nversion \"1\"\nmonths round {Pick("up", "down")}{window}\n{use}";
        return SourceText.From($"{module.Replace('.', '/')}.ccc", head + string.Join("\n", declarations) + "\n");
    }

    private void DeclareSources()
    {
        for (var i = 0; i < _sources; i++)
        {
            Declare($"source source{i} \"Notice {i}\"{(Chance(0.7) ? $" issued {Day()}" : "")}{(Chance(0.2) ? " confidence low" : "")}");
        }

        Declare("actor maker \"Maker\"");
        Declare("authority office \"Office\"");
    }

    private void DeclareRecord(bool isExtension)
    {
        var lines = new List<string> { isExtension ? $"extend {Base}.item" : "record item \"An item\"" };
        Times(isExtension ? 1 : 5, isExtension ? 3 : 10, () => lines.Add($"  {Field()}"));
        Maybe(0.3, () => lines.Add(ListField()));
        Declare(string.Join('\n', lines));
    }

    /// <summary>A line of one field or two of one type.</summary>
    private string Field()
    {
        var type = AnyType();
        var allowsNone = Chance(0.4);
        var names = Enumerable.Range(0, Chance(0.3) ? 2 : 1).Select(_ => Add("f", type, allowsNone)).ToList();
        var options = (allowsNone && Chance(0.3) ? " empty is none" : "") + (Chance(0.1) ? " required" : "");
        return $"{string.Join(", ", names)} : {TypeText(type)}{(allowsNone ? " or none" : "")}{options}";
    }

    private string TypeText(RandomType type) => type.Kind switch
    {
        RandomKind.YesNo => "yes/no",
        RandomKind.Number when type.Detail == "CNY" => "money CNY",
        RandomKind.Number => $"{Pick("integer", "decimal")} {Pick(type.Units)}".TrimEnd(),
        RandomKind.Text => "text",
        RandomKind.Date => "date",
        RandomKind.Days => $"duration {Pick("days", "weeks")}",
        RandomKind.Months => $"duration {Pick("months", "years")}",
        RandomKind.Member => $"one of ({string.Join(", ", type.Members)})",
        RandomKind.Members => $"set of ({string.Join(", ", type.Members)})",
        RandomKind.Country => "country",
        RandomKind.Hs => "hs",
        _ => throw new NotSupportedException(type.ToString()),
    };

    private void DeclareQuestion() => Declare($"question {Add("q", new RandomType(RandomKind.YesNo), allowsNone: false)} \"Is it so?\"{Cites()}");

    private void DeclareParameter()
    {
        var type = Pick(RandomType.All.Where(type => type.Kind is not (RandomKind.Members or RandomKind.Hs)));
        var allowsNone = Chance(0.2);
        var unit = Pick(type.Units);
        var isDated = Chance(0.7);
        var hasFirst = !isDated || Chance(0.5);
        var days = Enumerable.Range(0, isDated ? 1 + _random.Next(3) : 0).Select(_ => Day()).Distinct().ToList();
        var values = days.Select(day => $"  as {Constant(type, allowsNone, unit)} from {day}").ToList();
        if (hasFirst)
        {
            values.Insert(0, $"  as {Constant(type, allowsNone, unit)}");
        }

        var typeText = type.Kind == RandomKind.Number && type.Detail != "CNY" ? $"decimal {unit}".TrimEnd() : TypeText(type);
        var name = Add("p", type, allowsNone || !hasFirst, isParameter: true);
        Declare($"parameter {name} \"A constant\" : {typeText}{(allowsNone ? " or none" : "")}\n{string.Join('\n', values)}{Cites()}");
    }

    private void DeclareDefinition()
    {
        _lastNorm = -1;
        var type = Chance(0.4) ? new RandomType(RandomKind.YesNo) : AnyType();
        if (type.Kind is RandomKind.Member or RandomKind.Members or RandomKind.Country or RandomKind.Hs && Named(type) is null)
        {
            type = new RandomType(RandomKind.Date);
        }

        var values = new List<string>();
        var allowsNone = false;
        string ValueText()
        {
            if (type.Kind == RandomKind.YesNo)
            {
                return Chance(0.2) && Name(type, ref allowsNone) is { } name ? name : Condition(2);
            }

            if (allowsNone && Chance(0.1))
            {
                return "none";
            }

            return Value(type, 2, ref allowsNone);
        }

        var guards = Chance(0.5) ? 0 : 1 + _random.Next(3);
        for (var i = 0; i < guards; i++)
        {
            // The first value gives the type, so a bare member or none must not stand there.
            values.Add($"  as {(i == 0 ? Typed(type, ref allowsNone) : ValueText())} when {Condition(2)}");
        }

        values.Add($"  as {(guards == 0 ? Typed(type, ref allowsNone) : ValueText())}{(guards > 0 && Chance(0.8) ? " otherwise" : "")}");
        Declare($"define {Add("d", type, allowsNone)}{(Chance(0.3) ? " \"A value\"" : "")}\n{string.Join('\n', values)}{Cites()}");
    }

    private void DeclareCategory()
    {
        _lastNorm = -1;
        var when = Chance(0.9);
        var text = when ? $"\n  when {Condition(2)}" : "";
        text += !when || Chance(0.3) ? $"\n  unless {Condition(2)}" : "";
        Declare($"category {Add("c", new RandomType(RandomKind.YesNo), allowsNone: false)} \"A category\"{text}{Cites()}");
    }

    /// <summary>A test that no other condition hides.</summary>
    private void DeclareTest() => Declare($"category c{_count++} when {Test(1)}");

    private void DeclareNorm()
    {
        _lastNorm = -1;
        var isOption = Chance(0.25);
        var allowsNone = true;
        var clauses = new List<string>();
        Maybe(0.2, () => clauses.Add("on maker"));
        Maybe(0.2, () => clauses.Add("led by office"));
        Maybe(0.85, () => clauses.Add($"when {Condition(2)}"));
        Maybe(0.3, () => clauses.Add($"unless {Condition(2)}"));
        Maybe(0.35, () => clauses.Add($"as of {Value(new RandomType(RandomKind.Date), 2, ref allowsNone)}"));
        Maybe(0.5, () => Times(1, 3, () => clauses.Add(Window(isConstant: false))));
        Maybe(0.5, () => clauses.Add($"fulfilled when {Condition(2)}"));
        Maybe(0.2, () => clauses.Add("otherwise \"may not be sold\""));
        Maybe(0.1, () => clauses.Add("subject to \"what the office says\""));
        Maybe(0.6, () => clauses.Add(Cites().Trim()));
        clauses.RemoveAll(clause => clause.Length == 0);
        var name = $"n{_count++}";
        _norms.Add(new RandomNorm(name, _module, isOption));
        Declare($"{(isOption ? "option" : "obligation")} {name} \"A norm\"{string.Concat(clauses.Select(clause => $"\n  {clause}"))}");
    }

    private void DeclareExemption()
    {
        var liftable = _norms.Index().Where(norm => norm.Item is { IsOption: false, IsDeadline: false }).ToList();
        if (liftable.Count == 0)
        {
            return;
        }

        var lifted = Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Pick(liftable)).Distinct().ToList();
        _normLimit = lifted.Min(norm => norm.Index);
        var when = Chance(0.9) ? $"\n  when {Condition(2)}" : "";
        var unless = Chance(0.2) ? $"\n  unless {Condition(2)}" : "";
        var window = Chance(0.3) ? $"\n  {Window(isConstant: false)}" : "";
        var documents = Chance(0.2) ? "\n  per shipment\n  needs \"An invoice\"" : "";
        _normLimit = int.MaxValue;
        Declare($"exemption x{_count++} \"An exemption\"\n  lifts {string.Join(", ", lifted.Select(norm => norm.Item.Name))}{when}{unless}{window}{documents}{Cites()}");
    }

    private string Window(bool isConstant)
    {
        var allowsNone = true;
        string Bound() => isConstant || Chance(0.6) ? Day() : Value(new RandomType(RandomKind.Date), 2, ref allowsNone);
        if (isConstant || Chance(0.4))
        {
            // Two constants in order.
            var days = new[] { Day(), Day() }.Order(StringComparer.Ordinal).ToArray();
            return $"from {days[0]}{(Chance(0.5) ? $" until {days[1]}" : "")}{(isConstant || Chance(0.6) ? "" : $" where {Condition(1)}")}";
        }

        var until = Chance(0.3) ? " until " + Call("latest", Bound(), Bound()) : "";
        var text = until.Length > 0 && Chance(0.3) ? until.Trim() : $"from {Bound()}{until}";
        return Chance(0.3) ? $"{text} where {Condition(1)}" : text;
    }

    private string Cites() => _sources > 0 && Chance(0.5) ? $"\n  cites {Qualified($"source{_random.Next(_sources)}", _isSplit ? Base : Main)} \"art. {_random.Next(9)}\"" : "";

    private void Declare(string text) => _declarations.Add((_module, text));

    private string Add(string prefix, RandomType type, bool allowsNone, bool isParameter = false)
    {
        var name = $"{prefix}{_count++}";
        _names.Add(new RandomName(name, _module, type, allowsNone, prefix is "d" or "c" or "t" ? _lastNorm : -1, isParameter));
        if (prefix is "d" or "t")
        {
            _unseen.Add(_names[^1]);
        }

        return name;
    }

    /// <summary>A name as it can be written in the file under construction.</summary>
    private string Qualified(string name, string module) => module != _module && Chance(0.3) ? $"{module}.{name}" : name;

    private RandomType AnyType() => Pick(RandomType.All);

    private bool Chance(double share) => _random.NextDouble() < share;

    private void Maybe(double share, Action action)
    {
        if (Chance(share))
        {
            action();
        }
    }

    private void Times(int least, int most, Action action)
    {
        for (var i = least + _random.Next(most - least + 1); i > 0; i--)
        {
            action();
        }
    }

    private T Pick<T>(IEnumerable<T> items)
    {
        var list = items as IReadOnlyList<T> ?? [.. items];
        return list[_random.Next(list.Count)];
    }

    private string Pick(params string[] items) => items[_random.Next(items.Length)];
}
