using System.Diagnostics;

namespace CccRules.Compiler.Diagnostics;

/// <summary>How severities are spelled.</summary>
internal static class SeverityWords
{
    /// <summary><c>error</c>, <c>warning</c> or <c>info</c>.</summary>
    public static string ToWord(this DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Info => "info",
        _ => throw new UnreachableException(),
    };
}
