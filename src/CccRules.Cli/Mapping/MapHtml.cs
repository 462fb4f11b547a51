using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CccRules.Cli.Documents;

namespace CccRules.Cli.Mapping;

/// <summary>Certificate maps as one page: of several products an overview first.</summary>
internal static class MapHtml
{
    public static string Write(ImmutableArray<CertificateMap> maps, bool isFull)
    {
        var title = maps is [var only] ? $"Certificate map of {only.Name}" : $"Certificate maps of {maps.Length.ToString("N0", CultureInfo.InvariantCulture)} products";
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<h1>{HtmlText.Escape(title)}</h1>\n");
        if (maps.Length > 1)
        {
            WriteOverview(maps, body);
        }

        for (var index = 0; index < maps.Length; index++)
        {
            Write(maps[index], index, maps.Length > 1, isFull, body);
        }

        return HtmlPage.Of(title, body.ToString());
    }

    private static void WriteOverview(ImmutableArray<CertificateMap> maps, StringBuilder body)
    {
        Standing[] columns = [Standing.Overdue, Standing.Mandatory, Standing.DeFacto, Standing.DueSoon, Standing.Open, Standing.NotYet, Standing.Exempt];
        body.Append("<div class=\"card wide\">\n<table>\n<thead><tr><th>Product</th><th>Market</th>")
            .AppendJoin("", columns.Select(column => $"<th>{HtmlText.Escape(column.Words())}</th>")).Append("</tr></thead>\n<tbody>\n");
        for (var index = 0; index < maps.Length; index++)
        {
            foreach (var market in maps[index].Markets)
            {
                body.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"#product-{index}\">{HtmlText.Escape(maps[index].Name)}</a></td><td>{HtmlText.Escape(market.Name)}</td>");
                foreach (var column in columns)
                {
                    var names = market.Entries.Where(entry => entry.Standing == column).Select(entry => HtmlText.Escape(entry.Norm.Name));
                    body.Append(CultureInfo.InvariantCulture, $"<td class=\"small\">{string.Join("<br>", names)}</td>");
                }

                body.Append("</tr>\n");
            }
        }

        body.Append("</tbody>\n</table>\n</div>\n");
    }

    private static void Write(CertificateMap map, int index, bool isOneOfMany, bool isFull, StringBuilder body)
    {
        body.Append(CultureInfo.InvariantCulture, $"<section id=\"product-{index}\">\n{(isOneOfMany ? $"<h1>{HtmlText.Escape(map.Name)}</h1>\n" : "")}");
        body.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{HtmlText.Escape(map.Facts.IsEmpty ? "Nothing is known of it" : MapWords.Facts(map))}; {HtmlText.Escape(MapWords.Judged(map))}.</p>\n");
        foreach (var market in map.Markets)
        {
            Write(market, isFull, body);
        }

        body.Append("</section>\n");
    }

    private static void Write(MapMarket market, bool isFull, StringBuilder body)
    {
        body.Append(CultureInfo.InvariantCulture, $"<h2>{HtmlText.Escape(market.Name)}</h2>\n<p>{HtmlText.Escape(MapWords.Counts(market))}.</p>\n");
        body.Append("<div class=\"card\">\n<table>\n<tbody>\n");
        foreach (var (standing, titles) in MapWords.Headline(market))
        {
            body.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"width:11.5rem\"><span class=\"mark {standing.Class()}\">{HtmlText.Escape(standing.Words())}</span></td><td>{HtmlText.Escape(titles)}</td></tr>\n");
        }

        body.Append("</tbody>\n</table>\n</div>\n");
        foreach (var authority in market.Authorities)
        {
            var shown = authority.Entries.Where(entry => isFull || entry.Standing is not (Standing.NoConcern or Standing.NotInForce)).ToList();
            if (shown.Count == 0)
            {
                continue;
            }

            body.Append(CultureInfo.InvariantCulture, $"<div class=\"card\">\n<h3 style=\"margin-top:0\">{HtmlText.Escape(authority.Name)}</h3>\n<table>\n<tbody>\n");
            foreach (var entry in shown)
            {
                body.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"width:11.5rem\"><span class=\"mark {entry.Standing.Class()}\">{HtmlText.Escape(entry.Standing.Words())}</span>{(entry.Fulfilment is { } done ? $"<div class=\"small soft\">{HtmlText.Escape(done)}</div>" : "")}</td>\n");
                body.Append(CultureInfo.InvariantCulture, $"<td><strong>{HtmlText.Escape(entry.Norm.Title)}</strong> <code class=\"soft\">{HtmlText.Escape(entry.Norm.Name)}</code>\n");
                foreach (var (label, words) in MapWords.Lines(entry, isBrief: true))
                {
                    body.Append(CultureInfo.InvariantCulture, $"<div class=\"small\"><span class=\"soft\">{HtmlText.Escape(label)}:</span> {HtmlText.Escape(words)}</div>\n");
                }

                WriteDetails(entry, body);
                body.Append("</td></tr>\n");
            }

            body.Append("</tbody>\n</table>\n</div>\n");
        }

        WriteOpen(market, body);
    }

    private static void WriteDetails(MapEntry entry, StringBuilder body)
    {
        var details = MapWords.Details(entry).ToList();
        if (details.Count == 0)
        {
            return;
        }

        body.Append("<details class=\"small\"><summary class=\"soft\">Sources and details</summary>\n");
        foreach (var (label, words) in details)
        {
            body.Append(CultureInfo.InvariantCulture, $"<div><span class=\"soft\">{HtmlText.Escape(label)}:</span> {HtmlText.Escape(words)}</div>\n");
        }

        body.Append("</details>\n");
    }

    private static void WriteOpen(MapMarket market, StringBuilder body)
    {
        var open = market.Open;
        if (open.IsEmpty)
        {
            return;
        }

        body.Append("<div class=\"card\">\n<h3 style=\"margin-top:0\">What to find out</h3>\n<ul>\n");
        foreach (var (fact, entries) in open)
        {
            body.Append(CultureInfo.InvariantCulture, $"<li><strong>{HtmlText.Escape(MapWords.Name(fact))}</strong> <span class=\"soft\">for {HtmlText.Escape(string.Join(", ", entries.Select(entry => entry.Norm.Name)))}</span></li>\n");
        }

        body.Append("</ul>\n</div>\n");
    }
}
