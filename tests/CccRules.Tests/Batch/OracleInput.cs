using CccRules.Batch;

namespace CccRules.Tests.Batch;

/// <summary>
/// The part of a CSV stream that is in memory. The byte before <see cref="Start"/> is always a line feed: CsvHelper, which sees the
/// bytes from there, then never takes bytes in the middle of a file for a byte order mark.
/// </summary>
/// <param name="stream">The bytes from <paramref name="offset"/> on.</param>
/// <param name="offset">Bytes before the first one of the stream.</param>
/// <param name="line">Physical line on which the stream begins, from 1.</param>
internal sealed class OracleInput(Stream stream, long offset = 0, long line = 1) : IDisposable
{
    private const int FirstSize = 256 * 1024;

    private byte[] _buffer = new byte[FirstSize];

    /// <summary>First byte that is not consumed.</summary>
    public int Start { get; private set; } = 1;

    /// <summary>One past the last byte in memory.</summary>
    public int End { get; private set; } = 1;

    /// <summary>Nothing follows the bytes in memory.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Physical line of <see cref="Start"/>, from 1.</summary>
    public long Line { get; private set; } = line;

    /// <summary>Bytes of the data before <see cref="Start"/>.</summary>
    public long Offset { get; private set; } = offset;

    public ReadOnlySpan<byte> this[Range range] => _buffer.AsSpan(range);

    /// <summary>The bytes from the line feed before <see cref="Start"/> to an end.</summary>
    public ReadOnlyMemory<byte> WithLineFeedBefore(int end) => _buffer.AsMemory(Start - 1, end - Start + 1);

    /// <summary>Gives up bytes before a position, counting their lines.</summary>
    public void Consume(int position)
    {
        Line += _buffer.AsSpan(Start, position - Start).Count((byte)'\n');
        Offset += position - Start;
        Start = position;
    }

    /// <summary>Reads more, growing the room where all of it is unconsumed. Positions move: <see cref="Start"/> says where to.</summary>
    public void ReadMore()
    {
        var length = End - Start;
        var from = _buffer;
        if (length > _buffer.Length / 2)
        {
            _buffer = new byte[_buffer.Length * 2];
        }

        Buffer.BlockCopy(from, Start, _buffer, 1, length);
        _buffer[0] = (byte)'\n';
        Start = 1;
        End = Start + length;
        var room = _buffer.AsSpan(End);
        var read = stream.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
        End += read;
        IsAtEnd = read < room.Length;
    }

    /// <summary>Passes over the rest of a line that is too long to hold.</summary>
    public void SkipLine()
    {
        while (true)
        {
            var lineFeed = _buffer.AsSpan(Start, End - Start).IndexOf((byte)'\n');
            if (lineFeed >= 0)
            {
                Consume(Start + lineFeed + 1);
                return;
            }

            Offset += End - Start;
            Start = End;
            if (IsAtEnd)
            {
                return;
            }

            ReadMore();
        }
    }

    /// <summary>Drops a byte order mark at the very beginning.</summary>
    /// <exception cref="BatchSetupException">The mark is that of UTF-16 or UTF-32.</exception>
    public void ReadByteOrderMark()
    {
        ReadMore();
        if (Offset != 0)
        {
            return;
        }

        var start = _buffer.AsSpan(Start, End - Start);
        if (start.StartsWith("\uFEFF"u8))
        {
            Start += 3;
            Offset += 3;
            _buffer[Start - 1] = (byte)'\n';
        }
        else if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            || start.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
        {
            throw new BatchSetupException(
                BatchProblemKind.NotUtf8File, "line 1: the file is UTF-16 or UTF-32; save it as UTF-8");
        }
    }

    public void Dispose() => stream.Dispose();
}
