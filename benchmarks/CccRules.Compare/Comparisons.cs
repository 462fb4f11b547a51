using CccRules.Compare.Engine;
using CccRules.Compare.Measuring;

namespace CccRules.Compare;

/// <summary>All comparisons, in the order in which they run.</summary>
internal static class Comparisons
{
    public static IReadOnlyList<IComparison> All { get; } =
    [
        new InMemoryComparison(),
        new GrowthComparison(),
        new SingleRecordComparison(),
    ];
}
