using System.Buffers.Binary;

namespace CccRules.Batch.Sources.Tables;

/// <summary>Reads PostgreSQL's binary COPY: a signature, then rows as a number of fields and each field as its length and its bytes.</summary>
internal sealed class CopyReader(Stream stream, int columns)
{
    private const int FixedHeader = 19;

    private readonly int[] _starts = new int[columns];
    private readonly int[] _lengths = new int[columns];
    private byte[] _buffer = new byte[256 * 1024];
    private int _at;
    private int _end;
    private int _row;
    private bool _hasBegun;

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="IOException">The bytes are cut short or no COPY.</exception>
    public bool Next()
    {
        if (!_hasBegun)
        {
            Begin();
        }

        _row = _at;
        var offset = 2;
        Need(offset);
        var fields = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_row));
        if (fields == -1)
        {
            return false;
        }

        if (fields != columns)
        {
            throw new IOException("the database sent rows that do not have the columns it promised");
        }

        for (var column = 0; column < columns; column++)
        {
            Need(offset + 4);
            var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_row + offset));
            offset += 4;
            _starts[column] = offset;
            _lengths[column] = Math.Max(length, 0);
            offset += _lengths[column];
            Need(offset);
        }

        _at = _row + offset;
        return true;
    }

    /// <summary>A field of the row; empty for NULL.</summary>
    public ReadOnlySpan<byte> Field(int column) => _buffer.AsSpan(_row + _starts[column], _lengths[column]);

    private void Begin()
    {
        _row = 0;
        Need(FixedHeader);
        if (!_buffer.AsSpan().StartsWith("PGCOPY\n"u8))
        {
            throw new IOException("the database did not send what it was asked for");
        }

        var extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(15));
        Need(FixedHeader + extension);
        _at = FixedHeader + extension;
        _hasBegun = true;
    }

    /// <summary>Takes as many bytes of the row into memory; moves the row to the beginning where the room ends.</summary>
    private void Need(int length)
    {
        if (_end - _row >= length)
        {
            return;
        }

        Buffer.BlockCopy(_buffer, _row, _buffer, 0, _end - _row);
        _end -= _row;
        _row = 0;
        _at = 0;
        if (length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(length, _buffer.Length * 2));
        }

        while (_end < length)
        {
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                throw new IOException("the database sent less than it promised");
            }

            _end += read;
        }
    }
}
