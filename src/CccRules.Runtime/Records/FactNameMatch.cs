using System.Text;

namespace CccRules.Runtime.Records;

/// <summary>Names as they are compared between the rules and an application: without underscores and case.</summary>
internal static class FactNameMatch
{
    /// <summary>A longer name is nobody's slip of the pen.</summary>
    private const int MostLetters = 128;

    /// <summary><c>hs_code</c>, <c>HsCode</c> and <c>HSCode</c> are one name.</summary>
    public static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (letter != '_')
            {
                key.Append(char.ToLowerInvariant(letter));
            }
        }

        return key.ToString();
    }

    /// <summary>The name nearest to another, within a third of its letters; null where none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        if (name.Length > MostLetters)
        {
            return null;
        }

        var key = Key(name);
        return candidates
            .Select(candidate => (Name: candidate, Distance: Distance(key, Key(candidate))))
            .Where(candidate => candidate.Distance <= Math.Max(1, key.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>Letters to insert, drop, change, or swap with their neighbour.</summary>
    private static int Distance(string left, string right)
    {
        var distances = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                distances[row, column] = row == 0 || column == 0
                    ? row + column
                    : Math.Min(
                        distances[row - 1, column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1),
                        1 + Math.Min(distances[row - 1, column], distances[row, column - 1]));
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    distances[row, column] = Math.Min(distances[row, column], distances[row - 2, column - 2] + 1);
                }
            }
        }

        return distances[left.Length, right.Length];
    }
}
