using System.Collections.Immutable;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Lists;

/// <summary>A column of the data that holds lists of nested records, as JSON: <c>[{"state":"valid"},{"state":"revoked"}]</c>.</summary>
/// <param name="Column">The column.</param>
/// <param name="List">Position in <see cref="RulesetManifest.Lists"/>.</param>
/// <param name="Fact">The list's own fact.</param>
/// <param name="Schema">What the rules ask of the list.</param>
internal sealed record ListBinding(int Column, int List, FactSchema Fact, ListSchema Schema)
{
    /// <summary>Readers of an entry's fields, in their order.</summary>
    public ImmutableArray<FactReader> Fields { get; } = [.. Schema.Entry.Facts.Take(Schema.EntryFields).Select(field => new FactReader(field))];
}
