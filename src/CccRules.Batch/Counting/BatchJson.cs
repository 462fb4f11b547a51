using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CccRules.Batch.Checkpoints;

namespace CccRules.Batch.Counting;

/// <summary>How checkpoints and summaries are written as JSON.</summary>
[JsonSerializable(typeof(CheckpointDocument))]
[JsonSerializable(typeof(SummaryDocument))]
internal sealed partial class BatchJson : JsonSerializerContext
{
    /// <summary>On one line.</summary>
    public static BatchJson Compact { get; } = new(Style(isIndented: false));

    /// <summary>For people as well.</summary>
    public static BatchJson Indented { get; } = new(Style(isIndented: true));

    private static JsonSerializerOptions Style(bool isIndented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = isIndented,
        NewLine = "\n",
        // Titles in Chinese shall be read as such; the file is JSON and no part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
