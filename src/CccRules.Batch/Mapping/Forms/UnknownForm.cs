using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Mapping.Forms;

/// <summary>
/// Values that stand for "not known" in the data: <c>unknown "ZZ", "N/A"</c>, alone or behind another form. The fact is missing then, as with
/// an empty value. Everything else is read as without it. Case counts.
/// </summary>
internal sealed partial class UnknownForm : ValueForm
{
    private readonly ValueForm? _others;
    private readonly HashSet<string> _words;
    private readonly string _list;

    private UnknownForm(ValueForm? others, HashSet<string> words, string list)
    {
        _others = others;
        _words = words;
        _list = list;
    }

    public override string Text => _others is null ? $"unknown {_list}" : $"{_others.Text} unknown {_list}";

    // Without another form nothing can be at fault.
    internal override RowFaultKind Fault => _others?.Fault ?? RowFaultKind.NotAListedWord;

    internal override bool TakesEmpty => _others?.TakesEmpty == true;

    public override bool Fits(FactKind kind) => _others?.Fits(kind) != false;

    /// <summary>Reads a form that ends so; null where it does not.</summary>
    public static UnknownForm? TryParse(string text)
    {
        if (Ending().Match(text) is not { Success: true, Groups: var groups })
        {
            return null;
        }

        var reader = new WordReader(groups["list"].Value);
        var words = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            if (reader.TakeValue() is var word && !words.Add(word))
            {
                throw new FormatException($"'{word}' is listed twice");
            }
        }
        while (reader.Take(','));
        var others = groups["others"].Value;
        return new UnknownForm(others.Length == 0 ? null : Parse(others), words, groups["list"].Value);
    }

    internal override bool TryRewrite(ReadOnlySpan<byte> value, IBufferWriter<byte> to)
    {
        Span<char> room = value.Length <= 128 ? stackalloc char[128] : new char[value.Length];
        var characters = room[..Encoding.UTF8.GetChars(value, room)];
        if (_words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(characters))
        {
            return true;
        }

        if (_others is not null)
        {
            return _others.TryRewrite(value, to);
        }

        to.Write(value);
        return true;
    }

    /// <summary>A list of texts in quotes at the end; in the form before it every quote is closed.</summary>
    [GeneratedRegex(
        """^(?<others>(?:[^"]|"[^"]*")*?)(?:^|\s+)unknown\s+(?<list>"(?:[^"]|"")*"(?:\s*,\s*"(?:[^"]|"")*")*)\s*$""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ending();
}
