using System.Text.Json;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Proof;

namespace CccRules.Cli.Proving;

/// <summary>What was proved, as one JSON object.</summary>
internal static class ProofJson
{
    public static string Write(ProofReport report) => MachineText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("findings");
        foreach (var (diagnostic, witness) in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("code", diagnostic.Id);
            json.WriteString("name", diagnostic.Descriptor.Name);
            json.WriteString("severity", diagnostic.Severity.ToWord());
            json.WriteString("place", diagnostic.Location.ToString());
            json.WriteString("message", diagnostic.Message);
            json.WriteString("why", diagnostic.Label);
            json.WriteString("citation", diagnostic.Citation);
            json.WriteStrings("places", diagnostic.Labels.Select(label => label.Location.ToString()));
            json.WriteString("witness", witness?.Scenario);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("claims");
        foreach (var claim in report.Claims)
        {
            json.WriteStartObject();
            json.WriteString("claim", claim.Claim.Claim.Name);
            json.WriteString("place", claim.Claim.Claim.Location.ToString());
            json.WriteString("answer", claim.Status switch
            {
                ClaimStatus.Proved => "proved",
                ClaimStatus.ProvedForAllRecords => "proved-for-all-records",
                ClaimStatus.Refuted => "refuted",
                _ => "not-proved",
            });
            json.WriteBoolean("isEmpty", claim.IsEmpty);
            json.WriteString("reason", claim.Reason);
            json.WriteString("witness", claim.Witness?.Scenario);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteCounts(json, report);
        json.WriteStrings("notProved", report.NotProved.Distinct());
        json.WriteEndObject();
    });

    private static void WriteCounts(Utf8JsonWriter json, ProofReport report)
    {
        json.WriteStartArray("asked");
        foreach (var count in report.Counts)
        {
            json.WriteStartObject();
            json.WriteString("what", count.What);
            json.WriteNumber("asked", count.Asked);
            json.WriteNumber("found", count.Found);
            json.WriteNumber("notProved", count.NotProved);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
