using CccRules.Compiler.Diagnostics;

namespace CccRules.Cli.Comparing;

/// <summary>A comparison as one JSON object.</summary>
internal static class DiffJson
{
    public static string Write(DiffReport report) => MachineText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("old", report.Old);
        json.WriteString("new", report.New);
        json.WriteBoolean("equal", report.Difference.AreEqual);
        json.WriteStartArray("norms");
        foreach (var norm in report.Difference.Norms)
        {
            json.WriteStartObject();
            json.WriteString("name", norm.Name);
            json.WriteString("title", norm.Title);
            json.WriteBoolean("isCategory", norm.IsCategory);
            json.WriteString("difference", DiffReport.Words(norm.Difference));
            json.WriteStartArray("classes");
            foreach (var change in norm.Classes)
            {
                json.WriteStartObject();
                json.WriteString("old", DiffReport.Status(norm, change, change.Old));
                json.WriteString("new", DiffReport.Status(norm, change, change.New));
                json.WriteString("direction", DiffReport.Direction(norm, change));
                json.WriteString("oldWitness", change.OldScenario);
                json.WriteString("newWitness", change.Scenario);
                json.WriteString("notProved", change.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("because");
            foreach (var cause in norm.Because)
            {
                json.WriteStartObject();
                json.WriteString("declaration", cause.Symbol.QualifiedName);
                json.WriteString("kind", cause.Symbol.Noun);
                json.WriteString("difference", DiffReport.Words(cause.Difference));
                json.WriteStrings("citations", cause.Citations);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("records");
            foreach (var count in report.CountsOf(norm))
            {
                json.WriteStartObject();
                json.WriteString("old", count.Old);
                json.WriteString("new", count.New);
                json.WriteNumber("records", count.Records);
                json.WriteStartObject("sums");
                for (var i = 0; i < count.Sums.Length; i++)
                {
                    json.WriteNumber(report.Counts!.SumOf[i], count.Sums[i]);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
