using System.Collections.Immutable;

namespace CccRules.Batch;

/// <summary>A row that was not classified.</summary>
/// <param name="Line">Physical line on which the record begins, from 1; the record's number where the data have no lines.</param>
/// <param name="Faults">Everything that is wrong with it; at least one.</param>
/// <param name="Raw">The row's bytes as they stood in the data, without its line break.</param>
/// <param name="Input">Name of the input that it comes from.</param>
public sealed record RejectedRow(long Line, ImmutableArray<RowFault> Faults, ReadOnlyMemory<byte> Raw, string Input = "");
