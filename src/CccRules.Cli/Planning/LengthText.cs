using System.Collections.Immutable;
using System.Globalization;
using CccRules.Compiler.Symbols;

namespace CccRules.Cli.Planning;

/// <summary>Lengths of steps as they are typed: <c>6 weeks</c>, <c>4..8 weeks</c>, <c>6 weeks..3 months</c>.</summary>
internal static class LengthText
{
    private static readonly ImmutableArray<(string One, string Many, LengthUnit Unit)> Units =
    [
        ("day", "days", LengthUnit.Days), ("week", "weeks", LengthUnit.Weeks), ("month", "months", LengthUnit.Months), ("year", "years", LengthUnit.Years),
    ];

    /// <returns>Null where the text is no length, or its times are not in order.</returns>
    public static (StepLength Shortest, StepLength Longest)? Parse(string text)
    {
        var parts = text.Split("..");
        if (parts.Length > 2 || Parse(parts[^1], null) is not { } longest || Parse(parts[0], longest.Unit) is not { } shortest)
        {
            return null;
        }

        return shortest.IsNeverLongerThan(longest) ? (shortest, longest) : null;
    }

    private static StepLength? Parse(string text, LengthUnit? usual)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unit = words.Length == 2
            ? Units.Where(entry => entry.One == words[1] || entry.Many == words[1]).Select(entry => (LengthUnit?)entry.Unit).FirstOrDefault()
            : words.Length == 1 ? usual : null;
        return unit is { } known && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= StepLength.MostOf(known)
            ? new StepLength(number, known)
            : null;
    }
}
