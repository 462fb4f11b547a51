using System.Text;

namespace CccRules.Batch.Profiling;

/// <summary>How alike the name of a column and that of a field are, from 0 to 1: letters and digits count, case and signs do not.</summary>
internal static class NameLikeness
{
    public static double Of(string column, string field, string title)
    {
        var name = Letters(column);
        return Math.Max(Of(name, Letters(field), WordsOf(column), WordsOf(field)), 0.95 * Of(name, Letters(title), WordsOf(column), WordsOf(title)));
    }

    private static double Of(string one, string other, HashSet<string> words, HashSet<string> otherWords)
    {
        if (one.Length == 0 || other.Length == 0)
        {
            return 0;
        }

        if (one == other)
        {
            return 1;
        }

        var common = words.Count(otherWords.Contains);
        var shared = 2.0 * common / (words.Count + otherWords.Count);
        var pairs = Pairs(one);
        var otherPairs = Pairs(other);
        var letters = 2.0 * pairs.Count(otherPairs.Contains) / Math.Max(1, pairs.Count + otherPairs.Count);
        return Math.Min(0.9, Math.Max(shared, letters));
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static HashSet<string> WordsOf(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (var letter in text + " ")
        {
            // A capital begins a word, as in "HsCode".
            if (word.Length > 0 && (!char.IsLetterOrDigit(letter) || (char.IsUpper(letter) && char.IsLower(word[^1]))))
            {
                words.Add(word.ToString().ToLowerInvariant());
                word.Clear();
            }

            if (char.IsLetterOrDigit(letter))
            {
                word.Append(letter);
            }
        }

        return words;
    }

    private static HashSet<string> Pairs(string text) => [.. Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(at => text.Substring(at, 2))];
}
