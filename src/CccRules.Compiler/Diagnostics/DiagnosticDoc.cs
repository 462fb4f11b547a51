using System.Text;
using System.Text.RegularExpressions;

namespace CccRules.Compiler.Diagnostics;

/// <summary>The page that explains one diagnostic.</summary>
/// <param name="Id">The number in the heading.</param>
/// <param name="Name">The name in the heading.</param>
/// <param name="Prose">What the diagnostic means and why the rule exists, as Markdown.</param>
/// <param name="FailingExample">
/// A whole ruleset that gives this diagnostic and no other, apart from remarks; ends in a line feed. Several files stand
/// one after the other, each after a line <c>// file a/b.ccc</c>. Empty where no example can be shown.
/// </param>
/// <param name="FixedExample">The same without the diagnostic; empty where no example can be shown.</param>
/// <param name="NoExample">Why no example can be shown; null where there is one.</param>
internal sealed partial record DiagnosticDoc(
    string Id,
    string Name,
    string Prose,
    string FailingExample,
    string FixedExample,
    string? NoExample = null)
{
    private const string FailsHeading = "## Fails";
    private const string FixedHeading = "## Fixed";
    private const string FenceStart = "```ccc";
    private const string FenceEnd = "```";

    /// <summary>
    /// Reads a page: the heading <c># CCC2001 unknown-field</c>, prose, <c>## Fails</c> with one <c>ccc</c> fence, and
    /// <c>## Fixed</c> with one <c>ccc</c> fence. Where an example would be too large or cannot be shown, the last line says
    /// so instead: <c>(no example: why)</c>.
    /// </summary>
    /// <exception cref="FormatException">The page has another form; the message says where.</exception>
    public static DiagnosticDoc Parse(string markdown)
    {
        var lines = markdown.ReplaceLineEndings("\n").Split('\n');
        var heading = Heading().Match(lines[0]);
        if (!heading.Success)
        {
            throw new FormatException($"expected a heading such as `# CCC2001 unknown-field`, found `{lines[0]}`");
        }

        var id = heading.Groups["id"].Value;
        var name = heading.Groups["name"].Value;
        var body = string.Join('\n', lines[1..]).Trim();
        if (NoExampleLine().Match(body) is { Success: true } reason)
        {
            return new DiagnosticDoc(id, name, ReadProse(body[..reason.Index], id), "", "", reason.Groups["why"].Value);
        }

        var fails = Array.IndexOf(lines, FailsHeading);
        var fixedAt = Array.IndexOf(lines, FixedHeading);
        if (fails < 0 || fixedAt < fails)
        {
            throw new FormatException($"expected `{FailsHeading}` and then `{FixedHeading}` in {id}");
        }

        return new DiagnosticDoc(
            id,
            name,
            ReadProse(string.Join('\n', lines[1..fails]), id),
            ReadExample(lines[(fails + 1)..fixedAt], $"`{FailsHeading}` of {id}"),
            ReadExample(lines[(fixedAt + 1)..], $"`{FixedHeading}` of {id}"));
    }

    private static string ReadProse(string text, string id)
    {
        var prose = text.Trim();
        return prose.Length > 0 && !prose.Contains("\n## ", StringComparison.Ordinal)
            ? prose
            : throw new FormatException($"expected prose and nothing else after the heading of {id}");
    }

    private static string ReadExample(string[] section, string place)
    {
        var start = Array.IndexOf(section, FenceStart);
        var end = start < 0 ? -1 : Array.IndexOf(section, FenceEnd, start);
        var hasOther = section.Where((line, index) => (index < start || index > end) && line.Length > 0).Any();
        if (end < 0 || hasOther)
        {
            throw new FormatException($"expected one `{FenceStart}` fence and nothing else under {place}");
        }

        var example = new StringBuilder();
        foreach (var line in section[(start + 1)..end])
        {
            example.Append(line).Append('\n');
        }

        return example.ToString();
    }

    [GeneratedRegex("^# (?<id>CCC[0-9]{4}) (?<name>[a-z0-9]+(-[a-z0-9]+)*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\(no example: (?<why>[^\n]+)\)\z", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex NoExampleLine();
}
