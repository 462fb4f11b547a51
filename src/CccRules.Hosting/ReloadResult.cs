using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Runtime.Records;

namespace CccRules.Hosting;

/// <summary>What became of a reload.</summary>
public enum ReloadStatus
{
    /// <summary>The new rules serve every request that begins from now on.</summary>
    Swapped,

    /// <summary>The texts are those that serve already.</summary>
    Unchanged,

    /// <summary>The new rules have errors, or do not fit a type that the application has bound; the old rules go on serving.</summary>
    Refused,
}

/// <summary>The report of a reload.</summary>
/// <param name="Generation">The rules that serve after it, counted from 1; 0 where none do.</param>
/// <param name="Diagnostics">What the compiler found.</param>
/// <param name="BindingDiagnostics">What does not fit the types that the application has bound.</param>
/// <param name="Duration">Time from the texts to the swap.</param>
public sealed record ReloadResult(
    ReloadStatus Status,
    int Generation,
    ImmutableArray<Diagnostic> Diagnostics,
    ImmutableArray<RecordDiagnostic> BindingDiagnostics,
    TimeSpan Duration)
{
    /// <summary>Every error, one a line.</summary>
    public string ErrorText => string.Join(
        '\n',
        Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())
            .Concat(BindingDiagnostics.Where(diagnostic => diagnostic.Severity == RecordDiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())));
}

/// <summary>Rules that an application cannot start without have errors.</summary>
public sealed class RulesetRefusedException : Exception
{
    internal RulesetRefusedException(ReloadResult result)
        : base($"The rules have errors:\n{result.ErrorText}") => Result = result;

    /// <summary>The report.</summary>
    public ReloadResult Result { get; }
}
