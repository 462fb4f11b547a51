using System.Globalization;

namespace CccRules.Compare.Workload;

/// <summary>
/// The rules as SQL: for each rule an expression of its outcome's byte. SQL's own null is the third truth value. Columns are as narrow
/// as the values allow: a code is the range of 13-digit codes that begin with it, members and countries are numbers, decimals are millionths.
/// </summary>
internal static class RuleSql
{
    private const long Millionth = 1_000_000;

    /// <summary>The table's columns with ClickHouse's types.</summary>
    public const string Columns = """
        hs_lower UInt64, hs_upper UInt64, origin Nullable(UInt8), declared_on Nullable(Int32), manufactured_on Nullable(Int32),
        imported_on Nullable(Int32), is_not_imported UInt8, certificate_issued_on Nullable(Int32), purpose Nullable(UInt8), channel Nullable(UInt8),
        has_mark Nullable(UInt8), has_radio Nullable(UInt8), rated_power Nullable(Int64), rated_voltage Nullable(Int64), quantity Nullable(Int64)
        """;

    /// <summary>A record as a line of tab-separated values.</summary>
    public static string Line(ProductRecord record)
    {
        var (lower, upper) = Range(record.HsCode);
        object?[] cells =
        [
            lower, upper, record.Origin is { } origin ? Fields.Origins.ToList().IndexOf(origin) : null, record.DeclaredOn?.DayNumber, record.ManufacturedOn?.DayNumber,
            record.ImportedOn?.DayNumber, record.IsNotImported ? 1 : 0, record.CertificateIssuedOn?.DayNumber, (int?)record.Purpose, (int?)record.Channel,
            Flag(record.HasMark), Flag(record.HasRadio), Number(record.RatedPower), Number(record.RatedVoltage), record.Quantity,
        ];
        return string.Join('\t', cells.Select(cell => cell is null ? "\\N" : Convert.ToString(cell, CultureInfo.InvariantCulture)));
    }

    /// <summary>The byte of a rule's outcome.</summary>
    public static string Outcome(Rule rule)
    {
        var applies = rule.When.Select(Write).Prepend(Under(rule.Prefixes)).ToList();
        if (rule.Either.Count != 0)
        {
            applies.Add($"({string.Join(" OR ", rule.Either.Select(Write))})");
        }

        var a = Joined(applies);
        var inForce = rule.From is { } from ? InForce(rule, from) : null;
        var (notInForce, canBeInForce) = inForce is null ? ("0", "1") : ($"4 * (1 - ifNull({inForce}, 0))", $"ifNull({inForce}, 1)");
        var due = rule.Fulfilled is { } fulfilled ? $"(8 * ifNull({Write(fulfilled)}, 1) + 16 * (1 - ifNull({Write(fulfilled)}, 0)))" : "32";
        var open = $"({notInForce} + {canBeInForce} * {due})";
        if (rule.Exempt.Count != 0)
        {
            var exempt = Joined(rule.Exempt.Select(Write));
            open = $"(2 * ifNull({exempt}, 1) + (1 - ifNull({exempt}, 0)) * {open})";
        }

        return $"toUInt8(1 - ifNull({a}, 0) + ifNull({a}, 1) * {open})";
    }

    private static string Joined(IEnumerable<string> conditions) => $"({string.Join(" AND ", conditions)})";

    private static string Under(IEnumerable<string> prefixes)
    {
        var ranges = prefixes.Select(Range).ToList();
        var inside = string.Join(" OR ", ranges.Select(range => $"(hs_lower >= {range.Lower} AND hs_upper <= {range.Upper})"));
        var outside = string.Join(" AND ", ranges.Select(range => $"(hs_upper < {range.Lower} OR hs_lower > {range.Upper})"));
        return $"multiIf({inside}, 1, {outside}, 0, NULL)";
    }

    /// <summary>The codes of 13 digits that begin so.</summary>
    private static (long Lower, long Upper) Range(string digits) =>
        (long.Parse(digits.PadRight(13, '0'), CultureInfo.InvariantCulture), long.Parse(digits.PadRight(13, '9'), CultureInfo.InvariantCulture));

    private static string InForce(Rule rule, DateOnly from)
    {
        var date = rule.AsOf switch
        {
            Field.MarketDate => "if(is_not_imported, manufactured_on, if(isNull(manufactured_on) OR isNull(imported_on), NULL, least(manufactured_on, imported_on)))",
            var field => Fields.NameOf(field),
        };
        var window = rule.Until is { } until ? $"({date} >= {from.DayNumber} AND {date} <= {until.DayNumber})" : $"({date} >= {from.DayNumber})";
        return rule.AsOf == Field.ImportedOn ? $"if(is_not_imported, 0, {window})" : window;
    }

    private static string Write(Condition condition)
    {
        var field = Fields.NameOf(condition.Field);
        return condition switch
        {
            DateCondition date => $"({field} {(date.IsBefore ? "<" : ">=")} {date.Day.DayNumber})",
            NumberCondition number => $"({field} {(number.IsAtMost ? "<=" : ">")} {(long)(number.Limit * (number.Field == Field.Quantity ? 1 : Millionth))})",
            MemberCondition member => $"({field} IN ({string.Join(", ", member.Members.Select(name => Fields.MembersOf(member.Field).ToList().IndexOf(name)))}))",
            FlagCondition flag => $"({field} = {(flag.IsNot ? 0 : 1)})",
            LaterCondition later => $"({field} > {Fields.NameOf(later.Than)})",
            _ => $"({field} > {(long)(RuleSet.SmallPower * Millionth)})",
        };
    }

    private static int? Flag(bool? answer) => answer is { } known ? (known ? 1 : 0) : null;

    private static long? Number(decimal? number) => number is { } known ? (long)(known * Millionth) : null;
}
