using System.Text.Json;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Diagnostics;

/// <summary>
/// Diagnostics as a JSON array, one object each. Lines and columns count from 1, columns in UTF-16 units; an end is the
/// place after the last unit.
/// </summary>
internal static class DiagnosticJson
{
    /// <summary>The array, in the order given.</summary>
    public static string Write(IEnumerable<Diagnostic> diagnostics) => MachineText.Write(json =>
    {
        json.WriteStartArray();
        foreach (var diagnostic in diagnostics)
        {
            WriteDiagnostic(json, diagnostic);
        }

        json.WriteEndArray();
    });

    private static void WriteDiagnostic(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("id", diagnostic.Id);
        json.WriteString("name", diagnostic.Descriptor.Name);
        json.WriteString("severity", diagnostic.Severity.ToWord());
        json.WriteString("message", diagnostic.Message);
        WriteLocation(json, diagnostic.Location);
        json.WriteString("label", diagnostic.Label);
        json.WriteString("citation", diagnostic.Citation);
        json.WriteStartArray("labels");
        foreach (var label in diagnostic.Labels)
        {
            json.WriteStartObject();
            WriteLocation(json, label.Location);
            json.WriteString("text", label.Text);
            json.WriteString("citation", label.Citation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStrings("notes", diagnostic.Notes);
        json.WriteStartArray("fixes");
        foreach (var fix in diagnostic.Fixes)
        {
            WriteFix(json, fix);
        }

        json.WriteEndArray();
        json.WriteString("explain", diagnostic.Descriptor.HelpCommand);
        json.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter json, Fix fix)
    {
        json.WriteStartObject();
        json.WriteString("help", fix.Help);
        json.WriteString("applicability", fix.Applicability.ToWord());
        json.WriteStartArray("edits");
        foreach (var edit in fix.Edits)
        {
            json.WriteStartObject();
            WriteLocation(json, edit.Location);
            json.WriteString("newText", edit.NewText);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, TextLocation location)
    {
        json.WriteString("path", location.Path);
        json.WritePosition("startLine", "startColumn", location.Start);
        json.WritePosition("endLine", "endColumn", location.End);
    }
}
