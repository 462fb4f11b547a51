namespace CccRules.Tests.Differential;

/// <summary>Conditions: every operator and every test of a value.</summary>
internal sealed partial class RandomRules
{
    private static readonly string[] Orderings = ["<", "<=", ">", ">="];
    private static readonly string[] Equalities = ["=", "<>", "is", "is not"];
    private static readonly string[] Patterns = ["^A", "B$", "[0-9]", "", "^(A|B)+$", "ion"];
    private static readonly string[] MonthEnds = ["2024-02-29", "2024-03-01", "2025-02-28", "2025-03-01", "2023-02-28", "2023-03-01", "2025-04-30"];
    private static readonly string[] ObligationStatuses = ["not_applicable", "exempt", "not_in_force", "fulfilled", "breached", "required"];
    private static readonly string[] OptionStatuses = ["not_available", "not_in_force", "taken", "available"];

    private string Condition(int depth)
    {
        if (depth <= 0 || Chance(0.4))
        {
            return Test(depth);
        }

        return _random.Next(8) switch
        {
            0 or 1 => $"({string.Join(" and ", Conditions(depth))})",
            2 or 3 => $"({string.Join(" or ", Conditions(depth))})",
            4 => $"(not {Condition(depth - 1)})",
            5 => Call(Pick("any of", "all of"), [.. Conditions(depth)]),
            6 => AtLeast(depth),
            _ => $"({Condition(depth - 1)} {Pick("=", "<>")} {Condition(depth - 1)})",
        };
    }

    private IEnumerable<string> Conditions(int depth) => Enumerable.Range(0, 2 + _random.Next(2)).Select(_ => Condition(depth - 1)).ToList();

    private string AtLeast(int depth)
    {
        var operands = Conditions(depth).Append(Condition(depth - 1)).ToArray();
        return Call($"at least {1 + _random.Next(operands.Length)} of", operands);
    }

    /// <summary>A test of something that a record decides.</summary>
    private string Test(int depth)
    {
        if (_norms.Count > 0 && _normLimit > 0 && Chance(0.12))
        {
            return StatusTest();
        }

        if (Chance(0.02))
        {
            return Pick("yes", "no");
        }

        if (_lists.Count > 0 && Chance(0.06))
        {
            return ListTest();
        }

        if (Chance(0.04) && Named(new RandomType(RandomKind.Date)) is { } date)
        {
            return MonthEnd(date);
        }

        return Test(Pick(_names.Where(name => name.LastNorm < _normLimit)), depth);
    }

    private string Test(RandomName name, int depth)
    {
        var allowsNone = name.AllowsNone;
        var text = Written(name, ref allowsNone);
        if (name.AllowsNone && Chance(0.15))
        {
            return $"({text} {Pick("is none", "is not none", "= none", "<> none")})";
        }

        var type = name.Type;
        return type.Kind switch
        {
            RandomKind.YesNo when !allowsNone => text,
            RandomKind.YesNo => $"({text} {Pick(Equalities)} {Pick("yes", "no")})",
            RandomKind.Member => MemberTest(text, type),
            RandomKind.Members => $"({text} has {Pick(Pick(type.Members), $"any of ({Some(type.Members)})", $"all of ({Some(type.Members)})")})",
            RandomKind.Country => Chance(0.5) ? $"({text} {Pick(Equalities)} {Pick(CountryCodes)})" : $"({text} {Pick("in", "not in")} ({Some(CountryCodes)}))",
            RandomKind.Hs => $"({text} {Pick("under", "not under")} {HsSet()})",
            RandomKind.Text when Chance(0.3) => $"({text} matches \"{Pick(Patterns)}\")",
            _ => Compare(Chance(0.3) ? Value(type, depth, ref allowsNone) : text, type, depth),
        };
    }

    /// <summary>A date moved to where months end, which is where rounding shows.</summary>
    private string MonthEnd(RandomName date)
    {
        var allowsNone = true;
        return $"({Written(date, ref allowsNone)} {Pick("+ 1 month", "- 1 month", "+ 1 year", "+ 1 year 1 month", "+ 2 months")} {Pick([.. Orderings, "="])} {Pick(MonthEnds)})";
    }

    private RandomName? Named(RandomType type)
    {
        var fitting = _names.Where(name => name.Type == type && name.LastNorm < _normLimit).ToList();
        return fitting.Count == 0 ? null : Pick(fitting);
    }

    /// <summary>A comparison with values that have an order.</summary>
    private string Compare(string left, RandomType type, int depth)
    {
        var ignored = true;
        string Other() => Chance(0.6) ? Constant(type, allowsNone: false) : Value(type, Math.Min(depth, 1), ref ignored);
        return _random.Next(6) switch
        {
            0 => $"({left} between {Range(type)})",
            1 => $"({left} {Pick("in", "not in")} ({Other()}, {Other()}))",
            2 => $"({left} {Pick(Equalities)} {Other()})",
            3 => $"({Other()} {Pick(Orderings)} {left})",
            _ => $"({left} {Pick(Orderings)} {Other()})",
        };
    }

    /// <summary>Two bounds that are not certainly the wrong way round.</summary>
    private string Range(RandomType type)
    {
        var ignored = true;
        return type.Kind switch
        {
            RandomKind.Date => new[] { Day(), Day() }.Order(StringComparer.Ordinal).ToArray() is [var from, var to] ? $"{from} and {to}" : "",
            RandomKind.Number when type.Detail.Length == 0 && Chance(0.5) => $"{_random.Next(5)} and {5 + _random.Next(9)}",
            _ => Chance(0.7) && Name(type, ref ignored) is { } name && Name(type, ref ignored) is { } other ? $"{name} and {other}" : type.Kind switch
            {
                RandomKind.Number => type.Detail.Length == 0 ? "1 and 2" : $"1 {type.Units[0]} and 2 {type.Units[0]}",
                RandomKind.Text => "\"A\" and \"B\"",
                RandomKind.Days => "1 day and 2 weeks",
                _ => "1 month and 2 years",
            },
        };
    }

    private string MemberTest(string text, RandomType type)
    {
        var ignored = true;
        return _random.Next(4) switch
        {
            0 => $"({text} {Pick("in", "not in")} ({Some(type.Members)}))",
            1 when Name(type, ref ignored) is { } other => $"({text} {Pick(Equalities)} {other})",
            2 => $"({Pick(type.Members)} = {text})",
            _ => $"({text} {Pick(Equalities)} {Pick(type.Members)})",
        };
    }

    private string HsSet()
    {
        if (Chance(0.4))
        {
            return Pick(HsCodes);
        }

        return Pick(
            "8507.60 except 8507.60.00.90",
            "85 except (8507, 8501.10 to 8501.64)",
            "(8507, 8501.10 to 8501.64, 0101)",
            "8501 to 8507",
            "8501.10 to 8507",
            "(01, 85, 95) except 8507.60.00",
            $"({Some(HsCodes)})");
    }

    private string Some(IReadOnlyList<string> items)
    {
        var some = items.Where(_ => Chance(0.4)).ToList();
        return some.Count == 0 ? Pick(items) : string.Join(", ", some);
    }

    private string StatusTest()
    {
        var index = _random.Next(Math.Min(_norms.Count, _normLimit));
        _lastNorm = Math.Max(_lastNorm, index);
        var norm = _norms[index];
        var statuses = norm.IsOption ? OptionStatuses : norm.IsDeadline ? DeadlineStatuses : ObligationStatuses;
        var name = Qualified(norm.Name, norm.Module);
        return Chance(0.6)
            ? $"({name} {Pick(Equalities)} {Pick(statuses)})"
            : $"({name} {Pick("in", "not in")} ({Some(statuses)}))";
    }
}
