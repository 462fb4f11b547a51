using System.Collections.Immutable;

namespace CccRules.Runtime.Schema;

/// <summary>The numbers and texts that emitted code refers to by position.</summary>
public sealed record ProgramTables
{
    /// <summary>
    /// Sets of numbers as closed intervals, lower and upper bound in turn, ascending and disjoint.
    /// For HS codes the bounds are 13-digit codes.
    /// </summary>
    public ImmutableArray<ImmutableArray<long>> Sets { get; init; } = [];

    /// <summary>Texts that conditions compare with.</summary>
    public ImmutableArray<string> Texts { get; init; } = [];

    /// <summary>Sets of texts, each ascending in ordinal order.</summary>
    public ImmutableArray<ImmutableArray<string>> TextSets { get; init; } = [];

    /// <summary>Regular expressions of <c>matches</c>; run without backtracking.</summary>
    public ImmutableArray<string> Patterns { get; init; } = [];

    /// <summary>Dated parameters: day and value in turn, ascending by day; before the first day the value is none.</summary>
    public ImmutableArray<ImmutableArray<long>> Steps { get; init; } = [];
}
