namespace CccRules.Batch.Sources.Json;

/// <summary>The lines of a stream, each with its number and place. A line feed ends a line, a carriage return before it goes with it.</summary>
/// <param name="stream">The bytes from <paramref name="offset"/> on.</param>
/// <param name="mostLineBytes">Bytes of the longest line that is held; of a longer one the rest is passed over.</param>
/// <param name="offset">Bytes before the first one of the stream.</param>
/// <param name="line">Number of the line on which the stream begins, from 1.</param>
internal sealed class LineReader(Stream stream, int mostLineBytes, long offset = 0, long line = 1) : IDisposable
{
    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _length;
    private int _next;
    private int _end;
    private long _offset = offset;
    private bool _isAtEnd;

    /// <summary>Number of the current line, from 1.</summary>
    public long Number { get; private set; } = line - 1;

    /// <summary>The current line without its end.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_start, _length);

    /// <summary>The current line was too long: <see cref="Line"/> holds its beginning.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Where the next line begins.</summary>
    public long NextOffset => _offset + _next;

    /// <summary>Goes to the next line; false at the end.</summary>
    public bool Next()
    {
        _start = _next;
        IsCut = false;
        var searched = _start;
        while (true)
        {
            var lineFeed = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (lineFeed >= 0)
            {
                Take(searched + lineFeed, searched + lineFeed + 1);
                return true;
            }

            if (_isAtEnd)
            {
                if (_start == _end)
                {
                    return false;
                }

                Take(_end, _end);
                return true;
            }

            if (_end - _start > mostLineBytes)
            {
                Cut();
                return true;
            }

            searched = _end - _start;
            ReadMore();
        }
    }

    public void Dispose() => stream.Dispose();

    private void Take(int end, int next)
    {
        _length = end - _start;
        if (_length > 0 && _buffer[end - 1] == '\r')
        {
            _length--;
        }

        _next = next;
        Number++;
    }

    /// <summary>Moves the current line to the beginning and reads behind it.</summary>
    private void ReadMore()
    {
        var held = _end - _start;
        var from = _buffer;
        if (held > _buffer.Length / 2)
        {
            _buffer = new byte[_buffer.Length * 2];
        }

        Buffer.BlockCopy(from, _start, _buffer, 0, held);
        _offset += _start;
        _start = 0;
        _next = 0;
        _end = held;
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
    }

    /// <summary>Keeps the beginning of a line that is too long, and passes over the rest.</summary>
    private void Cut()
    {
        IsCut = true;
        _length = Math.Min(mostLineBytes, 64 * 1024);
        _offset += _start;
        Buffer.BlockCopy(_buffer, _start, _buffer, 0, _length);
        _offset += _end - _start - _length;
        _start = 0;
        _end = _length;
        while (true)
        {
            var read = stream.Read(_buffer, _length, _buffer.Length - _length);
            var lineFeed = _buffer.AsSpan(_length, read).IndexOf((byte)'\n');
            _end = _length + read;
            if (lineFeed >= 0 || read == 0)
            {
                _isAtEnd = read == 0;
                _next = lineFeed >= 0 ? _length + lineFeed + 1 : _end;
                Number++;
                return;
            }

            _offset += read;
        }
    }
}
