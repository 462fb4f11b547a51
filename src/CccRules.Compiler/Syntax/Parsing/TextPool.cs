namespace CccRules.Compiler.Syntax.Parsing;

/// <summary>Keeps one string for equal short texts: names, numbers and spaces stand in a file over and over.</summary>
internal sealed class TextPool
{
    private const int LongestPooled = 40;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _known =
        new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public string Get(ReadOnlySpan<char> text)
    {
        // Longer texts are sentences and hardly ever equal.
        if (text.Length > LongestPooled)
        {
            return text.ToString();
        }

        if (!_known.TryGetValue(text, out var known))
        {
            known = text.ToString();
            _known.Add(known);
        }

        return known;
    }
}
