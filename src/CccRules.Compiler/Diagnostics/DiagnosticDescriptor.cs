namespace CccRules.Compiler.Diagnostics;

/// <summary>What all diagnostics of one number have in common.</summary>
/// <param name="Id"><c>CCC</c> and four digits; never used again for something else.</param>
/// <param name="Name">Words in lower case joined by hyphens, such as <c>unknown-field</c>.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Title">One sentence without names from a text, for lists of all diagnostics.</param>
/// <param name="IsLint">Whether an author may silence it by its name.</param>
public sealed record DiagnosticDescriptor(
    string Id,
    string Name,
    DiagnosticSeverity Severity,
    string Title,
    bool IsLint = false)
{
    /// <summary>Whether the number is kept only so that nothing else takes it.</summary>
    public bool Retired { get; init; }

    /// <summary>The command that explains this number.</summary>
    public string HelpCommand => $"ccc explain {Id}";
}
