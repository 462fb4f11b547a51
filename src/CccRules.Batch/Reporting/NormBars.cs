using CccRules.Batch.Counting;

namespace CccRules.Batch.Reporting;

/// <summary>The outcomes of each norm as a bar over the records that it may concern; norms that concern no record are named and no more.</summary>
internal sealed class NormBars(Html page, CountsDocument counts)
{
    private const int MostShown = 30;

    private enum Part
    {
        IsShown,
        IsOpen,
        ConcernsNone,
    }

    /// <summary>Rows of a norm that are drawn in a colour.</summary>
    public static long RowsOf(NormDocument norm, string colour) =>
        norm.Outcomes.Where(outcome => OutcomeColour.Of(outcome.Key, norm.Kind).Class == colour).Sum(outcome => outcome.Value);

    public void Write()
    {
        var norms = counts.Norms.OrderByDescending(norm => RowsOf(norm, "breached")).ThenByDescending(norm => RowsOf(norm, "soon"))
            .ThenByDescending(norm => RowsOf(norm, "open")).ThenByDescending(ConcernedBy)
            .ToLookup(norm => ConcernedBy(norm) == 0 ? Part.ConcernsNone : RowsOf(norm, "open") == ConcernedBy(norm) ? Part.IsOpen : Part.IsShown);
        page.Raw("<section>").Element("h2", "What the norms came to");
        var shown = norms[Part.IsShown].ToList();
        if (shown.Count > 0)
        {
            page.Element("p", "Each bar is of the records that the norm may concern; the number tells how many. Click on a norm for its outcomes in words.", "class=\"sub\"");
            WriteLegend();
        }

        shown.Take(MostShown).ToList().ForEach(Write);
        if (shown.Count > MostShown)
        {
            page.Raw("<details class=\"more\"><summary>").Raw(Html.Escape($"{shown.Count - MostShown} more norms that are settled for some record")).Raw("</summary>");
            shown.Skip(MostShown).ToList().ForEach(Write);
            page.Raw("</details>");
        }

        // Where nothing is settled yet, a bar of one colour says no more than a number.
        WriteNames([.. norms[Part.IsOpen]], isOpen: true, "norm is open for every record that it may concern", "norms are open for every record that they may concern");
        WriteNames([.. norms[Part.ConcernsNone]], isOpen: false, "norm concerns no record", "norms concern no record");
        page.Raw("</section>");
    }

    private void WriteNames(IReadOnlyList<NormDocument> norms, bool isOpen, string one, string many)
    {
        if (norms.Count == 0)
        {
            return;
        }

        page.Raw($"<details class=\"more\"{(isOpen ? " open" : "")}><summary>{norms.Count} {(norms.Count == 1 ? one : many)}</summary><ul>");
        foreach (var norm in norms)
        {
            page.Raw($"<li>{Html.Escape(norm.Title)} <code>{Html.Escape(norm.Norm)}</code>{(isOpen ? $" <b>{Html.Number(ConcernedBy(norm))}</b>" : "")}</li>");
        }

        page.Raw("</ul></details>");
    }

    private void WriteLegend()
    {
        var used = counts.Norms.SelectMany(norm => norm.Outcomes.Keys.Select(words => OutcomeColour.Of(words, norm.Kind))).ToHashSet();
        page.Raw("<p class=\"legend\">");
        foreach (var colour in OutcomeColour.All.Where(colour => used.Contains(colour) && colour.Class != "none"))
        {
            page.Raw($"<span><i class=\"{colour.Class}\"></i>{Html.Escape(colour.Label)}</span>");
        }

        page.Raw("</p>");
    }

    private void Write(NormDocument norm)
    {
        var concerned = ConcernedBy(norm);
        page.Raw("<details class=\"norm\">\n<summary>")
            .Raw($"<span class=\"name\"><b>{Html.Escape(norm.Title)}</b><code>{Html.Escape(norm.Norm)}</code></span>")
            .Raw($"<span class=\"n\">{Html.Number(concerned)}</span><span class=\"bar\">");
        foreach (var colour in OutcomeColour.All.Where(colour => colour.Class != "none"))
        {
            var rows = RowsOf(norm, colour.Class);
            if (rows > 0)
            {
                var share = Html.Share(rows, concerned);
                var label = rows * 10 > concerned ? $"{Html.Number(rows)}" : "";
                page.Raw($"<i class=\"{colour.Class}\" style=\"flex-grow:{rows}\" title=\"{Html.Escape($"{colour.Label}: {Html.Number(rows)} ({share})")}\">{label}</i>");
            }
        }

        page.Raw("</span></summary>\n<table>");
        foreach (var (words, rows) in norm.Outcomes.OrderByDescending(outcome => outcome.Value))
        {
            page.Raw($"<tr><td><i class=\"dot {OutcomeColour.Of(words, norm.Kind).Class}\"></i>{Html.Escape(words)}</td>")
                .Raw($"<td class=\"n\">{Html.Number(rows)}</td><td class=\"n\">{Html.Share(rows, counts.Classified)}</td></tr>");
        }

        page.Raw("</table>\n</details>");
    }

    private static long ConcernedBy(NormDocument norm) => norm.Outcomes.Values.Sum() - RowsOf(norm, "none");
}
