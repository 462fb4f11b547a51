namespace CccRules.Batch.Sinks;

/// <summary>
/// A file that one run alone writes, unbuffered. Where it would outgrow what the file system or <c>ulimit -f</c> allows, that is a failure
/// of writing like a full disk; <see cref="FileStream"/> takes it for a wrong argument.
/// </summary>
internal sealed class GrowingFile(string path, FileMode mode) : Stream
{
    private const int FileTooLarge = 27;

    private readonly FileStream _file = new(path, mode, FileAccess.Write, FileShare.None, bufferSize: 0);

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _file.Position;
        set => _file.Position = value;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _file.Write(buffer);
        }
        catch (ArgumentOutOfRangeException fault)
        {
            throw new IOException(fault.Message, FileTooLarge);
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    public override void SetLength(long value) => _file.SetLength(value);

    public override long Seek(long offset, SeekOrigin origin) => _file.Seek(offset, origin);

    /// <summary>Everything that was written is on the disk.</summary>
    public override void Flush() => _file.Flush(flushToDisk: true);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
