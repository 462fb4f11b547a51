using System.Collections.Immutable;
using System.Globalization;
using CccRules.Cli.Explaining;
using CccRules.Cli.Planning;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Cli.Mapping;

/// <summary>What every form of a certificate map says in the same words.</summary>
internal static class MapWords
{
    private const int MostValues = 6;
    private const int MostAnswers = 8;

    /// <summary>The standings that make a market's headline, in order.</summary>
    private static readonly Standing[] Counted =
    [
        Standing.Overdue, Standing.Mandatory, Standing.DeFacto, Standing.DueSoon, Standing.Open, Standing.DueLater, Standing.NotYet, Standing.Exempt, Standing.Met, Standing.Subsidies, Standing.Voluntary, Standing.PerhapsVoluntary, Standing.PerhapsDue,
    ];

    /// <summary>Such as <c>5 mandatory, 1 open; 12 others do not concern it or are not in force</c>.</summary>
    public static string Counts(MapMarket market)
    {
        var counts = Counted.Select(standing => (standing, Count: market.Entries.Count(entry => entry.Standing == standing)))
            .Where(pair => pair.Count > 0)
            .Select(pair => $"{Number(pair.Count)} {pair.standing.Words()}")
            .ToList();
        var rest = market.Entries.Count(entry => entry.Standing is Standing.NoConcern or Standing.NotInForce);
        var others = rest == 0 ? "" : $"{(counts.Count > 0 ? "; " : "")}{Number(rest)} {(rest == 1 ? "norm does" : "norms do")} not concern it or {(rest == 1 ? "is" : "are")} not in force";
        return (counts.Count == 0 && rest == 0 ? "the rules have no norms" : string.Join(", ", counts)) + others;
    }

    /// <summary>The answer in short: for each standing that matters, the titles of its norms.</summary>
    public static IEnumerable<(Standing Standing, string Titles)> Headline(MapMarket market) => Counted
        .Where(standing => standing is not (Standing.PerhapsVoluntary or Standing.PerhapsDue))
        .Select(standing => (standing, string.Join("; ", market.Entries.Where(entry => entry.Standing == standing).Select(entry => entry.Norm.Title))))
        .Where(line => line.Item2.Length > 0);

    /// <summary>What is known of a product; what is none is told together, at the end.</summary>
    public static string Facts(CertificateMap map)
    {
        const string none = " = none";
        var there = map.Facts.Where(fact => !fact.EndsWith(none, StringComparison.Ordinal));
        var absent = string.Join(", ", map.Facts.Where(fact => fact.EndsWith(none, StringComparison.Ordinal)).Select(fact => fact[..^none.Length]));
        return string.Join(", ", there) + (absent.Length == 0 ? "" : $"; none: {absent}");
    }

    /// <summary>By which day a product is judged.</summary>
    public static string Judged(CertificateMap map) => Fact.IsKnown(map.Day)
        ? $"judged by {CivilDate.Format(map.Day)}"
        : "no evaluation date given: what depends on one is open (--as-of DATE)";

    /// <summary>Label and words of what is told of an entry, in order; where it is from stands apart.</summary>
    /// <param name="isBrief">Exemptions by their titles; else not at all, as <see cref="Details"/> tells them.</param>
    public static IEnumerable<(string Label, string Words)> Lines(MapEntry entry, bool isBrief)
    {
        var norm = entry.Norm;
        if (norm.Actor is { } actor)
        {
            yield return ("on", actor);
        }

        if (!norm.Jointly.IsEmpty)
        {
            yield return ("jointly with", string.Join(", ", norm.Jointly));
        }

        if (entry.Explanation.Due is { } due && entry.Standing is not Standing.NoConcern)
        {
            yield return ("date", DueText.Of(due));
        }

        if (When(entry) is { } when)
        {
            yield return ("when", when);
        }

        if (isBrief && entry.Standing == Standing.Exempt)
        {
            foreach (var exemption in entry.Exemptions)
            {
                yield return ("exempt by", $"{exemption.Title}{(exemption.IsPerShipment ? ", shipment by shipment" : "")}");
            }
        }
        else if (isBrief && !entry.Exemptions.IsEmpty && entry.Standing == Standing.Open)
        {
            yield return ("perhaps exempt", string.Join("; ", entry.Exemptions.Select(exemption => exemption.Title)));
        }

        foreach (var missing in Settling(entry))
        {
            yield return ("depends on", $"{Name(missing.Fact)}. {Answers(norm, missing)}");
        }

        if (entry.Standing is Standing.Overdue or Standing.Mandatory or Standing.DueSoon or Standing.Open or Standing.DueLater or Standing.NotYet or Standing.DeFacto or Standing.Voluntary or Standing.Subsidies)
        {
            foreach (var process in entry.Processes)
            {
                yield return ("way", Way(process));
            }

            if (!norm.Needs.IsEmpty)
            {
                yield return ("needs", string.Join(", ", norm.Needs));
            }
        }

        if (norm.Otherwise is { } otherwise && entry.Standing is Standing.Overdue or Standing.Mandatory or Standing.DueSoon or Standing.Open or Standing.DueLater or Standing.NotYet)
        {
            yield return ("otherwise", otherwise);
        }

        foreach (var condition in norm.SubjectTo)
        {
            yield return ("subject to", condition);
        }
    }

    /// <summary>
    /// The missing facts that settle what the norm is to the product, or narrow it; whether what it demands is done is another matter, so
    /// facts that tell no more than that are not among them.
    /// </summary>
    public static ImmutableArray<MissingFactAnswer> Settling(MapEntry entry) => entry.Standing is not (Standing.Open or Standing.PerhapsVoluntary or Standing.PerhapsDue)
        ? []
        : [.. entry.Explanation.Missing.Where(missing => missing.Answers.Select(answer => Standings.AnswerOf(entry.Norm, answer.Outcome)).Distinct(StringComparer.Ordinal).Count() > 1)];

    /// <summary>Everything that is told with care only: the exemptions with what they need, the facts that settle nothing alone, the sources.</summary>
    public static IEnumerable<(string Label, string Words)> Details(MapEntry entry)
    {
        foreach (var exemption in entry.Exemptions)
        {
            yield return (entry.Standing == Standing.Exempt ? "exempt by" : "perhaps exempt", Exemption(exemption));
        }

        var settling = Settling(entry);
        ImmutableArray<string> others = [.. entry.Explanation.Missing.Where(missing => !settling.Contains(missing)).Select(missing => missing.Fact.Name)];
        if (!others.IsEmpty)
        {
            yield return ("not known", string.Join(", ", others));
        }

        if (!entry.Norm.Citations.IsEmpty)
        {
            yield return ("source", Citations(entry.Norm.Citations));
        }
    }

    /// <summary>The sources by their short names, for lines that have to stay short; the rest are counted.</summary>
    public static string ShortCitations(ImmutableArray<CitationSchema> citations, int most)
    {
        ImmutableArray<string> sources =
        [
            .. citations.GroupBy(citation => citation.Source, StringComparer.Ordinal).Select(source =>
                $"{source.Key} {string.Join(", ", source.Where(citation => citation.Locator is not null).Select(citation => $"\"{citation.Locator}\"").Distinct(StringComparer.Ordinal))}".TrimEnd()),
        ];
        return string.Join("; ", sources.Take(most)) + (sources.Length > most ? $"; and {Number(sources.Length - most)} more" : "");
    }

    /// <summary>From which day an entry counts, where it does not count yet; null where there is nothing to say.</summary>
    public static string? When(MapEntry entry)
    {
        var explanation = entry.Explanation;
        var day = Fact.IsKnown(explanation.Day) ? CivilDate.Format(explanation.Day) : null;
        if (Fact.IsKnown(explanation.NextFrom) && entry.Standing is not (Standing.NoConcern or Standing.Exempt))
        {
            var from = CivilDate.Format(explanation.NextFrom);
            return explanation.Norm.IsJudgedByEvaluationDate
                ? $"in force from {from}"
                : $"in force from {from}; its own day, {day ?? "not known"}, lies before";
        }

        return explanation.Norm.IsJudgedByEvaluationDate || day is null || entry.Standing == Standing.NoConcern ? null : $"judged by a day of its own, {day}";
    }

    public static string Exemption(ExemptionSchema exemption)
    {
        var needs = exemption.Needs.IsEmpty ? "" : $"; needs {string.Join(", ", exemption.Needs)}";
        return $"{exemption.Title}{(exemption.IsPerShipment ? ", shipment by shipment" : "")}{needs}{(exemption.Citations.IsEmpty ? "" : $" ({Citations(exemption.Citations)})")}";
    }

    /// <summary>What the values of a missing fact would make of a norm; those that come to the same are told together, the most as "any other".</summary>
    public static string Answers(NormSchema norm, MissingFactAnswer missing)
    {
        var groups = missing.Answers.GroupBy(answer => Standings.AnswerOf(norm, answer.Outcome), StringComparer.Ordinal)
            .Select(group => (Words: group.Key, Values: group.SelectMany(answer => answer.Values).ToImmutableArray()))
            .ToList();
        var most = groups.MaxBy(group => group.Values.Length);
        var parts = groups.Where(group => group != most || most.Values.Length <= MostValues).Take(MostAnswers).Select(group => $"{Values(group.Values)}: {group.Words}").ToList();
        if (most.Values.Length > MostValues)
        {
            parts.Add($"any other value: {most.Words}");
        }

        return string.Join("; ", parts);
    }

    public static string Name(FactSchema fact) => fact.Title.Length == 0 || fact.Title == fact.Name ? fact.Name : $"{fact.Name} ({fact.Title})";

    /// <summary>How long a way is, and its steps.</summary>
    public static string Way(MapProcess process)
    {
        var steps = string.Join(", ", process.Plan.Longest.Steps.Select(step => $"{step.Step.Title}{(step.Length is null ? "" : $" ({PlanWords.Length(step, process.Plan)})")}"));
        return $"{process.Plan.Process.Title}: {Length(process)}. Steps: {steps}";
    }

    public static string Length(MapProcess process)
    {
        var (plan, hasDay) = process;
        var days = (Least: plan.Shortest.Ready - plan.Shortest.Start, Most: plan.Longest.Ready - plan.Longest.Start);
        if (days.Most == 0 && !plan.Unknown.IsEmpty)
        {
            return "the sources do not say how long it takes";
        }

        var length = Weeks(days.Least, days.Most);
        var about = plan.Unknown.IsEmpty ? length : $"{length} and the time for {string.Join(", ", plan.Unknown.Select(step => step.Title))}, which the sources do not give";
        var dates = !hasDay || !plan.Unknown.IsEmpty ? ""
            : plan.Shortest.Ready == plan.Longest.Ready ? $"; begun on {PlanWords.Day(plan.Longest.Start)}, over on {PlanWords.Day(plan.Longest.Ready)}"
            : $"; begun on {PlanWords.Day(plan.Longest.Start)}, over between {PlanWords.Day(plan.Shortest.Ready)} and {PlanWords.Day(plan.Longest.Ready)}";
        return about + dates;
    }

    public static string Citations(ImmutableArray<CitationSchema> citations) => string.Join("; ", citations
        .GroupBy(citation => citation.SourceTitle, StringComparer.Ordinal)
        .Select(source =>
        {
            var places = string.Join(", ", source.Where(citation => citation.Locator is not null).Select(citation => $"\"{citation.Locator}\"").Distinct(StringComparer.Ordinal));
            return places.Length == 0 ? source.Key : $"{source.Key} {places}";
        }));

    private static string Values(ImmutableArray<string> values) =>
        string.Join(", ", values.Take(MostValues)) + (values.Length > MostValues ? $" and {Number(values.Length - MostValues)} more" : "");

    /// <summary>Two weeks and more in weeks, as nobody plans a certificate by the day.</summary>
    private static string Weeks(long least, long most)
    {
        if (most < 14)
        {
            return least == most ? PlanWords.Days(most) : $"{Number(least)} to {PlanWords.Days(most)}";
        }

        var (low, high) = ((least + 3) / 7, (most + 6) / 7);
        var exact = least % 7 == 0 && most % 7 == 0 ? "" : "about ";
        return low == high ? $"{exact}{Number(high)} weeks" : $"{exact}{Number(low)} to {Number(high)} weeks";
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
