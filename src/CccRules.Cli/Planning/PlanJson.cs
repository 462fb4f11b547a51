using System.Collections.Immutable;
using System.Text.Json;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Planning;
using CccRules.Compiler.Symbols;

namespace CccRules.Cli.Planning;

/// <summary>A plan as one JSON object.</summary>
internal static class PlanJson
{
    public static string Write(Plan plan) => MachineText.Write(json =>
    {
        json.WriteStartObject();
        WriteDay(json, "readyBy", plan.Request.ReadyBy);
        WriteDay(json, "start", plan.Request.Start);
        WriteDay(json, "today", plan.Request.Today);
        json.WriteStartArray("processes");
        foreach (var process in plan.Processes)
        {
            Write(json, process, plan.Request);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, ProcessPlan plan, PlanRequest request)
    {
        json.WriteStartObject();
        json.WriteString("process", plan.Process.QualifiedName);
        json.WriteString("title", plan.Process.Title);
        json.WriteString("market", plan.Process.Module?.Jurisdiction);
        json.WriteBoolean("isRequested", plan.IsRequested);
        json.WriteStrings("for", plan.Process.Norms.Select(norm => norm.QualifiedName));
        json.WriteStrings("summary", PlanWords.Summary(plan, request));
        json.WriteStrings("notCounted", plan.Unknown.Select(step => step.QualifiedName));
        json.WriteStrings("needs", plan.Process.Needs);
        json.WriteStrings("subjectTo", plan.Process.SubjectTo);
        WriteCitations(json, plan.Process.Citations);
        Write(json, "shortest", plan.Shortest);
        Write(json, "longest", plan.Longest);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Schedule schedule)
    {
        json.WriteStartObject(name);
        WriteDay(json, "start", schedule.Start);
        WriteDay(json, "ready", schedule.Ready);
        WriteDay(json, "latestStart", schedule.LatestStart);
        json.WriteNumber("daysLate", schedule.DaysLate);
        json.WriteStartArray("steps");
        foreach (var scheduled in schedule.Steps)
        {
            var step = scheduled.Step;
            json.WriteStartObject();
            json.WriteString("step", step.Name);
            json.WriteString("title", step.Title);
            json.WriteString("lasts", scheduled.Length?.ToString());
            json.WriteStrings("after", step.After.Select(symbol => symbol is StepSymbol ? symbol.Name : symbol.QualifiedName));
            json.WriteString("on", step.Actor?.Title);
            WriteDay(json, "earliestStart", scheduled.EarliestStart);
            WriteDay(json, "earliestEnd", scheduled.EarliestEnd);
            WriteDay(json, "latestStart", scheduled.LatestStart);
            WriteDay(json, "latestEnd", scheduled.LatestEnd);
            json.WriteNumber("slackDays", scheduled.Slack);
            json.WriteBoolean("isCritical", scheduled.IsCritical);
            json.WriteStrings("needs", step.Needs);
            json.WriteStrings("subjectTo", step.SubjectTo);
            WriteCitations(json, step.Citations);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCitations(Utf8JsonWriter json, ImmutableArray<CitationSymbol> citations)
    {
        json.WriteStartArray("citations");
        foreach (var citation in citations)
        {
            json.WriteStartObject();
            json.WriteString("source", citation.Source.Name);
            json.WriteString("title", citation.Source.Title);
            json.WriteString("place", citation.Locator);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDay(Utf8JsonWriter json, string name, long? day)
    {
        if (day is { } known)
        {
            json.WriteString(name, PlanWords.Day(known));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
