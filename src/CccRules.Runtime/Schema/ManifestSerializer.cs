using System.Text.Json;
using System.Text.Json.Serialization;

namespace CccRules.Runtime.Schema;

/// <summary>A manifest as JSON, which is how it rides in an emitted assembly. The same manifest gives the same bytes.</summary>
public static class ManifestSerializer
{
    public static byte[] Write(RulesetManifest manifest) =>
        JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJsonContext.Default.RulesetManifest);

    /// <exception cref="BadImageFormatException">The bytes are not a manifest.</exception>
    public static RulesetManifest Read(Stream json)
    {
        try
        {
            return Deserialize(json)
                ?? throw new BadImageFormatException("The ruleset's manifest is empty.");
        }
        catch (JsonException exception)
        {
            throw new BadImageFormatException("The ruleset's manifest cannot be read.", exception);
        }
    }

    /// <summary>A resource is in memory as a whole: read there, it takes half the time that it takes as a stream.</summary>
    private static unsafe RulesetManifest? Deserialize(Stream json) => json is UnmanagedMemoryStream memory
        ? JsonSerializer.Deserialize(
            new ReadOnlySpan<byte>(memory.PositionPointer, checked((int)(memory.Length - memory.Position))), ManifestJsonContext.Default.RulesetManifest)
        : JsonSerializer.Deserialize(json, ManifestJsonContext.Default.RulesetManifest);
}

// Reasons nest as deeply as conditions and the definitions that they use: more than JSON's usual 64.
[JsonSourceGenerationOptions(
    MaxDepth = 4096,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RulesetManifest))]
internal sealed partial class ManifestJsonContext : JsonSerializerContext;
