using System.Collections.Immutable;

namespace CccRules.Batch.Checkpoints;

/// <summary>
/// What a run's output depends on, by name: the data, the rules, the options, the version of this program. Two runs with the same
/// identity write the same bytes.
/// </summary>
public sealed record RunIdentity(ImmutableSortedDictionary<string, string> Parts)
{
    /// <summary>Names of the parts in which two runs differ, ordered.</summary>
    public ImmutableArray<string> DifferencesFrom(RunIdentity other) =>
    [
        .. Parts.Keys.Union(other.Parts.Keys, StringComparer.Ordinal)
            .Where(name => Parts.GetValueOrDefault(name) != other.Parts.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal),
    ];
}
