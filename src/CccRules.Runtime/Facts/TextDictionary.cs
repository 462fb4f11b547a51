using System.Text;

namespace CccRules.Runtime.Facts;

/// <summary>
/// Texts by code, so that a text fact is a number like any other. Each distinct text is kept once.
/// Not safe for concurrent use: each reader of a batch has its own.
/// </summary>
public sealed class TextDictionary
{
    /// <summary>So few texts, those of one record, are compared one by one.</summary>
    private const int MostCompared = 8;

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
        var code = Find(text);
        return code >= 0 ? code : Keep(text.ToString());
    }

    /// <summary>The code of a text, which is kept itself where it was not seen before.</summary>
    public int Intern(string text)
    {
        var code = Find(text);
        return code >= 0 ? code : Keep(text);
    }

    /// <summary>The code of a UTF-8 text; the bytes must be well-formed.</summary>
    public int Intern(ReadOnlySpan<byte> utf8)
    {
        Span<char> buffer = utf8.Length <= 256 ? stackalloc char[256] : new char[utf8.Length];
        return Intern(buffer[..Encoding.UTF8.GetChars(utf8, buffer)]);
    }

    private int Find(ReadOnlySpan<char> text)
    {
        if (_texts.Count > MostCompared)
        {
            return _codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var found) ? found : -1;
        }

        for (var code = 0; code < _texts.Count; code++)
        {
            if (text.SequenceEqual(_texts[code]))
            {
                return code;
            }
        }

        return -1;
    }

    private int Keep(string text)
    {
        var code = _texts.Count;
        _texts.Add(text);
        if (code == MostCompared)
        {
            for (var earlier = 0; earlier < code; earlier++)
            {
                _codes.Add(_texts[earlier], earlier);
            }
        }

        if (code >= MostCompared)
        {
            _codes.Add(text, code);
        }

        return code;
    }

    /// <summary>Forgets every text, so that a long run over distinct texts stays flat.</summary>
    public void Clear()
    {
        _codes.Clear();
        _texts.Clear();
        Generation++;
    }
}
