using System.Collections.Immutable;

namespace CccRules.Batch;

/// <summary>A row that was not classified.</summary>
/// <param name="Line">Physical line on which the record begins, from 1.</param>
/// <param name="Faults">Everything that is wrong with it; at least one.</param>
/// <param name="Raw">The row as it stood in the data, without its line break; bytes that are no UTF-8 and NUL as U+FFFD.</param>
public sealed record RejectedRow(long Line, ImmutableArray<RowFault> Faults, string Raw);
