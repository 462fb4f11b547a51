using System.Globalization;
using System.Text;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Runtime;

namespace CccRules.Compare.Workload;

/// <summary>The rules in the rules language, and through the real compiler.</summary>
internal static class RuleText
{
    public static string Write(IEnumerable<Rule> rules)
    {
        var text = new StringBuilder();
        text.Append("ruleset compare.generated \"Generated rules\"\n");
        text.Append("source pool \"Made from a seed\" issued 2023-01-01\n\n");
        text.Append("record product \"A product as declared\"\n");
        text.AppendJoin('\n', Fields.All.Select(field => $"  {Fields.NameOf(field)} : {TypeOf(field)}")).Append("\n\n");
        text.Append("parameter small_power \"Power below which a product is small\" : decimal W as 50 W from 2020-01-01 as 75 W from 2026-01-01\n  cites pool\n\n");
        text.Append("define market_date \"First day on the market\"\n  as earliest (manufactured_on, imported_on)\n  cites pool\n\n");
        foreach (var rule in rules)
        {
            Append(text, rule);
        }

        return text.ToString();
    }

    /// <exception cref="InvalidOperationException">The generated rules have errors.</exception>
    public static Ruleset Load(IEnumerable<Rule> rules)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From("generated.ccc", Write(rules))));
        return compilation.HasErrors
            ? throw new InvalidOperationException($"Generated rules have errors: {compilation.Diagnostics[0]}")
            : compilation.Load();
    }

    private static void Append(StringBuilder text, Rule rule)
    {
        text.Append(CultureInfo.InvariantCulture, $"obligation {rule.Name} \"Rule {rule.Name}\"\n");
        var when = rule.When.Select(Write).Prepend($"hs_code under ({string.Join(", ", rule.Prefixes.Select(Dotted))})").ToList();
        if (rule.Either.Count != 0)
        {
            when.Add($"({string.Join(" or ", rule.Either.Select(Write))})");
        }

        text.Append("  when ").AppendJoin(" and ", when).Append('\n');
        if (rule.From is { } from)
        {
            text.Append(CultureInfo.InvariantCulture, $"  as of {Fields.NameOf(rule.AsOf)}\n  from {from:yyyy-MM-dd}");
            text.Append(rule.Until is { } until ? $" until {Day(until)}\n" : "\n");
        }

        if (rule.Fulfilled is { } fulfilled)
        {
            text.Append("  fulfilled when ").Append(Write(fulfilled)).Append('\n');
        }

        text.Append("  cites pool\n");
        if (rule.Exempt.Count != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"exemption x{rule.Name} \"Exemption from {rule.Name}\"\n  lifts {rule.Name}\n  when ");
            text.AppendJoin(" and ", rule.Exempt.Select(Write)).Append("\n  cites pool\n");
        }
    }

    private static string Write(Condition condition)
    {
        var field = Fields.NameOf(condition.Field);
        return condition switch
        {
            DateCondition date => $"{field} {(date.IsBefore ? "<" : ">=")} {Day(date.Day)}",
            NumberCondition number => $"{field} {(number.IsAtMost ? "<=" : ">")} {number.Limit.ToString(CultureInfo.InvariantCulture)}{UnitOf(number.Field)}",
            MemberCondition { Members.Count: 1 } member => $"{field} is {member.Members[0]}",
            MemberCondition member => $"{field} in ({string.Join(", ", member.Members)})",
            FlagCondition flag => flag.IsNot ? $"not {field}" : field,
            LaterCondition later => $"{field} > {Fields.NameOf(later.Than)}",
            _ => $"{field} > small_power",
        };
    }

    private static string TypeOf(Field field) => Fields.KindOf(field) switch
    {
        FieldKind.Code => "hs required",
        FieldKind.Country => "country",
        FieldKind.Date => "date",
        FieldKind.DateOrNone => "date or none",
        FieldKind.Member => $"one of ({string.Join(", ", Fields.MembersOf(field))})",
        FieldKind.YesNo => "yes/no",
        FieldKind.Decimal => $"decimal{UnitOf(field)}",
        _ => "integer",
    };

    private static string UnitOf(Field field) => field switch { Field.RatedPower => " W", Field.RatedVoltage => " V", _ => "" };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>8507600090 is written 8507.60.00.90.</summary>
    private static string Dotted(string digits) => string.Join('.', Enumerable.Range(0, Math.Max(1, (digits.Length - 2) / 2)).Select(i => i == 0 ? digits[..Math.Min(4, digits.Length)] : digits.Substring(2 + (2 * i), 2)));
}
