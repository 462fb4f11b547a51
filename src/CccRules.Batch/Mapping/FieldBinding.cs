using CccRules.Runtime.Facts;

namespace CccRules.Batch.Mapping;

/// <summary>A column of the data that feeds a fact.</summary>
/// <param name="IsStored">False for a text key: no rule reads it, so it is checked and not kept among the texts.</param>
internal sealed record FieldBinding(int Column, int Fact, FactReader Reader, bool IsStored);

/// <summary>A fact that has the same value in every record.</summary>
internal sealed record ConstantBinding(int Fact, FactReader Reader, ReadOnlyMemory<byte> Value);
