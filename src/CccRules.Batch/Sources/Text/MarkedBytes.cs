using System.Text;

namespace CccRules.Batch.Sources.Text;

/// <summary>
/// How bytes that are no text in their encoding come through decoding: as the last 256 characters of Unicode, which are private or no
/// characters at all, and from there as a byte that no UTF-8 holds before the byte itself. So the row is refused, and shows its bytes.
/// </summary>
internal static class MarkedBytes
{
    /// <summary>No UTF-8 holds it.</summary>
    public const byte Mark = 0xFF;

    private const int First = 0x10FF00;

    public static DecoderFallback Fallback { get; } = new ByteFallback();

    /// <summary>The byte that a character stands for; -1 for any other.</summary>
    public static int ByteOf(Rune rune) => rune.Value >= First ? rune.Value - First : -1;

    private sealed class ByteFallback : DecoderFallback
    {
        public override int MaxCharCount => 8;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new ByteFallbackBuffer();
    }

    private sealed class ByteFallbackBuffer : DecoderFallbackBuffer
    {
        private string _text = "";
        private int _at;

        public override int Remaining => _text.Length - _at;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            _text = string.Concat(bytesUnknown.Select(unknown => new Rune(First + unknown).ToString()));
            _at = 0;
            return true;
        }

        public override char GetNextChar() => _at < _text.Length ? _text[_at++] : '\0';

        public override bool MovePrevious()
        {
            if (_at == 0)
            {
                return false;
            }

            _at--;
            return true;
        }

        public override void Reset()
        {
            _text = "";
            _at = 0;
        }
    }
}
