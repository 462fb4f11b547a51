using CccRules.Runtime.Facts;

namespace CccRules.Batch.Mapping;

/// <summary>A column of the data that feeds a fact.</summary>
/// <param name="IsStored">False for a text key: no rule reads it, so it is checked and not kept among the texts.</param>
internal sealed record FieldBinding(int Column, int Fact, FactReader Reader, bool IsStored)
{
    /// <summary>Reads a cell.</summary>
    /// <param name="cell">The value as it stands in the data, unquoted.</param>
    /// <param name="texts">Where texts go.</param>
    public FactFault Read(ReadOnlySpan<byte> cell, TextDictionary texts, out long fact) =>
        IsStored ? Reader.Read(cell, texts, out fact) : Check(cell, out fact);

    private FactFault Check(ReadOnlySpan<byte> cell, out long fact)
    {
        fact = Runtime.Facts.Fact.Missing;
        return Reader.Schema.IsRequired && cell.Trim((byte)' ').IsEmpty ? FactFault.RequiredButEmpty : FactFault.None;
    }
}

/// <summary>A fact that has the same value in every record.</summary>
internal sealed record ConstantBinding(int Fact, FactReader Reader, ReadOnlyMemory<byte> Value);
