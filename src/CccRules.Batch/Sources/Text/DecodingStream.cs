using System.Text;

namespace CccRules.Batch.Sources.Text;

/// <summary>Text in some encoding as UTF-8; bytes that are no text come through as <see cref="MarkedBytes"/> says.</summary>
internal sealed class DecodingStream(Stream inner, byte[] start, Encoding encoding) : ReadOnlyStream(inner)
{
    private const int ChunkBytes = 32 * 1024;

    private readonly Decoder _decoder = encoding.GetDecoder();
    private readonly byte[] _bytes = new byte[ChunkBytes];
    // An unknown byte becomes two characters; one byte more for the half of a pair that waits.
    private readonly char[] _characters = new char[(ChunkBytes * 8) + 16];
    private readonly byte[] _utf8 = new byte[(ChunkBytes * 8 * 3) + 64];
    private byte[]? _start = start;
    private int _waiting;
    private int _at;
    private int _end;
    private bool _isAtEnd;

    public override int Read(Span<byte> buffer)
    {
        while (_at == _end && !_isAtEnd)
        {
            Decode();
        }

        var length = Math.Min(buffer.Length, _end - _at);
        _utf8.AsSpan(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }

    private void Decode()
    {
        ReadOnlySpan<byte> chunk;
        if (_start is { Length: > 0 } start)
        {
            chunk = start;
        }
        else
        {
            chunk = _bytes.AsSpan(0, Inner.Read(_bytes));
            _isAtEnd = chunk.IsEmpty;
        }

        _start = null;
        var length = _waiting + _decoder.GetChars(chunk, _characters.AsSpan(_waiting), flush: _isAtEnd);
        // A pair may come in two halves; a half alone never comes: the decoder has made marked bytes of it.
        _waiting = !_isAtEnd && length > 0 && char.IsHighSurrogate(_characters[length - 1]) ? 1 : 0;
        Encode(_characters.AsSpan(0, length - _waiting));
        _characters[0] = length > 0 ? _characters[length - 1] : '\0';
    }

    private void Encode(ReadOnlySpan<char> text)
    {
        _at = 0;
        _end = 0;
        while (!text.IsEmpty)
        {
            // Characters above U+FFFF are rare; the rest goes through in one piece.
            var high = text.IndexOfAnyInRange('\uD800', '\uDBFF');
            var plain = high < 0 ? text : text[..high];
            _end += Encoding.UTF8.GetBytes(plain, _utf8.AsSpan(_end));
            text = text[plain.Length..];
            if (text.IsEmpty)
            {
                return;
            }

            Rune.DecodeFromUtf16(text, out var rune, out var length);
            text = text[length..];
            var unknown = MarkedBytes.ByteOf(rune);
            if (unknown >= 0)
            {
                _utf8[_end++] = MarkedBytes.Mark;
                if (unknown >= ' ')
                {
                    // Signs that would end the row, or be another fault, are left out.
                    _utf8[_end++] = (byte)unknown;
                }
            }
            else
            {
                _end += rune.EncodeToUtf8(_utf8.AsSpan(_end));
            }
        }
    }
}
