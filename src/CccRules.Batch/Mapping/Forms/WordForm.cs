using System.Buffers;
using System.Text;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Mapping.Forms;

/// <summary>
/// Words of the data for words of the rules: <c>yes "Y", "是" no "N", "否"</c>, or <c>codes "01" sale, "02" research</c>. Case counts. A word
/// that is not listed is a fault; the empty word may be listed.
/// </summary>
internal sealed class WordForm : ValueForm
{
    private readonly Dictionary<string, byte[]> _words;
    private readonly bool _isYesNo;

    private WordForm(string text, Dictionary<string, byte[]> words, bool isYesNo)
    {
        Text = text;
        _words = words;
        _isYesNo = isYesNo;
    }

    public override string Text { get; }

    internal override RowFaultKind Fault => RowFaultKind.NotAListedWord;

    internal override bool TakesEmpty => _words.ContainsKey("");

    public override bool Fits(FactKind kind) => !_isYesNo || kind == FactKind.YesNo;

    public static WordForm ParseYesNo(string rest)
    {
        var reader = new WordReader(rest);
        var words = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        ReadList(reader, words, "yes");
        if (!reader.TakeWord("no"))
        {
            throw new FormatException("expected 'yes \"…\", \"…\" no \"…\", \"…\"'");
        }

        ReadList(reader, words, "no");
        return reader.IsAtEnd ? new WordForm($"yes {rest}", words, isYesNo: true) : throw new FormatException("expected 'yes \"…\", \"…\" no \"…\", \"…\"'");
    }

    public static WordForm ParseCodes(string rest)
    {
        var reader = new WordReader(rest);
        var words = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        do
        {
            var word = reader.TakeValue();
            Add(words, word, reader.TakeValue());
        }
        while (reader.Take(','));
        return reader.IsAtEnd ? new WordForm($"codes {rest}", words, isYesNo: false) : throw new FormatException("expected 'codes \"…\" value, \"…\" value'");
    }

    internal static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    internal override bool TryRewrite(ReadOnlySpan<byte> value, IBufferWriter<byte> to)
    {
        Span<char> room = value.Length <= 128 ? stackalloc char[128] : new char[value.Length];
        var characters = room[..Encoding.UTF8.GetChars(value, room)];
        if (!_words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters, out var rewritten))
        {
            return false;
        }

        to.Write(rewritten);
        return true;
    }

    private static void ReadList(WordReader reader, Dictionary<string, byte[]> words, string meaning)
    {
        do
        {
            Add(words, reader.TakeValue(), meaning);
        }
        while (reader.Take(','));
    }

    private static void Add(Dictionary<string, byte[]> words, string word, string meaning)
    {
        if (!words.TryAdd(word, Encoding.UTF8.GetBytes(meaning)))
        {
            throw new FormatException($"'{word}' is listed twice");
        }
    }
}
