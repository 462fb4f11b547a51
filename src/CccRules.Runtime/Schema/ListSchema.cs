using System.Collections.Immutable;

namespace CccRules.Runtime.Schema;

/// <summary>A list of nested records.</summary>
/// <param name="Fact">Position of the list among the record's facts.</param>
/// <param name="EntryFields">Facts of an entry that are its own; those of the whole record follow, the evaluation date last.</param>
/// <param name="Entry">The conditions on an entry, as categories; its facts are those of the entry, then those of the record.</param>
/// <param name="Derived">What is derived from all entries.</param>
public sealed record ListSchema(int Fact, int EntryFields, RulesetManifest Entry, ImmutableArray<DerivedFact> Derived);

/// <summary>How the conditions on the entries of a list become one fact.</summary>
public enum ListWord : byte
{
    /// <summary>Some entry meets the condition.</summary>
    Any,

    /// <summary>Every entry does.</summary>
    All,

    /// <summary>How many do.</summary>
    Count,
}

/// <summary>A fact that is derived from the entries of a list.</summary>
/// <param name="Fact">Its position among the record's facts.</param>
/// <param name="Category">The condition, a position in the entry's categories; -1: every entry meets it.</param>
public sealed record DerivedFact(int Fact, ListWord Word, int Category);
