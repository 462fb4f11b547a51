namespace CccRules.Batch.Sources;

/// <summary>Bytes to read records from, in UTF-8: a file or a stream, whatever decompression and decoding lies between.</summary>
public abstract class InputBytes
{
    /// <summary>What messages call it: the path as it was given, or <c>standard input</c>.</summary>
    public abstract string Name { get; }

    /// <summary>It can be opened again and from any place, so that a run can be resumed; a pipe cannot.</summary>
    public abstract bool CanReopen { get; }

    /// <summary>What tells these bytes from others: their number, when they were written, their beginning and their end. Null for a pipe.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public virtual string? Identity => null;

    /// <summary>How much was read of what was opened last, from 0 to 1; null where nobody knows how much there is.</summary>
    public virtual double? Fraction => null;

    /// <summary>Opens the bytes from a place on. The caller disposes of the stream.</summary>
    /// <param name="offset">Bytes to leave out, counted after decompression and decoding.</param>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="NotSupportedException">They cannot be opened again.</exception>
    public abstract Stream Open(long offset = 0);

    /// <summary>A stream that is there already and can be read once.</summary>
    public static InputBytes Of(Stream stream, string name = "standard input") => new StreamBytes(stream, name);

    private sealed class StreamBytes(Stream stream, string name) : InputBytes
    {
        private bool _isOpened;

        public override string Name => name;

        public override bool CanReopen => false;

        public override Stream Open(long offset = 0)
        {
            if (_isOpened || offset != 0)
            {
                throw new NotSupportedException($"{name} can be read only once.");
            }

            _isOpened = true;
            return stream;
        }
    }
}
