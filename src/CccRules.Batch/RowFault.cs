namespace CccRules.Batch;

/// <summary>One thing that is wrong with a row of the data.</summary>
/// <param name="Line">Physical line on which the record begins, from 1; lines inside quoted cells count.</param>
/// <param name="Column">The column's name in the data; empty where the whole row is wrong.</param>
/// <param name="Value">What stands there, at most 120 characters, control characters escaped; empty for a whole row.</param>
/// <param name="Code">The public code, such as <c>CCC8030</c>.</param>
/// <param name="Reason">What is wrong and what is expected.</param>
public sealed record RowFault(long Line, string Column, string Value, string Code, string Reason);
