using System.Buffers;
using System.IO.Compression;

namespace CccRules.Batch.Sinks;

/// <summary>Answers as a file of bytes.</summary>
/// <remarks>
/// A compressed file is a row of gzip members, one for the header and one a batch, as RFC 1952 allows. So each batch is compressed on
/// the thread that classified it, and a continued run writes the same bytes as one that was never stopped.
/// </remarks>
/// <param name="file">The file; opened again where a run is continued.</param>
/// <param name="format">How rows look.</param>
/// <param name="isCompressed">Write gzip.</param>
public sealed class FileSink(OutputFile file, IRowFormat format, bool isCompressed = false) : IRecordSink
{
    /// <inheritdoc/>
    public bool CanResume => file.CanResume;

    /// <inheritdoc/>
    public void Start(long? mark)
    {
        if (mark is not null)
        {
            return;
        }

        var header = new ArrayBufferWriter<byte>();
        format.WriteHeader(header);
        if (isCompressed)
        {
            Compress(header, new ArrayBufferWriter<byte>());
        }

        file.Stream.Write(header.WrittenSpan);
    }

    /// <inheritdoc/>
    public void Prepare(ClassifiedBatch batch)
    {
        format.WriteRows(batch, batch.Prepared);
        if (isCompressed && batch.Prepared.WrittenCount != 0)
        {
            Compress(batch.Prepared, batch.Scratch);
        }
    }

    /// <inheritdoc/>
    public void Write(ClassifiedBatch batch) => file.Stream.Write(batch.Prepared.WrittenSpan);

    /// <inheritdoc/>
    public long Checkpoint() => file.Flush();

    /// <inheritdoc/>
    public void Complete() => file.Commit();

    /// <inheritdoc/>
    public void Keep() => file.Keep();

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static void Compress(ArrayBufferWriter<byte> bytes, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        scratch.Write(bytes.WrittenSpan);
        bytes.ResetWrittenCount();
        using var gzip = new GZipStream(new WriterStream(bytes), CompressionLevel.Fastest);
        gzip.Write(scratch.WrittenSpan);
    }

    /// <summary>A buffer as the stream that compression wants.</summary>
    private sealed class WriterStream(ArrayBufferWriter<byte> writer) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => writer.WrittenCount;

        public override long Position
        {
            get => writer.WrittenCount;
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => writer.Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => writer.Write(buffer);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
