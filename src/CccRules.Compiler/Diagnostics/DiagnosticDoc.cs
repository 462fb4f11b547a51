using System.Text;
using System.Text.RegularExpressions;

namespace CccRules.Compiler.Diagnostics;

/// <summary>The page that explains one diagnostic.</summary>
/// <param name="Id">The number in the heading.</param>
/// <param name="Name">The name in the heading.</param>
/// <param name="Prose">What the diagnostic means and why the rule exists, as Markdown.</param>
/// <param name="FailingExample">A whole ruleset that gives this diagnostic and no other; ends in a line feed.</param>
/// <param name="FixedExample">The same ruleset without a diagnostic; ends in a line feed.</param>
internal sealed partial record DiagnosticDoc(
    string Id,
    string Name,
    string Prose,
    string FailingExample,
    string FixedExample)
{
    private const string FailsHeading = "## Fails";
    private const string FixedHeading = "## Fixed";
    private const string FenceStart = "```ccc";
    private const string FenceEnd = "```";

    /// <summary>
    /// Reads a page: the heading <c># CCC2001 unknown-field</c>, prose, <c>## Fails</c> with one <c>ccc</c> fence, and
    /// <c>## Fixed</c> with one <c>ccc</c> fence.
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
        var fails = Array.IndexOf(lines, FailsHeading);
        var fixedAt = Array.IndexOf(lines, FixedHeading);
        if (fails < 0 || fixedAt < fails)
        {
            throw new FormatException($"expected `{FailsHeading}` and then `{FixedHeading}` in {id}");
        }

        var prose = string.Join('\n', lines[1..fails]).Trim();
        if (prose.Length == 0)
        {
            throw new FormatException($"expected prose between the heading and `{FailsHeading}` in {id}");
        }

        return new DiagnosticDoc(
            id,
            heading.Groups["name"].Value,
            prose,
            ReadExample(lines[(fails + 1)..fixedAt], $"`{FailsHeading}` of {id}"),
            ReadExample(lines[(fixedAt + 1)..], $"`{FixedHeading}` of {id}"));
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
}
