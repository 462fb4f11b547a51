using System.Collections.Immutable;

namespace CccRules.Runtime.Records;

/// <summary>What a binding is told besides the type.</summary>
public sealed record RecordBindingOptions
{
    public static RecordBindingOptions Default { get; } = new();

    /// <summary>
    /// Answers to legal questions that the sources leave open, by the question's name; what is not answered stays open. Whoever runs
    /// the rules answers them, not the record.
    /// </summary>
    public ImmutableDictionary<string, bool> Assumptions { get; init; } = ImmutableDictionary<string, bool>.Empty;
}
