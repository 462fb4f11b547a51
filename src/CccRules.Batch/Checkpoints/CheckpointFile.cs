using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CccRules.Batch.Counting;
using CccRules.Batch.Sinks;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Checkpoints;

/// <summary>
/// The checkpoint of a run as a file: a line of JSON and a line with its SHA-256. It is written aside, flushed and renamed, so that
/// there is always a whole one; a cut or changed one is noticed.
/// </summary>
public sealed class CheckpointFile(string path)
{
    /// <summary>Where it lies.</summary>
    public string Path { get; } = path;

    public bool Exists => File.Exists(Path);

    /// <exception cref="IOException">It cannot be written; the one before is still there.</exception>
    public void Write(Checkpoint checkpoint)
    {
        using var file = OutputFile.Create(Path);
        var json = JsonSerializer.SerializeToUtf8Bytes(CheckpointDocument.Of(checkpoint), BatchJson.Compact.CheckpointDocument);
        file.Stream.Write([.. json, (byte)'\n', .. Digest(json), (byte)'\n']);
        file.Commit();
    }

    /// <param name="manifest">The ruleset of the run that wants to go on.</param>
    /// <exception cref="InvalidDataException">It is cut short, changed, or another program's.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Checkpoint Read(RulesetManifest manifest)
    {
        var bytes = File.ReadAllBytes(Path);
        var end = bytes.AsSpan().IndexOf((byte)'\n');
        if (end < 0 || !bytes.AsSpan(end + 1).SequenceEqual([.. Digest(bytes.AsSpan(0, end)), (byte)'\n']))
        {
            throw Broken();
        }

        try
        {
            return JsonSerializer.Deserialize(bytes.AsSpan(0, end), BatchJson.Compact.CheckpointDocument)?.ToCheckpoint(manifest) ?? throw Broken();
        }
        catch (JsonException)
        {
            throw Broken();
        }
    }

    public void Delete() => File.Delete(Path);

    private InvalidDataException Broken() => new($"the checkpoint '{Path}' is damaged; begin the run again");

    private static byte[] Digest(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes)));
}
