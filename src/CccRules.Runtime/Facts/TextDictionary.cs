using System.Text;

namespace CccRules.Runtime.Facts;

/// <summary>
/// Texts by code, so that a text fact is a number like any other. Each distinct text is kept once.
/// Not safe for concurrent use: each reader of a batch has its own.
/// </summary>
public sealed class TextDictionary
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    /// <summary>Number of distinct texts; codes run from 0 to this less one.</summary>
    public int Count => _texts.Count;

    /// <summary>How often the texts were forgotten: while it stays, so does each code's text.</summary>
    internal int Generation { get; private set; }

    /// <summary>The text of a code.</summary>
    public string this[int code] => _texts[code];

    /// <summary>The code of a text, new where it was not seen before.</summary>
    public int Intern(ReadOnlySpan<char> text)
    {
        var lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var code))
        {
            return code;
        }

        var kept = text.ToString();
        code = _texts.Count;
        _texts.Add(kept);
        _codes.Add(kept, code);
        return code;
    }

    /// <summary>The code of a UTF-8 text; the bytes must be well-formed.</summary>
    public int Intern(ReadOnlySpan<byte> utf8)
    {
        Span<char> buffer = utf8.Length <= 256 ? stackalloc char[256] : new char[utf8.Length];
        return Intern(buffer[..Encoding.UTF8.GetChars(utf8, buffer)]);
    }

    /// <summary>Forgets every text, so that a long run over distinct texts stays flat.</summary>
    public void Clear()
    {
        _codes.Clear();
        _texts.Clear();
        Generation++;
    }
}
