using System.Text.Json;

namespace CccRules.Batch.Lists;

/// <summary>Whether a text looks like a list of nested records; what is in the entries is not looked at.</summary>
internal static class ListText
{
    public static bool IsList(ReadOnlySpan<byte> text)
    {
        try
        {
            var json = new Utf8JsonReader(text);
            if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
            {
                return false;
            }

            while (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                json.Skip();
            }

            return json.TokenType == JsonTokenType.EndArray && !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
