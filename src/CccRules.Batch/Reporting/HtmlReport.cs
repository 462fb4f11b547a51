using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CccRules.Batch.Counting;

namespace CccRules.Batch.Reporting;

/// <summary>
/// A run as a page to read: one file, nothing loaded from elsewhere, no script. First what asks for action, then where it lies, then
/// what would settle the rest, and at the end what the run itself did.
/// </summary>
public sealed class HtmlReport
{
    private const int MostRows = 15;
    private const int MostChapters = 24;

    private readonly Html _page = new();
    private readonly SummaryDocument _summary;
    private readonly CountsDocument _counts;

    private HtmlReport(SummaryDocument summary)
    {
        _summary = summary;
        _counts = summary.Counts;
    }

    /// <summary>The page as UTF-8.</summary>
    public static byte[] Write(SummaryDocument summary) => Encoding.UTF8.GetBytes(new HtmlReport(summary).Page());

    private string Page()
    {
        _page.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
            .Raw("<title>Classification report</title>")
            .Raw($"<style>{ReportStyle.Text}</style>\n</head>\n<body>\n<main>");
        WriteHead();
        new NormBars(_page, _counts).Write();
        WriteChapters();
        WriteMonths();
        WriteMissing();
        WriteList("Why rows were rejected", "A row counts once for each of its faults.", _counts.Rejects, _counts.RowsRead, "code", code => $"{code}: {FaultCodes.SentenceOf(code) ?? ""}", "breached");
        WriteTimes();
        WriteRun();
        return _page.Raw("</main>\n</body>\n</html>").ToString();
    }

    private void WriteHead()
    {
        var groups = (_counts.Chapters.IsEmpty ? _counts.Months : _counts.Chapters).Values;
        var total = groups.Aggregate(default(GroupCounts), GroupCounts.Add);
        var data = _summary.Input;
        _page.Raw("<header>").Element("h1", "Classification report");
        if (data is not null)
        {
            _page.Element("p", data, "class=\"sub\"");
        }

        _page.Raw("</header>\n<section class=\"cards\">");
        WriteCard("records read", _counts.RowsRead, null, "");
        WriteCard("classified", _counts.Classified, Html.Share(_counts.Classified, _counts.RowsRead), "");
        WriteCard("rejected", _counts.Rejected, Html.Share(_counts.Rejected, _counts.RowsRead), _counts.Rejected > 0 ? "bad" : "");
        if (_counts.OfOtherShards > 0)
        {
            WriteCard("of other shards", _counts.OfOtherShards, Html.Share(_counts.OfOtherShards, _counts.RowsRead), "");
        }

        if (total.Rows > 0)
        {
            WriteCard("breach something", total.Breached, Html.Share(total.Breached, total.Rows), total.Breached > 0 ? "bad" : "good");
            WriteCard("have something open", total.Open, Html.Share(total.Open, total.Rows), total.Open > 0 ? "warn" : "good");
        }

        _page.Raw("</section>\n<section class=\"lead\">");
        foreach (var sentence in ReportLead.Write(_counts, total))
        {
            _page.Raw($"<p>{sentence}</p>");
        }

        _page.Raw("</section>");
    }

    private void WriteMissing()
    {
        if (!_counts.AskFirst.IsEmpty)
        {
            WriteList("What to ask for first", "Each record with something open counts once, for the fact on which the most of its open norms hang.", _counts.AskFirst, _counts.Classified, "fact", _counts.TitleOf, "open");
        }

        if (!_counts.Missing.IsEmpty)
        {
            WriteList("What would settle what is open", "Every fact that is missing, by the records in which it would help.", _counts.Missing, _counts.Classified, "fact", _counts.TitleOf, "open");
        }
    }

    private void WriteCard(string label, long number, string? share, string style)
    {
        _page.Raw($"<div class=\"card {style}\">").Element("b", Html.Number(number)).Element("span", label);
        if (share is not null)
        {
            _page.Element("i", share);
        }

        _page.Raw("</div>");
    }

    private void WriteChapters()
    {
        var chapters = _counts.Chapters.Where(chapter => chapter.Value.Breached + chapter.Value.Open > 0)
            .OrderByDescending(chapter => chapter.Value.Breached).ThenByDescending(chapter => chapter.Value.Open).ThenBy(chapter => chapter.Key, StringComparer.Ordinal)
            .ToImmutableArray();
        if (_counts.Chapters.IsEmpty)
        {
            return;
        }

        _page.Raw("<section>").Element("h2", "By HS chapter");
        if (chapters.IsEmpty)
        {
            _page.Element("p", $"Nothing is breached or open in any of {_counts.Chapters.Count} chapters.", "class=\"sub\"").Raw("</section>");
            return;
        }

        var most = chapters.Max(chapter => Math.Max(chapter.Value.Breached, chapter.Value.Open));
        var settled = _counts.Chapters.Count - chapters.Length;
        var hasBreached = chapters.Any(chapter => chapter.Value.Breached > 0);
        _page.Element("p", $"Records that breach something, and records for which something is open. {(settled > 0 ? $"{settled} other chapters have neither." : "")}", "class=\"sub\"")
            .Raw($"<table class=\"wide\"><tr><th>chapter</th><th class=\"n\">records</th>{(hasBreached ? "<th colspan=\"2\">breached</th>" : "")}<th colspan=\"2\">open</th></tr>");
        foreach (var (chapter, counts) in chapters.Take(MostChapters))
        {
            _page.Raw($"<tr><td><b>{Html.Escape(chapter)}</b></td><td class=\"n\">{Html.Number(counts.Rows)}</td>")
                .Raw(hasBreached ? Cells(counts.Breached, most, "breached") : "").Raw(Cells(counts.Open, most, "open")).Raw("</tr>");
        }

        _page.Raw("</table>");
        if (chapters.Length > MostChapters)
        {
            _page.Element("p", $"and {chapters.Length - MostChapters} more chapters, in the summary file", "class=\"sub\"");
        }

        _page.Raw("</section>");
    }

    private static string Cells(long number, long most, string style) =>
        $"<td class=\"n\">{Html.Number(number)}</td><td class=\"track\"><i class=\"{style}\" style=\"width:{Html.Percent(number, most)}\"></i></td>";

    private void WriteMonths()
    {
        if (_counts.Months.IsEmpty)
        {
            return;
        }

        _page.Raw("<section>").Element("h2", $"By month of {_counts.MonthOf}").Raw(MonthChart.Draw(_counts.Months)).Raw("</section>");
    }

    private void WriteList(string title, string remark, ImmutableSortedDictionary<string, long> counts, long whole, string heading, Func<string, string> text, string style)
    {
        _page.Raw("<section>").Element("h2", title);
        if (counts.IsEmpty)
        {
            _page.Element("p", "Nothing.", "class=\"sub\"").Raw("</section>");
            return;
        }

        var most = counts.Values.Max();
        _page.Element("p", remark, "class=\"sub\"")
            .Raw($"<table class=\"wide\"><tr><th>{heading}</th><th class=\"n\">rows</th><th class=\"n\">share</th><th></th></tr>");
        foreach (var (name, rows) in counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Take(MostRows))
        {
            _page.Raw($"<tr><td>{Html.Escape(text(name))}</td><td class=\"n\">{Html.Number(rows)}</td><td class=\"n\">{Html.Share(rows, whole)}</td>")
                .Raw($"<td class=\"track\"><i class=\"{style}\" style=\"width:{Html.Percent(rows, most)}\"></i></td></tr>");
        }

        _page.Raw("</table>");
        if (counts.Count > MostRows)
        {
            _page.Element("p", $"and {counts.Count - MostRows} more, in the summary file", "class=\"sub\"");
        }

        _page.Raw("</section>");
    }

    private void WriteTimes()
    {
        var norms = _counts.Norms.Where(norm => norm.SearchSeconds > 0).OrderByDescending(norm => norm.SearchSeconds).Take(MostRows).ToImmutableArray();
        _page.Raw("<section>").Element("h2", "Where the time went")
            .Element("p", $"Seconds of all threads. All norms are evaluated together, which took {Seconds(_counts.EvaluationSeconds)}; what a norm costs of its own is finding the facts on which its open outcomes hang, measured on one record of 16.", "class=\"sub\"");
        if (!norms.IsEmpty)
        {
            _page.Raw("<table class=\"wide\"><tr><th>norm</th><th class=\"n\">seconds</th><th></th></tr>");
            foreach (var norm in norms)
            {
                _page.Raw($"<tr><td>{Html.Escape(norm.Title)} <code>{Html.Escape(norm.Norm)}</code></td><td class=\"n\">{Seconds(norm.SearchSeconds)}</td>")
                    .Raw($"<td class=\"track\"><i class=\"notyet\" style=\"width:{Html.Percent(norm.SearchSeconds, norms[0].SearchSeconds)}\"></i></td></tr>");
            }

            _page.Raw("</table>");
        }

        _page.Raw("</section>");
    }

    private void WriteRun()
    {
        _page.Raw("<section>").Element("h2", "The run").Raw("<table class=\"facts\">");
        WriteFact("records", $"{Html.Number(_counts.RowsRead)} read = {Html.Number(_counts.Classified)} classified + {Html.Number(_counts.Rejected)} rejected"
            + (_counts.OfOtherShards > 0 ? $" + {Html.Number(_counts.OfOtherShards)} of other shards" : ""));
        WriteFact("empty lines", Html.Number(_counts.BlankLines));
        if (_counts.ReadInPart > 0)
        {
            WriteFact("read in part", $"{Html.Number(_counts.ReadInPart)} that by their HS code no norm can concern");
        }

        WriteFact("time", $"{Seconds(_counts.Seconds)}, {Html.Number(_counts.Seconds > 0 ? (long)(_counts.RowsRead / _counts.Seconds) : 0)} records a second");
        if (!_summary.Shards.IsEmpty)
        {
            WriteFact("shards", string.Join(", ", _summary.Shards));
        }

        foreach (var (name, value) in _summary.Run)
        {
            WriteFact(name, value);
        }

        _page.Raw("</table>\n</section>");
    }

    private void WriteFact(string name, string value) => _page.Raw($"<tr><th>{Html.Escape(name)}</th><td>{Html.Escape(value)}</td></tr>");

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s");
}
