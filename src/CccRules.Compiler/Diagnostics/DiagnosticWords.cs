using System.Diagnostics;

namespace CccRules.Compiler.Diagnostics;

/// <summary>How the kinds of this folder are spelled, for people and machines.</summary>
internal static class DiagnosticWords
{
    /// <summary><c>error</c>, <c>warning</c> or <c>info</c>.</summary>
    public static string ToWord(this DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Info => "info",
        _ => throw new UnreachableException(),
    };

    /// <summary><c>safe</c> or <c>review</c>.</summary>
    public static string ToWord(this Applicability applicability) => applicability switch
    {
        Applicability.Safe => "safe",
        Applicability.Review => "review",
        _ => throw new UnreachableException(),
    };
}
