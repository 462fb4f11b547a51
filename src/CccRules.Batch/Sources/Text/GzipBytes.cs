using System.IO.Compression;
using System.Text;

namespace CccRules.Batch.Sources.Text;

/// <summary>Bytes that are compressed by gzip, decompressed; several members one after the other count as one, as gzip has it.</summary>
internal sealed class GzipBytes(InputBytes compressed) : InputBytes
{
    public override string Name => compressed.Name;

    public override bool CanReopen => compressed.CanReopen;

    public override string? Identity => compressed.Identity;

    public override double? Fraction => compressed.Fraction;

    public override Stream Open(long offset = 0) => new SkippingStream(new WholeGzipStream(compressed.Open(), Name), offset, Name);

    /// <summary>
    /// Notices gzip that is cut short, which <see cref="GZipStream"/> takes for the end. A member of our own is put behind the bytes: it
    /// comes out at the end if everything before it was whole, and only then.
    /// </summary>
    private sealed class WholeGzipStream(Stream inner, string name) : ReadOnlyStream(new GZipStream(new AppendedStream(inner, Seal.Member), CompressionMode.Decompress))
    {
        private readonly byte[] _buffer = new byte[64 * 1024];
        private int _start;
        private int _end;
        private bool _isAtEnd;

        public override int Read(Span<byte> buffer)
        {
            while (!_isAtEnd && _end - _start <= Seal.Text.Length)
            {
                ReadMore();
            }

            var length = Math.Min(buffer.Length, _end - _start - (_isAtEnd ? 0 : Seal.Text.Length));
            _buffer.AsSpan(_start, length).CopyTo(buffer);
            _start += length;
            return length;
        }

        private void ReadMore()
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
            try
            {
                var read = Inner.Read(_buffer, _end, _buffer.Length - _end);
                _end += read;
                _isAtEnd = read == 0;
            }
            catch (InvalidDataException fault)
            {
                throw new IOException($"'{name}' is not whole gzip: it is damaged, or something else", fault);
            }

            if (!_isAtEnd)
            {
                return;
            }

            if (!_buffer.AsSpan(_start, _end - _start).SequenceEqual(Seal.Text))
            {
                throw new IOException($"'{name}' is not whole gzip: it is cut short, or something else follows");
            }

            _end = _start;
        }
    }

    private static class Seal
    {
        public static readonly byte[] Text = Encoding.ASCII.GetBytes("\0end of gzip, by ccc\0");

        public static readonly byte[] Member = Compress();

        private static byte[] Compress()
        {
            using var stream = new MemoryStream();
            using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
            {
                gzip.Write(Text);
            }

            return stream.ToArray();
        }
    }

    private sealed class AppendedStream(Stream inner, byte[] end) : ReadOnlyStream(inner)
    {
        private ReadOnlyMemory<byte> _end = end;

        public override int Read(Span<byte> buffer)
        {
            var read = Inner.Read(buffer);
            if (read == 0 && !buffer.IsEmpty)
            {
                read = Math.Min(buffer.Length, _end.Length);
                _end.Span[..read].CopyTo(buffer);
                _end = _end[read..];
            }

            return read;
        }
    }
}
