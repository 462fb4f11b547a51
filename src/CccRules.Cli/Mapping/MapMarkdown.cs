using System.Globalization;
using System.Text;
using CccRules.Cli.Documents;

namespace CccRules.Cli.Mapping;

/// <summary>A certificate map as Markdown.</summary>
internal static class MapMarkdown
{
    public static string Write(CertificateMap map, bool isFull)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Certificate map of {MarkdownText.Escape(map.Name)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{(map.Facts.IsEmpty ? "Nothing is known of it" : MarkdownText.Escape(MapWords.Facts(map)))}; {MarkdownText.Escape(MapWords.Judged(map))}.\n");
        foreach (var market in map.Markets)
        {
            Write(market, isFull, text);
        }

        return text.Append('\n').ToString();
    }

    private static void Write(MapMarket market, bool isFull, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {MarkdownText.Escape(market.Name)}\n\n{MarkdownText.Escape(MapWords.Counts(market))}.\n\n");
        var rows = market.Authorities.SelectMany(authority => authority.Entries.Select(entry => (authority, entry)))
            .Where(row => isFull || row.entry.Standing is not (Standing.NoConcern or Standing.NotInForce)).ToList();
        if (rows.Count > 0)
        {
            text.Append(MarkdownText.Row("Status", "Certification or duty", "Authority", "Source"));
            text.Append(MarkdownText.Row("---", "---", "---", "---"));
            foreach (var (authority, entry) in rows)
            {
                text.Append(MarkdownText.Row(
                    $"**{entry.Standing.Words()}**{(entry.Fulfilment is { } done ? $", {done}" : "")}",
                    $"{MarkdownText.Escape(entry.Norm.Title)} (`{entry.Norm.Name}`)",
                    MarkdownText.Escape(authority.Name),
                    MarkdownText.Escape(MapWords.Citations(entry.Norm.Citations))));
            }
        }

        foreach (var (_, entry) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {MarkdownText.Escape(entry.Norm.Title)}: {entry.Standing.Words()}\n\n");
            foreach (var (label, words) in MapWords.Lines(entry, isBrief: false).Concat(MapWords.Details(entry)))
            {
                text.Append(CultureInfo.InvariantCulture, $"- {label}: {MarkdownText.Escape(words)}\n");
            }
        }

        var open = market.Open;
        if (!open.IsEmpty)
        {
            text.Append("\n### What to find out\n\n");
            foreach (var (fact, entries) in open)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Escape(MapWords.Name(fact))}: for {MarkdownText.Escape(string.Join(", ", entries.Select(entry => entry.Norm.Name)))}\n");
            }
        }
    }
}
