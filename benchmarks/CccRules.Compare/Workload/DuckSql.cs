using System.Globalization;

namespace CccRules.Compare.Workload;

/// <summary>The rules as SQL over a CSV file, in DuckDB's own types: dates, decimals, booleans, texts; null is the third truth value.</summary>
internal static class DuckSql
{
    /// <summary>The records of a file. An HS code becomes the range of 13-digit codes that begin with it.</summary>
    public static string Records(string path, string? more = null)
    {
        var columns = string.Join(", ", Fields.All.Select(field => $"'{Fields.NameOf(field)}': '{TypeOf(field)}'"));
        return $"SELECT * REPLACE (TRY_CAST(nullif(imported_on, 'none') AS DATE) AS imported_on), coalesce(imported_on = 'none', false) AS is_not_imported, "
            + $"CAST(rpad(hs_code, 13, '0') AS BIGINT) AS hs_lower, CAST(rpad(hs_code, 13, '9') AS BIGINT) AS hs_upper{(more is null ? "" : $", {more}")} "
            + $"FROM read_csv('{path}', header = true, auto_detect = false, delim = ',', quote = '\"', columns = {{{columns}}})";
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
        var (notInForce, canBeInForce) = inForce is null ? ("0", "1") : ($"4 * {CanBeFalse(inForce)}", CanBeTrue(inForce));
        var due = rule.Fulfilled is { } fulfilled ? $"(8 * {CanBeTrue(Write(fulfilled))} + 16 * {CanBeFalse(Write(fulfilled))})" : "32";
        var open = $"({notInForce} + {canBeInForce} * {due})";
        if (rule.Exempt.Count != 0)
        {
            var exempt = Joined(rule.Exempt.Select(Write));
            open = $"(2 * {CanBeTrue(exempt)} + {CanBeFalse(exempt)} * {open})";
        }

        return $"({CanBeFalse(a)} + {CanBeTrue(a)} * {open})";
    }

    private static string CanBeTrue(string condition) => $"CAST(coalesce({condition}, true) AS INTEGER)";

    private static string CanBeFalse(string condition) => $"CAST(NOT coalesce({condition}, false) AS INTEGER)";

    private static string Joined(IEnumerable<string> conditions) => $"({string.Join(" AND ", conditions)})";

    private static string Under(IEnumerable<string> prefixes)
    {
        var ranges = prefixes.Select(digits => (Lower: digits.PadRight(13, '0'), Upper: digits.PadRight(13, '9'))).ToList();
        var inside = string.Join(" OR ", ranges.Select(range => $"(hs_lower >= {range.Lower} AND hs_upper <= {range.Upper})"));
        var outside = string.Join(" AND ", ranges.Select(range => $"(hs_upper < {range.Lower} OR hs_lower > {range.Upper})"));
        return $"(CASE WHEN {inside} THEN true WHEN {outside} THEN false ELSE NULL END)";
    }

    private static string InForce(Rule rule, DateOnly from)
    {
        var date = rule.AsOf switch
        {
            Field.MarketDate => "(CASE WHEN is_not_imported THEN manufactured_on WHEN manufactured_on IS NULL OR imported_on IS NULL THEN NULL ELSE least(manufactured_on, imported_on) END)",
            var field => Fields.NameOf(field),
        };
        var window = rule.Until is { } until ? $"({date} >= {Day(from)} AND {date} <= {Day(until)})" : $"({date} >= {Day(from)})";
        return rule.AsOf == Field.ImportedOn ? $"(CASE WHEN is_not_imported THEN false ELSE {window} END)" : window;
    }

    private static string Write(Condition condition)
    {
        var field = Fields.NameOf(condition.Field);
        var test = condition switch
        {
            DateCondition date => $"{field} {(date.IsBefore ? "<" : ">=")} {Day(date.Day)}",
            NumberCondition number => $"{field} {(number.IsAtMost ? "<=" : ">")} {number.Limit.ToString(CultureInfo.InvariantCulture)}",
            MemberCondition member => $"{field} IN ({string.Join(", ", member.Members.Select(name => $"'{name}'"))})",
            FlagCondition flag => flag.IsNot ? $"NOT {field}" : field,
            LaterCondition later => $"{field} > {Fields.NameOf(later.Than)}",
            _ => $"{field} > {RuleSet.SmallPower.ToString(CultureInfo.InvariantCulture)}",
        };

        // An order with "none" is false, not open.
        var mentionsImport = condition.Field == Field.ImportedOn || condition is LaterCondition { Than: Field.ImportedOn };
        return mentionsImport ? $"(CASE WHEN is_not_imported THEN false ELSE {test} END)" : $"({test})";
    }

    private static string TypeOf(Field field) => Fields.KindOf(field) switch
    {
        FieldKind.Date => "DATE",
        FieldKind.YesNo => "BOOLEAN",
        FieldKind.Decimal => "DECIMAL(18,6)",
        FieldKind.Integer => "BIGINT",
        _ => "VARCHAR",
    };

    private static string Day(DateOnly day) => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
}
