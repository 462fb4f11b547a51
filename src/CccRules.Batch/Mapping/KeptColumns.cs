using System.Collections.Immutable;

namespace CccRules.Batch.Mapping;

/// <summary>Which columns of the data come back beside the answers.</summary>
public sealed record KeptColumns
{
    private KeptColumns()
    {
    }

    /// <summary>Every column of the data, as it stood there.</summary>
    public static KeptColumns All { get; } = new();

    /// <summary>The columns that feed the record's key; every column where the ruleset or the data have no key.</summary>
    public static KeptColumns Key { get; } = new() { IsKeyOnly = true };

    internal bool IsKeyOnly { get; private init; }

    internal ImmutableArray<string>? Names { get; private init; }

    /// <summary>The named columns of the data, in this order.</summary>
    public static KeptColumns Named(params ImmutableArray<string> names) => new() { Names = names };
}
