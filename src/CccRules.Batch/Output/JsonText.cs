using System.Text.Encodings.Web;
using System.Text.Json;

namespace CccRules.Batch.Output;

/// <summary>How JSON is written for data: text as it is, escaped only where JSON asks for it.</summary>
internal static class JsonText
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 1000 };

    /// <summary>Writes a list whose members are joined by <c>;</c> as a JSON array.</summary>
    public static void WriteList(Utf8JsonWriter json, ReadOnlySpan<byte> joined)
    {
        json.WriteStartArray();
        foreach (var part in joined.IsEmpty ? default : joined.Split((byte)';'))
        {
            json.WriteStringValue(joined[part]);
        }

        json.WriteEndArray();
    }
}
