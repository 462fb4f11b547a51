namespace CccRules.Compiler.Binding;

/// <summary>
/// How long a regular expression is when its repeat counts are written out: <c>(ab{3}){2}</c> is <c>abbbabbb</c>, 8. A match without
/// backtracking takes at most so many steps for each character of the text, so this bounds what a pattern can cost.
/// </summary>
internal static class PatternSize
{
    public static long Of(string pattern)
    {
        var outer = new Stack<long>();
        long sum = 0;
        long last = 0;
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '(':
                    outer.Push(sum);
                    sum = 0;
                    last = 0;
                    break;
                case ')':
                    last = sum;
                    sum = Add(outer.TryPop(out var before) ? before : 0, last);
                    break;
                case '{' when Count(pattern, ref at) is { } count:
                    // The first of the repetitions is counted already.
                    sum = Add(sum, last * Math.Max(0, count - 1));
                    break;
                case '[':
                    at = EndOfClass(pattern, at);
                    sum = Add(sum, last = 1);
                    break;
                case '\\':
                    at++;
                    sum = Add(sum, last = 1);
                    break;
                default:
                    sum = Add(sum, last = 1);
                    break;
            }
        }

        return sum;
    }

    /// <summary>The larger number of <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>, whose end becomes the place; null where the brace is a brace.</summary>
    private static long? Count(string pattern, ref int at)
    {
        var end = pattern.IndexOf('}', at);
        if (end < 0)
        {
            return null;
        }

        long most = 0;
        foreach (var part in pattern[(at + 1)..end].Split(','))
        {
            if (part.Any(letter => !char.IsAsciiDigit(letter)))
            {
                return null;
            }

            most = Math.Max(most, part.Length == 0 ? 0 : part.Length > 9 ? int.MaxValue : long.Parse(part, System.Globalization.CultureInfo.InvariantCulture));
        }

        at = end;
        return most;
    }

    private static int EndOfClass(string pattern, int at)
    {
        // A bracket that comes first, also after `^`, is one of the class.
        for (var i = at + (at + 1 < pattern.Length && pattern[at + 1] == '^' ? 3 : 2); i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                i++;
            }
            else if (pattern[i] == ']')
            {
                return i;
            }
        }

        return pattern.Length;
    }

    private static long Add(long left, long right) => Math.Min(left + right, int.MaxValue);
}
