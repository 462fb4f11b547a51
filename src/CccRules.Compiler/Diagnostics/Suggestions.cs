using System.Collections.Immutable;
using System.Text;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Diagnostics;

/// <summary>
/// Names close to one that was not found. Never for codes: two HS codes one digit apart are different goods.
/// </summary>
internal static class Suggestions
{
    private const int MaximumCount = 3;

    /// <summary>No one mistypes a name of this length by a few letters; the bound keeps hostile texts cheap.</summary>
    private const int MaximumLength = 128;

    /// <summary>One fix for each near name, which puts it at <paramref name="at"/>.</summary>
    /// <param name="at">The name as written, with its quotes if it has any.</param>
    /// <param name="name">The name that was not found.</param>
    /// <param name="candidates">Names in scope of the kind that fits.</param>
    /// <param name="kind">What the names are, one noun: <c>field</c>.</param>
    /// <param name="spelling">How a name is written in a text, where that differs: quotes around keywords.</param>
    public static ImmutableArray<Fix> Rename(
        TextLocation at,
        string name,
        IEnumerable<string> candidates,
        string kind,
        Func<string, string>? spelling = null)
    {
        var article = kind.Length > 0 && "aeio".Contains(kind[0], StringComparison.Ordinal) ? "an" : "a";
        return [.. Nearest(name, candidates).Select(near => new Fix(
            string.Equals(near, name, StringComparison.OrdinalIgnoreCase)
                ? $"{article} {kind} exists whose name differs only in case: `{near}`"
                : $"{article} {kind} with a similar name exists: `{near}`",
            [new TextEdit(at, spelling?.Invoke(near) ?? near)],
            Applicability.Review))];
    }

    /// <summary>
    /// The candidates nearest to <paramref name="name"/>, at most three, by distance and then name. Those that differ
    /// only in case come alone; else a candidate may be up to a third of the name away, and at least one edit.
    /// </summary>
    public static ImmutableArray<string> Nearest(string name, IEnumerable<string> candidates)
    {
        var others = candidates.Where(candidate => candidate != name).Distinct(StringComparer.Ordinal).ToList();
        var sameButCase = others.Where(candidate => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase));
        ImmutableArray<string> cases = [.. sameButCase.Order(StringComparer.Ordinal).Take(MaximumCount)];
        if (!cases.IsEmpty)
        {
            return cases;
        }

        var written = ToRunes(name);
        var limit = Math.Max(1, written.Length / 3);
        return
        [
            .. others
                .Select(candidate => (Name: candidate, Distance: DistanceWithin(limit, written, ToRunes(candidate))))
                .Where(near => near.Distance <= limit)
                .OrderBy(near => near.Distance)
                .ThenBy(near => near.Name, StringComparer.Ordinal)
                .Take(MaximumCount)
                .Select(near => near.Name),
        ];
    }

    /// <summary>The distance, or a number above <paramref name="limit"/>.</summary>
    private static int DistanceWithin(int limit, Rune[] left, Rune[] right)
    {
        var longest = Math.Max(left.Length, right.Length);
        if (longest > MaximumLength || Math.Abs(left.Length - right.Length) > limit)
        {
            return int.MaxValue;
        }

        // Two names without a letter in common, such as `a` and `b`, are not near, however short.
        var distance = Distance(left, right);
        return distance < longest ? distance : int.MaxValue;
    }

    /// <summary>
    /// Damerau-Levenshtein: the fewest insertions, deletions, replacements and swaps of neighbours that turn one name
    /// into the other.
    /// </summary>
    private static int Distance(Rune[] left, Rune[] right)
    {
        var unreachable = left.Length + right.Length;
        var lastRowOf = new Dictionary<Rune, int>();

        // distance[i + 1, j + 1] is that of the first i letters from the first j; row and column 0 are a border.
        var distance = new int[left.Length + 2, right.Length + 2];
        distance[0, 0] = unreachable;
        for (var i = 0; i <= left.Length; i++)
        {
            distance[i + 1, 0] = unreachable;
            distance[i + 1, 1] = i;
        }

        for (var j = 0; j <= right.Length; j++)
        {
            distance[0, j + 1] = unreachable;
            distance[1, j + 1] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var lastMatch = 0;
            for (var j = 1; j <= right.Length; j++)
            {
                var swapRow = lastRowOf.GetValueOrDefault(right[j - 1]);
                var swapColumn = lastMatch;
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                lastMatch = cost == 0 ? j : lastMatch;
                var edit = Math.Min(distance[i, j] + cost, Math.Min(distance[i + 1, j], distance[i, j + 1]) + 1);
                var swap = distance[swapRow, swapColumn] + (i - swapRow - 1) + 1 + (j - swapColumn - 1);
                distance[i + 1, j + 1] = Math.Min(edit, swap);
            }

            lastRowOf[left[i - 1]] = i;
        }

        return distance[left.Length + 1, right.Length + 1];
    }

    private static Rune[] ToRunes(string name) => [.. name.EnumerateRunes()];
}
