using System.Buffers.Binary;

namespace CccRules.Cli.Caching;

/// <summary>What a check said of rules in which it found nothing worse than remarks.</summary>
/// <param name="Files">Files of rules, those that are used included.</param>
/// <param name="Remarks">Remarks, which are only shown when asked for.</param>
internal sealed record CleanVerdict(int Files, int Remarks)
{
    private const int Size = 2 * sizeof(int);

    /// <summary>Takes it from a file of the cache; null where it is not one.</summary>
    public static CleanVerdict? Read(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new CleanVerdict(BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[sizeof(int)..]))
        : null;

    public byte[] Write()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Files);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(int)), Remarks);
        return bytes;
    }
}
