using System.Text;

namespace CccRules.Batch.Mapping.Forms;

/// <summary>Takes words and quoted texts off a line.</summary>
internal sealed class WordReader(string text)
{
    private int _at;

    public bool IsAtEnd => Rest().IsEmpty;

    public bool Take(char sign)
    {
        if (!Rest().StartsWith([sign]))
        {
            return false;
        }

        _at++;
        return true;
    }

    public bool TakeWord(string word)
    {
        var rest = Rest();
        if (!rest.StartsWith(word, StringComparison.Ordinal) || (rest.Length > word.Length && !char.IsWhiteSpace(rest[word.Length])))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    public string TakeValue()
    {
        var rest = Rest();
        if (rest.IsEmpty)
        {
            throw new FormatException("a value is missing at the end");
        }

        return rest[0] == '"' ? TakeQuoted(rest) : TakePlain(rest);
    }

    private string TakePlain(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(' ', ',', '\t');
        var value = end < 0 ? rest : rest[..end];
        if (value.IsEmpty)
        {
            throw new FormatException("a value is missing before a comma");
        }

        _at += value.Length;
        return value.ToString();
    }

    private string TakeQuoted(ReadOnlySpan<char> rest)
    {
        var value = new StringBuilder();
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] != '"')
            {
                value.Append(rest[i]);
            }
            else if (i + 1 < rest.Length && rest[i + 1] == '"')
            {
                value.Append(rest[i++]);
            }
            else
            {
                _at += i + 1;
                return value.ToString();
            }
        }

        throw new FormatException("a quote is not closed");
    }

    private ReadOnlySpan<char> Rest()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return text.AsSpan(_at);
    }
}
