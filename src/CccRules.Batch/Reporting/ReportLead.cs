using System.Collections.Immutable;
using System.Globalization;
using CccRules.Batch.Counting;

namespace CccRules.Batch.Reporting;

/// <summary>What a run found in a few sentences, for whoever reads nothing else.</summary>
internal static class ReportLead
{
    private const int MostNamed = 3;

    /// <summary>Paragraphs of markup.</summary>
    public static IEnumerable<string> Write(CountsDocument counts, GroupCounts total)
    {
        yield return counts.Rejected == 0
            ? $"All {Html.Number(counts.Classified)} records could be read."
            : $"<strong>{Records(counts.Rejected)}</strong> of {Html.Number(counts.Classified + counts.Rejected)} could not be read{Most(counts.Rejects, code => FaultCodes.SentenceOf(code) ?? code)}. {(counts.Rejected == 1 ? "It is" : "They are")} in the rejects, and not in what follows.";
        if (total.Rows == 0)
        {
            yield break;
        }

        yield return total.Breached == 0
            ? "No record certainly breaches a rule or is past a deadline."
            : $"<strong class=\"bad\">{Records(total.Breached)}</strong> ({Html.Share(total.Breached, total.Rows)}) certainly {(total.Breached == 1 ? "breaches" : "breach")} a rule or {(total.Breached == 1 ? "is" : "are")} past a deadline: {Norms(counts, "breached")}.";
        if (Soon(counts) is { Length: > 0 } soon)
        {
            yield return $"Due soon: {soon}.";
        }

        yield return total.Open == 0
            ? "Nothing is open."
            : $"For <strong class=\"warn\">{Records(total.Open)}</strong> ({Html.Share(total.Open, total.Rows)}) something is open, as facts are missing{AskFirst(counts)}.";
        if (Chapters(counts) is { Length: > 0 } chapters)
        {
            yield return chapters;
        }
    }

    private static string Records(long number) => number == 1 ? "1 record" : $"{Html.Number(number)} records";

    private static string Most(ImmutableSortedDictionary<string, long> counts, Func<string, string> words)
    {
        var most = counts.OrderByDescending(count => count.Value).FirstOrDefault();
        return most.Value == 0 ? "" : $", most often: {Html.Escape(words(most.Key))}";
    }

    private static string Norms(CountsDocument counts, string colour) => string.Join(", ", counts.Norms
        .Select(norm => (Norm: norm, Rows: NormBars.RowsOf(norm, colour)))
        .Where(entry => entry.Rows > 0)
        .OrderByDescending(entry => entry.Rows)
        .Take(MostNamed)
        .Select(entry => $"<em>{Html.Escape(entry.Norm.Title)}</em> ({Html.Number(entry.Rows)})"));

    private static string Soon(CountsDocument counts) => Norms(counts, "soon");

    private static string AskFirst(CountsDocument counts)
    {
        var first = counts.AskFirst.OrderByDescending(count => count.Value).Take(MostNamed)
            .Select(count => $"<em>{Html.Escape(counts.Titles.GetValueOrDefault(count.Key, count.Key))}</em> ({Html.Number(count.Value)})");
        var text = string.Join(", ", first);
        return text.Length == 0 ? "" : $". Ask first for {text}";
    }

    /// <summary>Where most of it lies, where that says something.</summary>
    private static string Chapters(CountsDocument counts)
    {
        var chapters = counts.Chapters.Select(chapter => (chapter.Key, Rows: chapter.Value.Breached + chapter.Value.Open)).Where(chapter => chapter.Rows > 0)
            .OrderByDescending(chapter => chapter.Rows).ToList();
        if (chapters.Count < 2)
        {
            return "";
        }

        var (named, rows, all) = (new List<string>(), 0L, chapters.Sum(chapter => chapter.Rows));
        foreach (var (chapter, its) in chapters.TakeWhile(_ => rows * 5 < all * 4))
        {
            named.Add(chapter);
            rows += its;
        }

        return named.Count > MostNamed ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * rows / all:0} % of that lies in HS {(named.Count == 1 ? "chapter" : "chapters")} {(named.Count > 1 ? $"{string.Join(", ", named[..^1])} and {named[^1]}" : named[0])}.");
    }
}
