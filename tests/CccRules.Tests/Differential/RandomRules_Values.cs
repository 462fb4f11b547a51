using System.Globalization;

namespace CccRules.Tests.Differential;

/// <summary>Values of each type. Everything that is made of several tokens stands in parentheses.</summary>
internal sealed partial class RandomRules
{
    private static readonly string[] Days =
    [
        "2024-01-31", "2024-02-28", "2024-02-29", "2024-03-01", "2023-02-28", "2025-02-28", "2025-03-31", "2024-12-31", "2025-01-01", "2026-06-15", "0001-01-01", "9999-12-31",
    ];

    private static readonly string[] HsCodes =
    [
        "85", "8507", "8507.60", "8507.60.00", "8507.60.00.90", "8507.60.00.90.123", "8501.10", "8501.64", "0101.21", "0101.29", "01", "9503", "99",
    ];

    private static readonly string[] TextConstants = ["\"\"", "\"A\"", "\"AB\"", "\"B\"", "\"a\"", "\"Ä\"", "\"\\u{2028}\"", "\"\\u{1F50B}\"", "\"lithium-ion\""];

    private static readonly string[] CountryCodes = ["CN", "DE", "US", "AD", "ZW"];

    private string Day() => Pick(Chance(0.9) ? Days[..10] : Days);

    /// <summary>A constant that a parameter may have.</summary>
    /// <param name="unit">Null: any of the type's.</param>
    private string Constant(RandomType type, bool allowsNone, string? unit = null) => allowsNone && Chance(0.3) ? "none" : type.Kind switch
    {
        RandomKind.YesNo => Pick("yes", "no"),
        RandomKind.Number => Number(type, unit),
        RandomKind.Text => Pick(TextConstants),
        RandomKind.Date => Day(),
        RandomKind.Days or RandomKind.Months => Duration(type),
        RandomKind.Member => Pick(type.Members),
        RandomKind.Country => Pick(CountryCodes),
        _ => throw new NotSupportedException(type.ToString()),
    };

    private string Number(RandomType type, string? unit)
    {
        var number = _random.Next(8) switch
        {
            0 => "0",
            1 => "1_000",
            2 => $"0.{_random.Next(1, 1000):D3}",
            3 => "12.345678",
            4 when type.Detail == "CNY" => "499.99",
            5 => _random.Next(1000, 999_999).ToString(CultureInfo.InvariantCulture),
            _ => _random.Next(1, 12).ToString(CultureInfo.InvariantCulture),
        };
        return type.Detail.Length == 0 ? number : $"{number} {unit ?? Pick(type.Units)}";
    }

    private string Duration(RandomType type)
    {
        var number = _random.Next(1, 40);
        return type.Kind == RandomKind.Days
            ? Pick($"{number} days", $"{number} weeks", "1 day", "1 week 3 days", "0 days")
            : Pick($"{number} months", $"{number} years", "1 month", "1 year 1 month", "0 months");
    }

    /// <summary>A value whose own text gives its type, which not every constant does.</summary>
    private string Typed(RandomType type, ref bool allowsNone) => type.Kind switch
    {
        RandomKind.YesNo => Condition(3),
        RandomKind.Member or RandomKind.Members or RandomKind.Country or RandomKind.Hs =>
            Name(type, ref allowsNone) ?? throw new NotSupportedException("the caller asks only for types that have names"),
        _ => Value(type, 2, ref allowsNone),
    };

    /// <summary>A value; sets <paramref name="allowsNone"/> where it can be none.</summary>
    private string Value(RandomType type, int depth, ref bool allowsNone)
    {
        if (depth <= 0 || Chance(0.45))
        {
            return Chance(0.85) && Name(type, ref allowsNone) is { } name ? name : ConstantOrName(type, ref allowsNone);
        }

        return type.Kind switch
        {
            RandomKind.Number => NumberValue(type, depth - 1, ref allowsNone),
            RandomKind.Date => DateValue(depth - 1, ref allowsNone),
            RandomKind.Days or RandomKind.Months => Extreme(Pick("min", "max"), type, depth - 1, ref allowsNone),
            _ => Name(type, ref allowsNone) ?? ConstantOrName(type, ref allowsNone),
        };
    }

    private string ConstantOrName(RandomType type, ref bool allowsNone) => type.Kind is RandomKind.Members or RandomKind.Hs
        ? Name(type, ref allowsNone) ?? throw new NotSupportedException("the caller asks only for types that have names")
        : Constant(type, allowsNone: false);

    private string NumberValue(RandomType type, int depth, ref bool allowsNone)
    {
        switch (_random.Next(8))
        {
            case 0:
                return $"({Value(type, depth, ref allowsNone)} + {Value(type, depth, ref allowsNone)})";
            case 1:
                return $"({Value(type, depth, ref allowsNone)} - {Constant(type, allowsNone: false)} + {Value(type, depth, ref allowsNone)})";
            case 2:
                return $"({Value(type, depth, ref allowsNone)} * {Factor()})";
            case 3:
                return $"({Factor()} * {Value(type, depth, ref allowsNone)})";
            case 4:
                return $"({Value(type, depth, ref allowsNone)} / {Pick("2", "3", "0.7", "1_000", "(-4)")})";
            case 7 when Chance(0.5):
                return $"(-{Value(type, depth, ref allowsNone)})";
            case 5 or 6 when type.Detail.Length == 0:
                return Count(depth, ref allowsNone);
            default:
                return Extreme(Pick("min", "max"), type, depth, ref allowsNone);
        }
    }

    private string Factor() => Pick("2", "3", "0.5", "0", "(-1)", "(-2.5)", "1.000001", "1_000");

    private string Count(int depth, ref bool allowsNone)
    {
        var date = new RandomType(RandomKind.Date);
        return _random.Next(3) switch
        {
            0 => $"(year of ({Value(date, depth, ref allowsNone)}))",
            1 => $"(months between {Value(date, depth, ref allowsNone)} and {Value(date, depth, ref allowsNone)})",
            _ => $"(days between {Value(date, depth, ref allowsNone)} and {Value(date, depth, ref allowsNone)})",
        };
    }

    private string DateValue(int depth, ref bool allowsNone)
    {
        var date = new RandomType(RandomKind.Date);
        if (Chance(0.35))
        {
            return Extreme(Pick("earliest", "latest"), date, depth, ref allowsNone);
        }

        var text = Value(date, depth, ref allowsNone);
        if (_calendar is not null && Chance(0.15))
        {
            return $"({text} {Pick("+", "-")} {_random.Next(1, 30)} working days)";
        }

        for (var i = _random.Next(3); i >= 0; i--)
        {
            var kind = Pick<RandomKind>([RandomKind.Days, RandomKind.Months]);
            text += $" {Pick("+", "-")} {(Chance(0.2) ? "1 month 10 days" : Value(new RandomType(kind), depth - 1, ref allowsNone))}";
        }

        return $"({text})";
    }

    private string Extreme(string function, RandomType type, int depth, ref bool allowsNone)
    {
        // It is none only where all its operands are: taking it for one that can be would not type-check.
        var ofOperands = true;
        var all = true;
        var operands = new List<string>();
        for (var i = _random.Next(3); i >= 0; i--)
        {
            ofOperands = false;
            operands.Add(Value(type, depth, ref ofOperands));
            all &= ofOperands;
        }

        allowsNone |= all;
        return Call(function, [.. operands]);
    }

    private static string Call(string function, params string[] operands) => $"{function} ({string.Join(", ", operands)})";

    /// <summary>A name of the type that may be used here; null where there is none.</summary>
    private string? Name(RandomType type, ref bool allowsNone)
    {
        var fitting = _names.Where(name => name.Type == type && name.LastNorm < _normLimit).ToList();
        if (fitting.Count == 0)
        {
            return null;
        }

        var name = Pick(fitting);
        allowsNone |= name.AllowsNone;
        return Written(name, ref allowsNone);
    }

    private string Written(RandomName name, ref bool allowsNone)
    {
        _lastNorm = Math.Max(_lastNorm, name.LastNorm);
        _unseen.Remove(name);
        var text = Qualified(name.Name, name.Module);
        if (!name.IsParameter || Chance(0.6))
        {
            return text;
        }

        var date = Chance(0.5) ? Day() : $"({Value(new RandomType(RandomKind.Date), 0, ref allowsNone)})";
        return $"({text} at {date})";
    }
}
