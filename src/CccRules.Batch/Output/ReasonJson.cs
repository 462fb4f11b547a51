using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using CccRules.Runtime.Explanations;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Batch.Output;

/// <summary>The reasons of a record's outcomes as a JSON array, an object for each norm that is not settled as not applicable.</summary>
internal static class ReasonJson
{
    public static void Write(IBufferWriter<byte> to, ClassifiedBatch batch, IBatchEvaluator evaluator, int row)
    {
        using var json = new Utf8JsonWriter(to, JsonText.Options);
        json.WriteStartArray();
        foreach (var norm in batch.Records.Layout.Norms)
        {
            if ((Outcome)batch.Outcomes(norm.Index)[row] != Outcome.NotApplicable)
            {
                Write(json, evaluator.Explain(row, norm.Index), batch, row);
            }
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Explanation explanation, ClassifiedBatch batch, int row)
    {
        var norm = explanation.Norm;
        var due = batch.DueOf(norm.Index, row);
        json.WriteStartObject();
        json.WriteString("norm"u8, norm.QualifiedName);
        json.WriteString("title"u8, norm.Title);
        json.WriteStartArray("outcome"u8);
        foreach (var (name, bit) in Outcomes.StatusNames(norm.Kind).Select((name, bit) => (name, bit)))
        {
            if (((int)explanation.Outcome >> bit & 1) != 0)
            {
                json.WriteStringValue(name);
            }
        }

        json.WriteEndArray();
        WriteDay(json, "appliesFrom"u8, explanation.AppliesFrom);
        WriteDay(json, "due"u8, due.Due);
        if (!Fact.IsKnown(due.Due))
        {
            WriteDay(json, "earliestDue"u8, due.Earliest);
            WriteDay(json, "latestDue"u8, due.Latest);
        }

        if (norm.Otherwise is { } otherwise && (explanation.Outcome & Outcome.Breached) != 0)
        {
            json.WriteString("otherwise"u8, otherwise);
        }

        WriteCitations(json, norm.Citations);
        WriteReasons(json, "because"u8, explanation.Reasons);
        WriteExemptions(json, explanation.Exemptions);
        json.WriteStartArray("missing"u8);
        foreach (var fact in batch.MissingFacts(row, norm.Index))
        {
            json.WriteStringValue(batch.Records.Layout.Manifest.Facts[fact].Name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDay(Utf8JsonWriter json, ReadOnlySpan<byte> name, long day)
    {
        if (Fact.IsKnown(day))
        {
            json.WriteString(name, CivilDate.Format(day));
        }
    }

    private static void WriteReasons(Utf8JsonWriter json, ReadOnlySpan<byte> name, ImmutableArray<Reason> reasons)
    {
        if (reasons.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var reason in reasons)
        {
            json.WriteStartObject();
            json.WriteString("text"u8, reason.Text);
            WriteTruth(json, reason.Truth);
            WriteCitations(json, reason.Citations);
            WriteReasons(json, "parts"u8, reason.Parts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteExemptions(Utf8JsonWriter json, ImmutableArray<PossibleExemption> exemptions)
    {
        if (exemptions.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("exemptions"u8);
        foreach (var (exemption, truth) in exemptions)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, exemption.Name);
            json.WriteString("title"u8, exemption.Title);
            WriteTruth(json, truth);
            WriteCitations(json, exemption.Citations);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTruth(Utf8JsonWriter json, Truth truth) =>
        json.WriteString("holds"u8, truth == Truth.True ? "yes"u8 : truth == Truth.False ? "no"u8 : "open"u8);

    private static void WriteCitations(Utf8JsonWriter json, ImmutableArray<CitationSchema> citations)
    {
        if (citations.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("citations"u8);
        foreach (var citation in citations)
        {
            json.WriteStartObject();
            json.WriteString("source"u8, citation.Source);
            json.WriteString("title"u8, citation.SourceTitle);
            if (citation.Locator is { } place)
            {
                json.WriteString("place"u8, place);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
