using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace CccRules.Cli.Caching;

/// <summary>
/// What a file of the cache holds: the files besides the given ones that the rules came from, and what was made of them. A hash over
/// all of it comes first, so that a damaged file is told from a good one.
/// </summary>
internal sealed record CacheEntry(ImmutableArray<SourceFile> Others, ImmutableArray<string> Absent, ReadOnlyMemory<byte> Content)
{
    private const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>Reads an entry; null where the bytes are not what was written.</summary>
    public static CacheEntry? Read(byte[] bytes)
    {
        if (bytes.Length < HashSize || !SHA256.HashData(bytes.AsSpan(HashSize)).AsSpan().SequenceEqual(bytes.AsSpan(0, HashSize)))
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, HashSize, bytes.Length - HashSize), Encoding.UTF8);
        var others = ImmutableArray.CreateBuilder<SourceFile>();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            others.Add(new SourceFile(reader.ReadString(), reader.ReadString(), [.. reader.ReadBytes(HashSize)]));
        }

        var absent = ImmutableArray.CreateBuilder<string>();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            absent.Add(reader.ReadString());
        }

        var length = reader.ReadInt32();
        return new CacheEntry(others.ToImmutable(), absent.ToImmutable(), bytes.AsMemory(bytes.Length - length));
    }

    public byte[] Write()
    {
        using var stream = new MemoryStream(Content.Length + 4096);
        stream.Write(new byte[HashSize]);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Others.Length);
            foreach (var other in Others)
            {
                writer.Write(other.Path);
                writer.Write(other.Shown);
                writer.Write(other.Hash.AsSpan());
            }

            writer.Write(Absent.Length);
            foreach (var path in Absent)
            {
                writer.Write(path);
            }

            writer.Write(Content.Length);
            writer.Write(Content.Span);
        }

        var bytes = stream.ToArray();
        SHA256.HashData(bytes.AsSpan(HashSize), bytes.AsSpan(0, HashSize));
        return bytes;
    }
}
