using CccRules.Compare.Workload;

namespace CccRules.Compare.Engine;

/// <summary>How many rules a record's code leaves open: what the cost of a large ruleset hangs on.</summary>
internal static class Candidates
{
    private static readonly int[] PrefixLengths = [2, 4, 6, 8, 10];

    public static double Average(IReadOnlyList<Rule> rules, IReadOnlyList<ProductRecord> records)
    {
        var byPrefix = rules.SelectMany(rule => rule.Prefixes).GroupBy(prefix => prefix).ToDictionary(group => group.Key, group => group.Count());
        return records.Average(record => PrefixLengths.Where(digits => digits <= record.HsCode.Length).Sum(digits => byPrefix.GetValueOrDefault(record.HsCode[..digits])));
    }

    public static string Describe(IReadOnlyList<Rule> rules, IReadOnlyList<ProductRecord> records) =>
        FormattableString.Invariant($"{Average(rules, records):0.00} candidate rules a record");
}
