using CccRules.Cli.Documents;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Cli.Mapping;

/// <summary>A certificate map for a terminal.</summary>
/// <param name="isFull">Tell as well what does not concern the product.</param>
internal sealed class MapText(Screen screen, bool isFull)
{
    private const int LabelColumns = 16;
    private const int HeadlineColumns = 19;
    private const int MostSources = 3;
    private const int MostFacts = 10;
    private readonly SortedDictionary<string, string> _sources = new(StringComparer.Ordinal);
    private readonly int _columns = Math.Clamp(screen.Width, 72, 110);

    public void Write(CertificateMap map)
    {
        WriteWrapped($"Certificate map of {map.Name}", "", "", RenderStyle.Message);
        WriteWrapped(map.Facts.IsEmpty ? "nothing is known of it" : MapWords.Facts(map), "  ", "  ", RenderStyle.Plain);
        WriteWrapped(MapWords.Judged(map), "  ", "  ", RenderStyle.Plain);
        foreach (var market in map.Markets)
        {
            screen.WriteLine();
            WriteMarket(market);
        }

        screen.WriteLine();
    }

    private void WriteMarket(MapMarket market)
    {
        WriteWrapped(market.Name, "", "", RenderStyle.Message);
        WriteWrapped(MapWords.Counts(market), "  ", "  ", RenderStyle.Plain);
        var headline = MapWords.Headline(market).ToList();
        if (headline.Count > 0)
        {
            screen.WriteLine();
        }

        foreach (var (standing, titles) in headline)
        {
            WriteWrapped(titles, $"  {standing.Words().PadRight(HeadlineColumns)}", new string(' ', 2 + HeadlineColumns), RenderStyle.Message);
        }

        foreach (var authority in market.Authorities)
        {
            var shown = authority.Entries.Where(entry => isFull || entry.Standing is not (Standing.NoConcern or Standing.NotInForce or Standing.PerhapsVoluntary or Standing.PerhapsDue)).ToList();
            if (shown.Count == 0)
            {
                continue;
            }

            screen.WriteLine();
            WriteWrapped(authority.Name, "  ", "  ", RenderStyle.Gutter);
            foreach (var entry in shown)
            {
                WriteEntry(entry);
            }
        }

        WritePerhaps(market, Standing.PerhapsVoluntary, "Voluntary, if it is open to the product");
        WritePerhaps(market, Standing.PerhapsDue, "Deadlines, if they concern it");
        WriteOpen(market);
    }

    /// <summary>Voluntary certifications and deadlines of which nobody knows whether they concern the product: named, and no more.</summary>
    private void WritePerhaps(MapMarket market, Standing standing, string words)
    {
        var perhaps = market.Entries.Where(entry => entry.Standing == standing).ToList();
        if (!isFull && perhaps.Count > 0)
        {
            screen.WriteLine();
            WriteWrapped($"{words}: {string.Join("; ", perhaps.Select(entry => entry.Norm.Title))}.", "  ", "  ", RenderStyle.Plain);
        }
    }

    private void WriteEntry(MapEntry entry)
    {
        screen.Write("    ");
        screen.Write(entry.Standing.Words().ToUpperInvariant(), StyleOf(entry.Standing));
        var fulfilment = entry.Fulfilment is { } done ? $" ({done})" : "";
        screen.Write(fulfilment);
        var used = 4 + entry.Standing.Words().Length + fulfilment.Length + 2;
        var title = $"{entry.Norm.Title}  [{entry.Norm.Name}]";
        if (used + CellText.Width(title) <= _columns)
        {
            screen.Write("  " + Screen.Escape(title), RenderStyle.Message);
            screen.WriteLine();
        }
        else
        {
            screen.WriteLine();
            WriteWrapped(title, "      ", "      ", RenderStyle.Message);
        }

        foreach (var (label, words) in MapWords.Lines(entry, isBrief: !isFull).Concat(isFull ? MapWords.Details(entry) : []))
        {
            WriteLabelled(label, words);
        }

        if (!isFull && !entry.Norm.Citations.IsEmpty)
        {
            WriteLabelled("source", MapWords.ShortCitations(entry.Norm.Citations, MostSources));
            foreach (var citation in entry.Norm.Citations)
            {
                _sources[citation.Source] = citation.SourceTitle;
            }
        }
    }

    private void WriteLabelled(string label, string words) =>
        WriteWrapped(words, $"      {label.PadRight(LabelColumns)}", new string(' ', 6 + LabelColumns), RenderStyle.Plain);

    /// <summary>The titles of the sources that were named.</summary>
    public void WriteSources()
    {
        if (_sources.Count > 0)
        {
            screen.WriteLine("sources");
        }

        foreach (var (name, title) in _sources)
        {
            WriteWrapped($"{name}: {title}", "  ", "    ", RenderStyle.Plain);
        }
    }

    private void WriteOpen(MapMarket market)
    {
        var open = market.Open;
        if (open.IsEmpty)
        {
            return;
        }

        screen.WriteLine();
        WriteWrapped("What to find out, the fact that settles most first:", "  ", "  ", RenderStyle.Message);
        foreach (var (fact, entries) in open.Take(isFull ? open.Length : MostFacts))
        {
            WriteWrapped($"{MapWords.Name(fact)}: for {string.Join(", ", entries.Select(entry => entry.Norm.Name))}", "    ", "      ", RenderStyle.Plain);
        }

        if (!isFull && open.Length > MostFacts)
        {
            WriteWrapped($"and {open.Length - MostFacts} more, which --full lists", "    ", "    ", RenderStyle.Plain);
        }
    }

    private void WriteWrapped(string text, string first, string rest, RenderStyle style)
    {
        var lines = CellText.Wrap(Screen.Escape(text), _columns - CellText.Width(first));
        for (var index = 0; index < lines.Length; index++)
        {
            screen.Write(index == 0 ? first : rest);
            screen.Write(lines[index], style);
            screen.WriteLine();
        }
    }

    private static RenderStyle StyleOf(Standing standing) => standing switch
    {
        Standing.Overdue or Standing.Mandatory or Standing.DeFacto => RenderStyle.Error,
        Standing.DueSoon or Standing.Open or Standing.DueLater or Standing.NotYet => RenderStyle.Warning,
        Standing.Exempt or Standing.Met or Standing.Voluntary or Standing.Subsidies => RenderStyle.Info,
        _ => RenderStyle.Gutter,
    };
}
