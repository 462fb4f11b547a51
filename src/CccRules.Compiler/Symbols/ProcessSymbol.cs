using System.Collections.Immutable;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Symbols;

/// <summary>The way to a certificate: steps with their lengths and their order.</summary>
public sealed class ProcessSymbol : Symbol
{
    internal ProcessSymbol(ModuleSymbol module, string name, string title, TextLocation location, ProcessDeclarationSyntax syntax)
        : base(module, name, title, location)
    {
        Syntax = syntax;
    }

    public ProcessDeclarationSyntax Syntax { get; }

    /// <summary>The norms whose fulfilment it leads to; empty where the rules name none.</summary>
    public ImmutableArray<NormSymbol> Norms { get; internal set; } = [];

    /// <summary>The steps in the order of the text.</summary>
    public ImmutableArray<StepSymbol> Steps { get; internal set; } = [];

    /// <summary>Who goes through it; null where the rules do not say.</summary>
    public ActorSymbol? Actor { get; internal set; }

    /// <summary>The documents that it needs.</summary>
    public ImmutableArray<string> Needs { get; internal init; } = [];

    /// <summary>What it also depends on and the language cannot say.</summary>
    public ImmutableArray<string> SubjectTo { get; internal init; } = [];

    public ImmutableArray<CitationSymbol> Citations { get; internal set; } = [];

    public override string Noun => "process";
}

/// <summary>A step of a process. Its name is known in its process only.</summary>
public sealed class StepSymbol : Symbol
{
    internal StepSymbol(ProcessSymbol process, string name, string title, TextLocation location, StepDeclarationSyntax syntax)
        : base(process.Module, name, title, location)
    {
        Process = process;
        Syntax = syntax;
    }

    public ProcessSymbol Process { get; }

    public StepDeclarationSyntax Syntax { get; }

    /// <summary>The least time it takes; null: the sources do not say.</summary>
    public StepLength? Shortest { get; internal set; }

    /// <summary>The most time it takes; null: the sources do not say.</summary>
    public StepLength? Longest { get; internal set; }

    /// <summary>What has to have ended before it begins: steps of the same process, or whole processes.</summary>
    public ImmutableArray<Symbol> After { get; internal set; } = [];

    /// <summary>Who does it; null where the rules do not say.</summary>
    public ActorSymbol? Actor { get; internal set; }

    /// <summary>The documents that it needs.</summary>
    public ImmutableArray<string> Needs { get; internal init; } = [];

    /// <summary>What it also depends on and the language cannot say.</summary>
    public ImmutableArray<string> SubjectTo { get; internal init; } = [];

    public ImmutableArray<CitationSymbol> Citations { get; internal set; } = [];

    public override string QualifiedName => $"{Process.QualifiedName}.{Name}";

    public override string Noun => "step";
}
