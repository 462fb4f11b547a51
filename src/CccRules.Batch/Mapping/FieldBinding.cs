using System.Buffers;
using CccRules.Batch.Mapping.Forms;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Mapping;

/// <summary>A column of the data that feeds a fact.</summary>
/// <param name="IsStored">False for a text key: no rule reads it, so it is checked and not kept among the texts.</param>
/// <param name="Form">How values are written; null: as rules write them.</param>
internal sealed record FieldBinding(int Column, int Fact, FactReader Reader, bool IsStored, ValueForm? Form = null)
{
    /// <summary>Reads a cell; null where nothing is wrong with it.</summary>
    /// <param name="cell">The value as it stands in the data, unquoted.</param>
    /// <param name="texts">Where texts go.</param>
    /// <param name="scratch">Room to rewrite the cell in.</param>
    public CellFault? Read(ReadOnlySpan<byte> cell, TextDictionary texts, ArrayBufferWriter<byte> scratch, out long fact)
    {
        if (Form is not null)
        {
            var value = cell.Trim((byte)' ');
            if (!value.IsEmpty || Form.TakesEmpty)
            {
                scratch.ResetWrittenCount();
                if (!Form.TryRewrite(value, scratch))
                {
                    fact = Runtime.Facts.Fact.Missing;
                    return new CellFault(Form.Fault.Code(), $"{Form.Fault.Sentence()}: {Form.Text}");
                }

                cell = scratch.WrittenSpan;
            }
        }

        var fault = IsStored ? Reader.Read(cell, texts, out fact) : Check(cell, out fact);
        return fault == FactFault.None ? null : new CellFault(fault.Code(), fault.Describe(Reader.Schema));
    }

    private FactFault Check(ReadOnlySpan<byte> cell, out long fact)
    {
        fact = Runtime.Facts.Fact.Missing;
        return Reader.Schema.IsRequired && cell.Trim((byte)' ').IsEmpty ? FactFault.RequiredButEmpty : FactFault.None;
    }
}

/// <summary>What is wrong with a cell.</summary>
internal sealed record CellFault(string Code, string Reason);

/// <summary>A fact that has the same value in every record.</summary>
internal sealed record ConstantBinding(int Fact, FactReader Reader, ReadOnlyMemory<byte> Value);
