using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Diagnostics;

/// <summary>What the machine forms share: JSON that reads well, and that is the same on every machine.</summary>
internal static class MachineText
{
    // Names and laws are in many scripts; they stay readable. What could fool a terminal is escaped afterwards.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON text that <paramref name="write"/> writes, with a line feed at its end.</summary>
    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            write(writer);
        }

        return EscapeHidden(Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length))) + "\n";
    }

    /// <summary>Writes an array of strings as a property.</summary>
    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a line and column, counted from 1, as two properties.</summary>
    public static void WritePosition(this Utf8JsonWriter json, string lineName, string columnName, LinePosition position)
    {
        json.WriteNumber(lineName, position.LineNumber);
        json.WriteNumber(columnName, position.ColumnNumber);
    }

    /// <summary>Outside its strings JSON is plain ASCII, so an escape is right wherever a hidden character stands.</summary>
    private static string EscapeHidden(string json)
    {
        var result = new StringBuilder(json.Length);
        foreach (var rune in json.EnumerateRunes())
        {
            if (rune.IsAscii || !DisplayText.MustEscape(rune))
            {
                result.Append(rune);
                continue;
            }

            foreach (var unit in rune.ToString())
            {
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            }
        }

        return result.ToString();
    }
}
