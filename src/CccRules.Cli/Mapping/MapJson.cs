using System.Collections.Immutable;
using System.Text.Json;
using CccRules.Cli.Planning;
using CccRules.Compiler.Diagnostics;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Cli.Mapping;

/// <summary>Certificate maps as a JSON array, one object a product; every norm is there, also those that do not concern it.</summary>
internal static class MapJson
{
    public static string Write(IEnumerable<CertificateMap> maps) => MachineText.Write(json =>
    {
        json.WriteStartArray();
        foreach (var map in maps)
        {
            json.WriteStartObject();
            json.WriteString("product", map.Name);
            json.WriteStrings("facts", map.Facts);
            WriteDay(json, "day", map.Day);
            json.WriteStartArray("markets");
            foreach (var market in map.Markets)
            {
                Write(json, market);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, MapMarket market)
    {
        json.WriteStartObject();
        json.WriteString("market", market.Code);
        json.WriteString("name", market.Name);
        json.WriteStartArray("entries");
        foreach (var authority in market.Authorities)
        {
            foreach (var entry in authority.Entries)
            {
                Write(json, authority, entry);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("toFindOut");
        foreach (var (fact, entries) in market.Open)
        {
            json.WriteStartObject();
            json.WriteString("fact", fact.Name);
            json.WriteString("title", fact.Title);
            json.WriteStrings("for", entries.Select(entry => entry.Norm.QualifiedName));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MapAuthority authority, MapEntry entry)
    {
        var norm = entry.Norm;
        json.WriteStartObject();
        json.WriteString("norm", norm.QualifiedName);
        json.WriteString("title", norm.Title);
        json.WriteString("kind", norm.Kind.ToString().ToLowerInvariant());
        json.WriteString("authority", norm.Authority is null ? null : authority.Name);
        json.WriteStrings("jointlyWith", norm.Jointly);
        json.WriteString("standing", entry.Standing.Words());
        json.WriteStrings("outcome", Outcomes.StatusNames(norm.Kind).Where((_, bit) => ((int)entry.Explanation.Outcome >> bit & 1) != 0));
        json.WriteString("fulfilment", entry.Fulfilment);
        WriteDay(json, "day", entry.Explanation.Day);
        WriteDay(json, "inForceFrom", entry.Explanation.NextFrom);
        if (entry.Explanation.Due is { } due)
        {
            WriteDay(json, "due", due.Due);
            WriteDay(json, "earliestDue", due.Earliest);
            WriteDay(json, "latestDue", due.Latest);
        }

        json.WriteString("on", norm.Actor);
        json.WriteStrings("needs", norm.Needs);
        json.WriteString("otherwise", norm.Otherwise);
        json.WriteStrings("subjectTo", norm.SubjectTo);
        WriteExemptions(json, entry.Exemptions);
        WriteMissing(json, entry);
        json.WriteStartArray("processes");
        foreach (var process in entry.Processes)
        {
            json.WriteStartObject();
            json.WriteString("process", process.Plan.Process.QualifiedName);
            json.WriteString("title", process.Plan.Process.Title);
            json.WriteString("length", MapWords.Length(process));
            json.WriteNumber("shortestDays", process.Plan.Shortest.Ready - process.Plan.Shortest.Start);
            json.WriteNumber("longestDays", process.Plan.Longest.Ready - process.Plan.Longest.Start);
            json.WriteStrings("notCounted", process.Plan.Unknown.Select(step => step.Name));
            json.WriteStrings("steps", process.Plan.Longest.Steps.Select(step => $"{step.Step.Title}: {PlanWords.Length(step, process.Plan)}"));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteCitations(json, norm.Citations);
        json.WriteEndObject();
    }

    private static void WriteExemptions(Utf8JsonWriter json, ImmutableArray<ExemptionSchema> exemptions)
    {
        json.WriteStartArray("exemptions");
        foreach (var exemption in exemptions)
        {
            json.WriteStartObject();
            json.WriteString("exemption", exemption.Name);
            json.WriteString("title", exemption.Title);
            json.WriteBoolean("perShipment", exemption.IsPerShipment);
            json.WriteStrings("needs", exemption.Needs);
            WriteCitations(json, exemption.Citations);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMissing(Utf8JsonWriter json, MapEntry entry)
    {
        json.WriteStartArray("missing");
        foreach (var (fact, answers) in entry.Explanation.Missing)
        {
            json.WriteStartObject();
            json.WriteString("fact", fact.Name);
            json.WriteStartArray("answers");
            foreach (var (values, outcome) in answers)
            {
                json.WriteStartObject();
                json.WriteStrings("values", values);
                json.WriteString("standing", Standings.AnswerOf(entry.Norm, outcome));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCitations(Utf8JsonWriter json, ImmutableArray<CitationSchema> citations)
    {
        json.WriteStartArray("citations");
        foreach (var citation in citations)
        {
            json.WriteStartObject();
            json.WriteString("source", citation.Source);
            json.WriteString("title", citation.SourceTitle);
            json.WriteString("place", citation.Locator);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDay(Utf8JsonWriter json, string name, long day) =>
        json.WriteString(name, Fact.IsKnown(day) ? CivilDate.Format(day) : null);
}
