using System.Buffers.Binary;

namespace CccRules.Batch.Sources.Tables;

/// <summary>
/// A number that rows come to, so that a resumed run notices when the rows before its place are no longer those that it read. Against
/// accidents, not against enemies.
/// </summary>
internal static class RowDigest
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    public static ulong Add(ulong digest, ReadOnlySpan<byte> bytes)
    {
        digest = Mix(digest ^ (ulong)bytes.Length);
        while (bytes.Length >= 8)
        {
            digest = Mix(digest ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var last in bytes)
        {
            digest = Mix(digest ^ last);
        }

        return digest;
    }

    private static ulong Mix(ulong value)
    {
        value *= Factor;
        return value ^ (value >> 29);
    }
}
