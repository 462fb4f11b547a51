using System.Collections.Immutable;
using System.Text.Json;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Proof;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Cli.Explaining;

/// <summary>Explanations as a JSON array, one object a norm.</summary>
internal static class ExplanationJson
{
    public static string Write(IEnumerable<NormExplanation> explanations) => MachineText.Write(json =>
    {
        json.WriteStartArray();
        foreach (var explanation in explanations)
        {
            Write(json, explanation);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, NormExplanation explanation)
    {
        var norm = explanation.Norm;
        json.WriteStartObject();
        json.WriteString("norm", norm.QualifiedName);
        json.WriteString("kind", norm.Kind switch { NormKind.Option => "option", NormKind.Deadline => "deadline", _ => "obligation" });
        json.WriteString("title", norm.Title);
        json.WriteStrings("outcome", Statuses(explanation.Outcome, norm.Kind));
        json.WriteBoolean("settled", explanation.Outcome.IsSettled());
        WriteDay(json, "day", explanation.Day);
        WriteDay(json, "appliesFrom", explanation.AppliesFrom);
        if (explanation.Due is { } due)
        {
            WriteDay(json, "due", due.Due);
            WriteDay(json, "earliestDue", due.Earliest);
            WriteDay(json, "latestDue", due.Latest);
        }

        json.WriteString("actor", norm.Actor);
        json.WriteString("authority", norm.Authority);
        json.WriteString("otherwise", norm.Otherwise);
        json.WriteStrings("subjectTo", norm.SubjectTo);
        WriteCitations(json, norm.Citations);
        WriteReasons(json, "reasons", explanation.Reasons);
        json.WriteStartArray("missing");
        foreach (var (fact, answers) in explanation.Missing)
        {
            json.WriteStartObject();
            json.WriteString("fact", fact.Name);
            json.WriteString("title", fact.Title);
            json.WriteStartArray("answers");
            foreach (var (values, outcome) in answers)
            {
                json.WriteStartObject();
                json.WriteStrings("values", values);
                json.WriteStrings("outcome", Statuses(outcome, norm.Kind));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("askNext", explanation.AskNext?.Name);
        WriteWays(json, "settling", explanation.Settling, norm.Kind);
        WriteWays(json, "flips", explanation.Flips, norm.Kind);
        WriteWays(json, "compliance", explanation.Compliance, norm.Kind);
        WriteReasons(json, "obstacles", explanation.Obstacles);
        json.WriteEndObject();
    }

    private static void WriteWays(Utf8JsonWriter json, string name, ImmutableArray<WayOut> ways, NormKind kind)
    {
        json.WriteStartArray(name);
        foreach (var way in ways)
        {
            json.WriteStartObject();
            json.WriteString("outcome", way.Outcome.Name(kind));
            json.WriteStartArray("facts");
            foreach (var change in way.Changes)
            {
                json.WriteStartObject();
                json.WriteString("fact", change.Fact.Name);
                json.WriteString("from", change.From);
                json.WriteString("to", change.To);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("exemption", way.Exemption?.Title);
            json.WriteStrings("needs", way.Exemption?.Needs ?? []);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteReasons(Utf8JsonWriter json, string name, ImmutableArray<ReasonLine> reasons)
    {
        json.WriteStartArray(name);
        foreach (var reason in reasons)
        {
            json.WriteStartObject();
            json.WriteString("text", reason.Text);
            json.WriteString("holds", ExplanationText.Mark(reason.Truth));
            json.WriteStrings("facts", reason.Facts);
            WriteCitations(json, reason.Citations);
            if (reason.IsToldAbove)
            {
                json.WriteBoolean("toldAbove", true);
            }

            WriteReasons(json, "parts", reason.Parts);
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

    private static void WriteDay(Utf8JsonWriter json, string name, long day)
    {
        if (Fact.IsKnown(day))
        {
            json.WriteString(name, CivilDate.Format(day));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static IEnumerable<string> Statuses(Outcome outcome, NormKind kind) =>
        Outcomes.StatusNames(kind).Where((_, bit) => ((int)outcome >> bit & 1) != 0);
}
