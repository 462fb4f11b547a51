namespace CccRules.Batch.Sources;

/// <summary>A file of bytes as they are.</summary>
/// <param name="path">Where it lies.</param>
/// <param name="name">What messages call it; the path where it is left out.</param>
public sealed class InputFile(string path, string? name = null) : InputBytes
{
    public override string Name => name ?? path;

    public override bool CanReopen => true;

    public override Stream Open(long offset = 0)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        if (offset != 0)
        {
            stream.Position = offset;
        }

        return stream;
    }
}
