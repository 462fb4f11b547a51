using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Diagnostics;

/// <summary>Diagnostics as a SARIF 2.1.0 log with one run, for code review tools.</summary>
internal static class DiagnosticSarif
{
    /// <summary>The log; results in the order given, rules by number.</summary>
    /// <param name="diagnostics">Their paths should be relative to the root of the repository.</param>
    /// <param name="version">The version of <c>ccc</c>.</param>
    public static string Write(IEnumerable<Diagnostic> diagnostics, string version)
    {
        ImmutableArray<Diagnostic> results = [.. diagnostics];
        ImmutableArray<DiagnosticDescriptor> rules =
        [
            .. results
                .Select(diagnostic => diagnostic.Descriptor)
                .DistinctBy(rule => rule.Id)
                .OrderBy(rule => rule.Id, StringComparer.Ordinal),
        ];
        return MachineText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, rules, version);
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStrings("newlineSequences", ["\r\n", "\n", "\r"]);
            json.WriteStartArray("results");
            foreach (var result in results)
            {
                WriteResult(json, result, rules);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WriteTool(Utf8JsonWriter json, ImmutableArray<DiagnosticDescriptor> rules, string version)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "ccc");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("name", rule.Name);
            WriteMessage(json, "shortDescription", rule.Title);
            WriteMessage(json, "help", rule.HelpCommand);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", ToLevel(rule.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Diagnostic result, ImmutableArray<DiagnosticDescriptor> rules)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", result.Id);
        json.WriteNumber("ruleIndex", rules.TakeWhile(rule => rule.Id != result.Id).Count());
        json.WriteString("level", ToLevel(result.Severity));
        WriteMessage(json, "message", result.Message);
        json.WriteStartArray("locations");
        WriteLocation(json, result.Location, result.Label, id: null);
        json.WriteEndArray();
        if (!result.Labels.IsEmpty)
        {
            json.WriteStartArray("relatedLocations");
            for (var index = 0; index < result.Labels.Length; index++)
            {
                WriteLocation(json, result.Labels[index].Location, result.Labels[index].Text, id: index + 1);
            }

            json.WriteEndArray();
        }

        WriteFixes(json, result.Fixes);
        json.WriteStartObject("properties");
        json.WriteStrings("notes", result.Notes);
        json.WriteStrings("help", result.Fixes.Select(fix => fix.Help));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>SARIF knows only fixes with edits; the others are in the result's <c>help</c>.</summary>
    private static void WriteFixes(Utf8JsonWriter json, ImmutableArray<Fix> fixes)
    {
        if (fixes.All(fix => fix.Edits.IsEmpty))
        {
            return;
        }

        json.WriteStartArray("fixes");
        foreach (var fix in fixes.Where(fix => !fix.Edits.IsEmpty))
        {
            json.WriteStartObject();
            WriteMessage(json, "description", fix.Help);
            json.WriteStartArray("artifactChanges");
            foreach (var file in fix.Edits.GroupBy(edit => edit.Location.Path).OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                WriteChange(json, file.Key, file);
            }

            json.WriteEndArray();
            json.WriteStartObject("properties");
            json.WriteString("applicability", fix.Applicability.ToWord());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteChange(Utf8JsonWriter json, string path, IEnumerable<TextEdit> edits)
    {
        json.WriteStartObject();
        WriteArtifact(json, path);
        json.WriteStartArray("replacements");
        foreach (var edit in edits.OrderBy(edit => edit.Location.Span.Start))
        {
            json.WriteStartObject();
            WriteRegion(json, "deletedRegion", edit.Location);
            json.WriteStartObject("insertedContent");
            json.WriteString("text", edit.NewText);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, TextLocation location, string? text, int? id)
    {
        json.WriteStartObject();
        if (id is { } number)
        {
            json.WriteNumber("id", number);
        }

        json.WriteStartObject("physicalLocation");
        WriteArtifact(json, location.Path);
        if (location.Text.Length > 0)
        {
            WriteRegion(json, "region", location);
        }

        json.WriteEndObject();
        if (!string.IsNullOrEmpty(text))
        {
            WriteMessage(json, "message", text);
        }

        json.WriteEndObject();
    }

    private static void WriteRegion(Utf8JsonWriter json, string name, TextLocation location)
    {
        json.WriteStartObject(name);
        json.WritePosition("startLine", "startColumn", location.Start);
        json.WritePosition("endLine", "endColumn", location.End);
        json.WriteEndObject();
    }

    private static void WriteArtifact(Utf8JsonWriter json, string path)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", ToUri(path));
        json.WriteEndObject();
    }

    /// <summary>Braces stand for placeholders in SARIF (section 3.11.5), so literal ones are doubled.</summary>
    private static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        json.WriteEndObject();
    }

    /// <summary>A relative path becomes a relative reference, an absolute one a <c>file</c> URI.</summary>
    private static string ToUri(string path)
    {
        var slashed = path.Replace('\\', '/');
        var hasDrive = slashed.Length > 2 && char.IsAsciiLetter(slashed[0]) && slashed[1] == ':' && slashed[2] == '/';
        var isAbsolute = hasDrive || slashed.StartsWith('/');
        var relative = slashed.StartsWith("./", StringComparison.Ordinal) ? slashed[2..] : slashed.TrimStart('/');
        var encoded = string.Join('/', relative.Split('/').Select(Uri.EscapeDataString));
        return isAbsolute ? $"file:///{encoded}" : encoded;
    }

    private static string ToLevel(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Info => "note",
        _ => throw new UnreachableException(),
    };
}
