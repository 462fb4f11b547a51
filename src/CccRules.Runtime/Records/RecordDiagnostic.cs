using System.Collections.Immutable;

namespace CccRules.Runtime.Records;

/// <summary>How much a <see cref="RecordDiagnostic"/> weighs.</summary>
public enum RecordDiagnosticSeverity : byte
{
    /// <summary>A remark: the type can be used, and something about it may surprise.</summary>
    Info,

    /// <summary>The type cannot be used.</summary>
    Error,
}

/// <summary>One finding about an application's type that is bound to a ruleset.</summary>
/// <param name="Code">The public number, <c>CCC83xx</c>; <c>ccc explain</c> tells what it means.</param>
/// <param name="Property">The property, such as <c>Declaration.RatedEnergy</c>; the type's name where no property is meant.</param>
/// <param name="Message">What is wrong, in one line; lower case, no final stop.</param>
/// <param name="Help">A way out.</param>
public sealed record RecordDiagnostic(string Code, RecordDiagnosticSeverity Severity, string Property, string Message, string Help)
{
    /// <summary>One line: <c>error[CCC8302]: Declaration.MadeOn: message; help</c>.</summary>
    public override string ToString() =>
        $"{(Severity == RecordDiagnosticSeverity.Error ? "error" : "info")}[{Code}]: {Property}: {Message}; {Help}";
}

/// <summary>An application's type does not fit a ruleset. The message lists every error, each with its property.</summary>
public sealed class RecordBindingException : Exception
{
    public RecordBindingException(ImmutableArray<RecordDiagnostic> diagnostics)
        : base(string.Join('\n', diagnostics.Where(diagnostic => diagnostic.Severity == RecordDiagnosticSeverity.Error))) =>
        Diagnostics = diagnostics;

    /// <summary>Errors and remarks.</summary>
    public ImmutableArray<RecordDiagnostic> Diagnostics { get; }
}
