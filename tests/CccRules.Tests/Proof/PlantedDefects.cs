using System.Globalization;

namespace CccRules.Tests.Proof;

/// <summary>A small ruleset with one defect, and the same ruleset mended.</summary>
/// <param name="Code">The number that tells of the defect.</param>
internal sealed record PlantedDefect(string Name, string Code, string Defect, string Mended);

/// <summary>
/// Defects of every kind, each over facts of several types. Two conditions that exclude each other, and one that does not, make a
/// defect and its mended twin of each kind.
/// </summary>
internal static class PlantedDefects
{
    private const string Preamble =
        """
        source notice "Notice" issued 2025-01-01
        actor maker
        record item
          made_on, sold_on, issued_on : date
          weight, limit_weight : decimal
          wired, wireless, portable, marked, tested : yes/no
          hs_code : hs
          purpose, declared_purpose : one of (sale, research, display)
          origin, shipped_from : country

        """;

    /// <summary>Left and right exclude each other; left and beside do not, and neither implies the other.</summary>
    private static readonly (string Name, string Left, string Right, string Beside, string Helper)[] Pairs =
    [
        ("two dates", "made_on < sold_on", "sold_on < made_on", "sold_on < issued_on", ""),
        ("three dates", "made_on < sold_on and sold_on < issued_on", "issued_on < made_on", "issued_on < 2030-01-01", ""),
        ("two numbers", "weight > limit_weight", "weight + 1 <= limit_weight", "weight >= 3", ""),
        ("days between", "days between made_on and sold_on > 10", "sold_on <= made_on", "issued_on <= sold_on", ""),
        ("flags", "wired = wireless and wired", "not wireless", "portable", ""),
        ("a named category", "power_bank", "hs_code under 8504", "marked", "define power_bank as hs_code under 8507.60 and portable cites notice\n"),
        ("members", "purpose = declared_purpose and purpose is sale", "declared_purpose is research", "wired", ""),
        ("countries", "origin = shipped_from and origin is CN", "shipped_from is DE", "shipped_from is CN and portable", ""),
    ];

    public static IEnumerable<PlantedDefect> All => Pairs.SelectMany(OfPair).Concat(OfPeriods()).Concat(OfParameters());

    private static IEnumerable<PlantedDefect> OfPair((string Name, string Left, string Right, string Beside, string Helper) pair)
    {
        var (name, left, right, beside, helper) = pair;
        PlantedDefect Make(string kind, string code, Func<string, string> text) =>
            new($"{kind}, {name}", code, Preamble + helper + text(right), Preamble + helper + text(beside));

        yield return Make("never", "CCC7001", other => $"category c when ({left}) and ({other}) cites notice\n");
        yield return Make("always", "CCC7002", other => $"category c when not ({left}) or not ({other}) cites notice\n");
        yield return Make("norm that applies to nothing", "CCC7003", other => $"obligation o on maker when {left} unless not ({other}) fulfilled when tested cites notice\n");
        yield return Make("exemption that never meets", "CCC7004", other => $"obligation o on maker when {left} cites notice\nexemption e lifts o when {other} cites notice\n");
        yield return Make("exemption that always lifts", "CCC7005", other => $"obligation o on maker when {left} cites notice\nexemption e lifts o when not ({other}) cites notice\n");
        yield return Make("equal categories", "CCC7006", other => $"category c when {left} cites notice\ncategory d when ({left}) and not ({other}) cites notice\n");
        yield return Make("category inside", "CCC7007", other => $"category c when {left} cites notice\ncategory d when not ({other}) cites notice\n");
        yield return Make("conflict", "CCC7008", other => $"obligation o on maker when tested fulfilled when {left} cites notice\nobligation p on maker when tested fulfilled when {other} cites notice\n");
        yield return Make("guard", "CCC7003", other => $"define g as 1 when not ({other}) as 2 when {left} as 3 otherwise cites notice\ncategory c when g >= 2 and tested cites notice\n");
        yield return Make("window without records", "CCC7003", other => $"obligation o on maker when {left} as of made_on from 2026-01-01 where {other} from 2027-01-01 cites notice\n");
        yield return Make("window that others cover", "CCC7003", other => $"obligation o on maker when tested as of made_on from 2026-01-01 where {left} from 2026-01-01 where not ({other}) cites notice\n");
        yield return Make("never fulfilled", "CCC7013", other => $"obligation o on maker when {left} fulfilled when {other} cites notice\n");
        yield return Make("never breached", "CCC7013", other => $"obligation o on maker when {left} fulfilled when not ({other}) cites notice\n");
        yield return Make("question", "CCC7011", other => $"question q \"Open?\" cites notice\ncategory c when ({left}) and (q or not ({other})) cites notice\n");
        yield return new($"claim, {name}", "CCC7012", $"{Preamble}{helper}claim \"c\" when {left} that {right}\n", $"{Preamble}{helper}claim \"c\" when {left} that not ({right})\n");
    }

    private static IEnumerable<PlantedDefect> OfPeriods()
    {
        foreach (var (date, where) in new[] { ("made_on", ""), ("sold_on", " where portable"), ("latest (made_on, sold_on)", " where hs_code under 8507") })
        {
            string Windows(string last, string first) => string.Create(
                CultureInfo.InvariantCulture,
                $"{Preamble}obligation o on maker when tested as of {date} from 2026-01-01 until {last}{where} from {first}{where} cites notice\n");
            yield return new($"gap on {date}", "CCC7009", Windows("2026-05-30", "2026-06-01"), Windows("2026-05-31", "2026-06-01"));
            yield return new($"overlap on {date}", "CCC7010", Windows("2026-06-01", "2026-06-01"), Windows("2026-05-31", "2026-06-01"));
        }
    }

    private static IEnumerable<PlantedDefect> OfParameters()
    {
        foreach (var date in new[] { "made_on", "sold_on", "issued_on" })
        {
            string Parameter(string first) =>
                $"{Preamble}parameter allowed : decimal as 10{first} as 20 from 2026-01-01 cites notice\nobligation o on maker when tested as of {date} fulfilled when weight <= allowed at {date} cites notice\n";
            yield return new($"parameter at {date}", "CCC7014", Parameter(" from 2025-01-01"), Parameter(""));
        }
    }
}
