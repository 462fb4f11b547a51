using System.Collections.Immutable;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Symbols;

/// <summary>A declared thing; one instance a declaration.</summary>
public abstract class Symbol
{
    private protected Symbol(ModuleSymbol? module, string name, string title, TextLocation location)
    {
        Module = module;
        Name = name;
        Title = title;
        Location = location;
    }

    /// <summary>The module that declares it; null for a module.</summary>
    public ModuleSymbol? Module { get; }

    public string Name { get; }

    /// <summary>The title in the law's words; the name where there is none.</summary>
    public string Title { get; }

    /// <summary>Titles in other languages, by language tag.</summary>
    public ImmutableArray<(string Language, string Text)> Translations { get; internal init; } = [];

    /// <summary>The place of its name.</summary>
    public TextLocation Location { get; }

    public virtual string QualifiedName => Module is null ? Name : $"{Module.Name}.{Name}";

    /// <summary>What it is, one noun.</summary>
    public abstract string Noun { get; }

    public override string ToString() => $"{Noun} {QualifiedName}";
}

/// <summary>A ruleset: one file.</summary>
public sealed class ModuleSymbol : Symbol
{
    internal ModuleSymbol(string name, string title, TextLocation location)
        : base(null, name, title, location)
    {
    }

    public string? Version { get; internal init; }

    public string? Jurisdiction { get; internal init; }

    /// <summary>How months are rounded; null where the module does not say.</summary>
    public Runtime.Time.MonthRounding? Rounding { get; internal init; }

    /// <summary>First day in force; null: from the beginning.</summary>
    public long? FromDay { get; internal init; }

    /// <summary>Last day in force; null: until further notice.</summary>
    public long? UntilDay { get; internal init; }

    public override string Noun => "ruleset";
}

/// <summary>How sure the encoding of a source is.</summary>
public enum Confidence : byte
{
    Unstated,
    High,
    Medium,
    Low,
}

/// <summary>A document that can be cited.</summary>
public sealed class SourceSymbol : Symbol
{
    internal SourceSymbol(ModuleSymbol module, string name, string title, TextLocation location)
        : base(module, name, title, location)
    {
    }

    /// <summary>The day it was issued; null where the rules do not say.</summary>
    public long? IssuedDay { get; internal init; }

    public string? Link { get; internal init; }

    public Confidence Confidence { get; internal init; }

    public ImmutableArray<(string Locator, string? Text)> Articles { get; internal init; } = [];

    /// <summary>Sources that this one takes the place of.</summary>
    public ImmutableArray<SourceSymbol> Replaces { get; internal set; } = [];

    public override string Noun => "source";
}

/// <summary>A place in a source.</summary>
public sealed record CitationSymbol(SourceSymbol Source, string? Locator);

public sealed class AuthoritySymbol : Symbol
{
    internal AuthoritySymbol(ModuleSymbol module, string name, string title, TextLocation location)
        : base(module, name, title, location)
    {
    }

    /// <summary>The authority above; null where the rules name none.</summary>
    public AuthoritySymbol? Superior { get; internal set; }

    public override string Noun => "authority";
}

public sealed class ActorSymbol : Symbol
{
    internal ActorSymbol(ModuleSymbol module, string name, string title, TextLocation location)
        : base(module, name, title, location)
    {
    }

    public override string Noun => "actor";
}

/// <summary>The facts of one record, from its declaration and every extension.</summary>
public sealed class RecordSymbol : Symbol
{
    internal RecordSymbol(ModuleSymbol module, string name, string title, TextLocation location)
        : base(module, name, title, location)
    {
    }

    /// <summary>Its fields, of a record that stands in lists; the fields of the main record are the ruleset's own.</summary>
    public ImmutableArray<FieldSymbol> Fields { get; internal set; } = [];

    public override string Noun => "record";
}

public sealed class FieldSymbol : Symbol
{
    internal FieldSymbol(ModuleSymbol module, string name, string title, TextLocation location, TypeSymbol type)
        : base(module, name, title, location)
    {
        Type = type;
    }

    public TypeSymbol Type { get; }

    /// <summary>Of a list: the record of its entries.</summary>
    public RecordSymbol? Entry { get; internal set; }

    public bool IsRequired { get; internal init; }

    public bool IsKey { get; internal init; }

    public bool EmptyIsNone { get; internal init; }

    /// <summary>The reader can act on it.</summary>
    public bool IsActionable { get; internal init; }

    public override string Noun => "field";
}

/// <summary>A value of a parameter, and the day from which it holds; null: from the beginning.</summary>
internal sealed record ParameterEntry(long? FromDay, ConstantValue Value);

/// <summary>Something with a condition or a value, that other declarations may name; bound in an order without cycles.</summary>
public abstract class DefinitionSymbol : Symbol
{
    private protected DefinitionSymbol(ModuleSymbol module, string name, string title, TextLocation location, DeclarationSyntax syntax)
        : base(module, name, title, location)
    {
        Syntax = syntax;
    }

    public DeclarationSyntax Syntax { get; }

    public ImmutableArray<CitationSymbol> Citations { get; internal set; } = [];
}

public sealed class ParameterSymbol : DefinitionSymbol
{
    internal ParameterSymbol(ModuleSymbol module, string name, string title, TextLocation location, DeclarationSyntax syntax, TypeSymbol type)
        : base(module, name, title, location, syntax)
    {
        Type = type;
    }

    public TypeSymbol Type { get; }

    public override string Noun => "parameter";
}

public sealed class DefineSymbol : DefinitionSymbol
{
    internal DefineSymbol(ModuleSymbol module, string name, string title, TextLocation location, DeclarationSyntax syntax)
        : base(module, name, title, location, syntax)
    {
    }

    public override string Noun => "definition";
}

public sealed class CategorySymbol : DefinitionSymbol
{
    internal CategorySymbol(ModuleSymbol module, string name, string title, TextLocation location, DeclarationSyntax syntax)
        : base(module, name, title, location, syntax)
    {
    }

    public override string Noun => "category";
}

public sealed class QuestionSymbol : DefinitionSymbol
{
    internal QuestionSymbol(ModuleSymbol module, string name, string title, TextLocation location, DeclarationSyntax syntax)
        : base(module, name, title, location, syntax)
    {
    }

    public override string Noun => "question";
}

/// <summary>An obligation, an option or a deadline.</summary>
public sealed class NormSymbol : DefinitionSymbol
{
    internal NormSymbol(ModuleSymbol module, string name, string title, TextLocation location, DeclarationSyntax syntax, NormKind kind)
        : base(module, name, title, location, syntax)
    {
        Kind = kind;
    }

    public NormKind Kind { get; }

    public bool IsOption => Kind == NormKind.Option;

    public bool IsDeadline => Kind == NormKind.Deadline;

    public ActorSymbol? Actor { get; internal set; }

    public AuthoritySymbol? Authority { get; internal set; }

    public ImmutableArray<AuthoritySymbol> Jointly { get; internal set; } = [];

    public string? Otherwise { get; internal init; }

    /// <summary>What it means for whoever wants to sell.</summary>
    public NormImpact Impact { get; internal init; }

    /// <summary>The documents that fulfilling it takes.</summary>
    public ImmutableArray<string> Needs { get; internal init; } = [];

    public ImmutableArray<string> SubjectTo { get; internal init; } = [];

    public override string Noun => Kind switch { NormKind.Option => "option", NormKind.Deadline => "deadline", _ => "obligation" };
}

public sealed class ExemptionSymbol : DefinitionSymbol
{
    internal ExemptionSymbol(ModuleSymbol module, string name, string title, TextLocation location, DeclarationSyntax syntax)
        : base(module, name, title, location, syntax)
    {
    }

    public bool IsPerShipment { get; internal init; }

    public ImmutableArray<string> Needs { get; internal init; } = [];

    public ImmutableArray<string> SubjectTo { get; internal init; } = [];

    public override string Noun => "exemption";
}

public sealed class ScenarioSymbol : Symbol
{
    internal ScenarioSymbol(ModuleSymbol module, string description, TextLocation location)
        : base(module, description, description, location)
    {
    }

    public override string Noun => "scenario";
}

/// <summary>A sentence that must be true of the rules.</summary>
public sealed class ClaimSymbol : Symbol
{
    internal ClaimSymbol(ModuleSymbol module, string description, TextLocation location)
        : base(module, description, description, location)
    {
    }

    public ImmutableArray<CitationSymbol> Citations { get; internal init; } = [];

    public override string Noun => "claim";
}
