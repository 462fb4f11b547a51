using CccRules.Compare.Engine;
using CccRules.Compare.Files;
using CccRules.Compare.Measuring;
using CccRules.Compare.Tool;

namespace CccRules.Compare;

/// <summary>All comparisons, in the order in which they run.</summary>
internal static class Comparisons
{
    public static IReadOnlyList<IComparison> All { get; } =
    [
        new InMemoryComparison(),
        new GrowthComparison(),
        new SingleRecordComparison(),
        new CsvComparison(),
        new CsvMemoryComparison(),
        new CheckComparison(),
        new LargeRulesetComparison(),
    ];
}
