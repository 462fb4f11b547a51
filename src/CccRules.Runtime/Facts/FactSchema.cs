using System.Collections.Immutable;

namespace CccRules.Runtime.Facts;

/// <summary>Where a fact comes from.</summary>
public enum FactRole : byte
{
    /// <summary>A field of the record.</summary>
    Field,

    /// <summary>A legal question that the sources leave open; whoever runs the rules may settle it.</summary>
    Question,

    /// <summary>What a calendar does not know; nobody can give it, and what hangs on it stays open.</summary>
    Calendar,

    /// <summary>Computed from the entries of a list when a record is read.</summary>
    Derived,

    /// <summary>The date by which the record is judged. Always the last fact.</summary>
    EvaluationDate,
}

/// <summary>One fact that a ruleset reads, and what a reader of data must know about it.</summary>
public sealed record FactSchema
{
    /// <summary>Position of the fact in a record, 0-based.</summary>
    public required int Index { get; init; }

    /// <summary>The name in the rules.</summary>
    public required string Name { get; init; }

    public required FactKind Kind { get; init; }

    public FactRole Role { get; init; }

    /// <summary>The fact can be known not to be there.</summary>
    public bool AllowsNone { get; init; }

    /// <summary>An empty cell means <c>none</c> and not "missing".</summary>
    public bool EmptyIsNone { get; init; }

    /// <summary>A record without it is a row fault.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The reader can act on it: what would flip an outcome is looked for among such facts.</summary>
    public bool IsActionable { get; init; }

    /// <summary>The record's identifier, used by no rule.</summary>
    public bool IsKey { get; init; }

    /// <summary>Of a derived fact: the list that it is computed from, and the other facts that its condition reads.</summary>
    public ImmutableArray<int> Origins { get; init; } = [];

    /// <summary>Symbol of the unit (<c>Wh</c>) or currency (<c>CNY</c>) in which the fact is written; null without one.</summary>
    public string? Unit { get; init; }

    /// <summary>Members of an enumeration in the order of their ordinals; empty for other kinds.</summary>
    public ImmutableArray<string> Members { get; init; } = [];

    /// <summary>The title in the law's words; the name where there is none.</summary>
    public string Title { get; init; } = "";
}
