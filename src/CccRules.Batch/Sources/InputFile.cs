using System.Globalization;
using System.Security.Cryptography;
using CccRules.Batch.Sinks;

namespace CccRules.Batch.Sources;

/// <summary>A file of bytes as they are.</summary>
/// <param name="path">Where it lies.</param>
/// <param name="name">What messages call it; the path where it is left out.</param>
public sealed class InputFile(string path, string? name = null) : InputBytes
{
    private const int EndBytes = 64 * 1024;

    private FileStream? _last;
    private long _length;

    public override string Name => name ?? path;

    public override bool CanReopen => true;

    public override double? Fraction => _last is { } stream && _length > 0 ? Math.Min(1, (double)PositionOf(stream) / _length) : null;

    public override string Identity
    {
        get
        {
            using var stream = OpenFile();
            var ends = new byte[2 * EndBytes];
            var first = stream.ReadAtLeast(ends.AsSpan(0, EndBytes), EndBytes, throwOnEndOfStream: false);
            stream.Position = Math.Max(first, stream.Length - EndBytes);
            var last = stream.ReadAtLeast(ends.AsSpan(first, EndBytes), EndBytes, throwOnEndOfStream: false);
            var digest = Convert.ToHexStringLower(SHA256.HashData(ends.AsSpan(0, first + last)).AsSpan(0, 16));
            return string.Create(CultureInfo.InvariantCulture, $"{stream.Length} bytes, {File.GetLastWriteTimeUtc(path):O}, {digest}");
        }
    }

    /// <summary>The path names a pipe, a terminal or the like, which can be read only once.</summary>
    public static bool IsReadOnce(string path) =>
        !FilePath.IsRegular(path);

    public override Stream Open(long offset = 0)
    {
        _last = OpenFile();
        _length = _last.Length;
        if (offset != 0)
        {
            _last.Position = offset;
        }

        return _last;
    }

    private FileStream OpenFile() => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    private long PositionOf(FileStream stream)
    {
        try
        {
            return stream.Position;
        }
        catch (ObjectDisposedException)
        {
            return _length;
        }
    }
}
