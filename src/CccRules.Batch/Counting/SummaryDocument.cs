using System.Collections.Immutable;
using System.Text.Json;

namespace CccRules.Batch.Counting;

/// <summary>The summary of a run for programs: <c>--summary FILE.json</c>.</summary>
public sealed record SummaryDocument
{
    /// <summary>Version of this form.</summary>
    public int Format { get; init; } = 1;

    /// <summary>What the run was made of, by name: the data, the rules, the options, the version of this program.</summary>
    public required ImmutableSortedDictionary<string, string> Run { get; init; }

    /// <summary>What was read, as it may be shown.</summary>
    public string? Input { get; init; }

    /// <summary>The parts of the data that were classified, such as <c>3/16</c>; empty where they were not shared out.</summary>
    public ImmutableArray<string> Shards { get; init; } = [];

    public required CountsDocument Counts { get; init; }

    /// <summary>Rows read are those classified, rejected and left to other shards: nothing was lost.</summary>
    public bool AddsUp => Counts.RowsRead == Counts.Classified + Counts.Rejected + Counts.OfOtherShards;

    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, BatchJson.Indented.SummaryDocument), (byte)'\n'];

    /// <exception cref="InvalidDataException">It is no summary.</exception>
    public static SummaryDocument Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BatchJson.Compact.SummaryDocument) is { Format: 1, Counts.Norms.IsDefault: false } summary
                ? summary
                : throw new InvalidDataException("it is no summary of a run");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException("it is no summary of a run", fault);
        }
    }
}
