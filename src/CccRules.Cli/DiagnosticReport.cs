using System.Collections.Immutable;
using System.Globalization;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Cli;

/// <summary>Diagnostics as people read them, on a screen.</summary>
internal static class DiagnosticReport
{
    /// <summary>Each with its place quoted, an empty line between two.</summary>
    public static void Write(Screen screen, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            screen.Write(DiagnosticRenderer.RenderSegments(diagnostic));
            screen.WriteLine();
        }
    }

    /// <summary>Says what keeps rules from being run, and returns false; true where nothing does.</summary>
    public static bool AllowsRunning(LoadedRules rules, CommandHost host)
    {
        if (!rules.HasErrors)
        {
            return true;
        }

        ImmutableArray<Diagnostic> errors = [.. rules.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Write(host.Error, errors);
        host.Error.WriteLine($"the rules have errors, so nothing was run: {DiagnosticRenderer.Summarize(errors)}");
        return false;
    }

    /// <summary>A number and its noun: <c>1 file</c>, <c>2 files</c>.</summary>
    public static string Count(long number, string noun) => Count(number, noun, noun + "s");

    /// <summary>A number and its noun, where the noun's plural is not its own.</summary>
    public static string Count(long number, string noun, string plural) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? noun : plural)}");
}
