namespace CccRules.Compiler.Diagnostics;

/// <summary>How much a diagnostic weighs, lightest first.</summary>
public enum DiagnosticSeverity
{
    /// <summary>A remark; nothing needs to change.</summary>
    Info,

    /// <summary>The text compiles, and most likely does not say what was meant.</summary>
    Warning,

    /// <summary>The text does not compile.</summary>
    Error,
}
