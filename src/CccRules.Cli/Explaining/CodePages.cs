using CccRules.Batch;
using CccRules.Compiler.Diagnostics;

namespace CccRules.Cli.Explaining;

/// <summary>What is known of a public code such as <c>CCC2001</c>.</summary>
internal static class CodePages
{
    /// <summary>It has the form of a code.</summary>
    public static bool IsCode(string word) =>
        word.Length == 7 && word.StartsWith("CCC", StringComparison.OrdinalIgnoreCase) && word[3..].All(char.IsAsciiDigit);

    /// <summary>The page of a code, or a sentence where it has no page of its own; null for a code that nothing has.</summary>
    public static string? Find(string code)
    {
        var id = code.ToUpperInvariant();
        return (DiagnosticDocs.FindText(id) ?? FaultPages.Find(id))?.TrimEnd()
            ?? (CommandFaults.All.FirstOrDefault(fault => fault.Id == id) is { } fault ? $"# {id} {fault.Name}\n\n{fault.Title}." : null);
    }
}
