using System.Globalization;

namespace CccRules.Cli;

/// <summary>Lists in a sentence.</summary>
internal static class Listing
{
    private const int Most = 8;

    /// <summary>The first few names, and how many more there are.</summary>
    public static string Of(IReadOnlyCollection<string> names)
    {
        var shown = string.Join(", ", names.Take(Most).Select(Screen.Escape));
        return names.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"{shown} and {names.Count - Most} more") : shown;
    }
}
