using System.Collections.Immutable;

namespace CccRules.Compiler.Diagnostics;

/// <summary>Collects the diagnostics of one call of one stage. Not for use by two threads.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>Whether an error was added.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>How many were added, repeated ones included.</summary>
    public int Count => _diagnostics.Count;

    /// <summary>Adds one.</summary>
    public void Add(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        HasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
    }

    /// <summary>Adds several.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }

    /// <summary>All that were added, each once, in <see cref="Diagnostic.Order"/>; equal places keep the order of adding.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() => [.. _diagnostics.Distinct().Order(Diagnostic.Order)];
}
