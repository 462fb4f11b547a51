using System.Buffers;
using System.Text.Json;
using CccRules.Batch.Sinks;

namespace CccRules.Batch.Output;

/// <summary>
/// Answers as JSON Lines: an object a line, with the names and values that CSV has. Lists are arrays; what was a number, true, false,
/// null or nested in JSON data is so again; everything else is a string. With reasons, <c>reasons</c> tells for each norm that is not
/// settled as not applicable its outcome, its conditions with their truth, and where they are written.
/// </summary>
/// <param name="schema">The columns.</param>
/// <param name="withReasons">Add the reasons that the run asked for.</param>
public sealed class JsonLinesFormat(OutputSchema schema, bool withReasons = false) : IRowFormat
{
    private readonly JsonEncodedText[] _names = [.. schema.Columns.Select(column => JsonEncodedText.Encode(column.Name, JsonText.Options.Encoder))];

    /// <inheritdoc/>
    public void WriteHeader(IBufferWriter<byte> to)
    {
    }

    /// <inheritdoc/>
    public void WriteRows(ClassifiedBatch batch, IBufferWriter<byte> to)
    {
        using var json = new Utf8JsonWriter(to, JsonText.Options);
        schema.ForEachLine(batch, (Format: this, To: to, Json: json), static (batch, row, norm, state) => state.Format.WriteLine(batch, row, norm, state.To, state.Json));
    }

    private void WriteLine(ClassifiedBatch batch, int row, int norm, IBufferWriter<byte> to, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (var i = 0; i < schema.Columns.Length; i++)
        {
            json.WritePropertyName(_names[i]);
            WriteValue(json, schema.Columns[i], batch, row, norm);
        }

        if (withReasons)
        {
            json.WritePropertyName("reasons"u8);
            json.WriteRawValue(batch.ReasonsOf(row), skipInputValidation: true);
        }

        json.WriteEndObject();
        json.Flush();
        json.Reset();
        to.Write("\n"u8);
    }

    private static void WriteValue(Utf8JsonWriter json, OutputColumn column, ClassifiedBatch batch, int row, int norm)
    {
        var value = column.Value(batch, row, norm, batch.Scratch);
        if (column.IsList)
        {
            JsonText.WriteList(json, value);
        }
        else if (!column.IsLiteral(batch, row))
        {
            json.WriteStringValue(value);
        }
        else if (value.IsEmpty)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteRawValue(value, skipInputValidation: true);
        }
    }
}
