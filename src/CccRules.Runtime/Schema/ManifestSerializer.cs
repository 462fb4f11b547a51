namespace CccRules.Runtime.Schema;

/// <summary>
/// A manifest as bytes, which is how it rides in an emitted assembly. The same manifest gives the same bytes. They are for this version of the
/// runtime: an assembly of another has to be compiled again.
/// </summary>
public static class ManifestSerializer
{
    /// <summary>What all begin with; its last byte is raised with every change of <see cref="ManifestFormat"/>.</summary>
    private static ReadOnlySpan<byte> Head => "CCCM\x01"u8;

    public static byte[] Write(RulesetManifest manifest)
    {
        var writer = new ManifestWriter();
        ManifestFormat.Manifest(writer, manifest);
        return writer.ToArray(Head);
    }

    /// <exception cref="BadImageFormatException">The bytes are not a manifest.</exception>
    public static RulesetManifest Read(Stream manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        // Parts are read later: the stream, and the assembly that it may lie in, can be gone by then.
        using var copy = new MemoryStream();
        manifest.CopyTo(copy);
        return ManifestReader.Read<RulesetManifest>(copy.ToArray(), Head, ManifestFormat.Manifest);
    }
}
