using System.Collections.Immutable;
using CccRules.Compiler;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Syntax;

namespace CccRules.Cli;

/// <summary>The rules that a command works on, with the modules that they use.</summary>
/// <param name="Trees">Every file, those that were named first.</param>
/// <param name="Given">The files that were named, alone or by their folder.</param>
/// <param name="Unreadable">Files that are not text; nothing is compiled then.</param>
/// <param name="Paths">Absolute paths of all that was read, the tables and calendars that the rules name as well.</param>
internal sealed record LoadedRules(
    ImmutableArray<SyntaxTree> Trees,
    ImmutableArray<SyntaxTree> Given,
    ImmutableArray<Diagnostic> Unreadable,
    ImmutableArray<string> Paths,
    Compilation Compilation)
{
    /// <summary>Everything that was found, by place.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => Unreadable.IsEmpty
        ? Compilation.Diagnostics
        : [.. Unreadable.Concat(Trees.SelectMany(tree => tree.Diagnostics)).Order(Diagnostic.Order)];

    public bool HasErrors => !Unreadable.IsEmpty || Compilation.HasErrors;
}
