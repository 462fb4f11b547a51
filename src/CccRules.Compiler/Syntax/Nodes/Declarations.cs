using System.Collections.Immutable;

namespace CccRules.Compiler.Syntax.Nodes;

/// <summary>A whole file: the module it declares and its declarations.</summary>
public sealed class CompilationUnitSyntax : SyntaxNode
{
    internal CompilationUnitSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.CompilationUnit, children)
    {
    }

    public RulesetDeclarationSyntax? Ruleset => Node<RulesetDeclarationSyntax>();

    public IEnumerable<DeclarationSyntax> Declarations => Nodes<DeclarationSyntax>();
}

/// <summary>Anything that is declared. Its name may be missing in a text with errors.</summary>
public abstract class DeclarationSyntax : SyntaxNode
{
    private protected DeclarationSyntax(SyntaxKind kind, ImmutableArray<SyntaxElement> children)
        : base(kind, children)
    {
    }

    public virtual NameSyntax? Name => Node<NameSyntax>();

    public TitleSyntax? Title => Node<TitleSyntax>();

    /// <summary>The keyword that begins it.</summary>
    public SyntaxToken Keyword => DescendantTokens().First();

    /// <summary>What follows the name and the title, in the order of the text.</summary>
    public IEnumerable<SyntaxNode> Clauses => Nodes<SyntaxNode>().Where(child => child is not (NameSyntax or QualifiedNameSyntax or TitleSyntax));

    public IEnumerable<CitationSyntax> Citations => Nodes<CitesClauseSyntax>().SelectMany(clause => clause.Citations);
}

/// <summary><c>ruleset cn.ccc "Title" …</c>: the module that the file holds.</summary>
public sealed class RulesetDeclarationSyntax : DeclarationSyntax
{
    internal RulesetDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.RulesetDeclaration, children)
    {
    }

    public QualifiedNameSyntax? ModuleName => Node<QualifiedNameSyntax>();

    public JurisdictionClauseSyntax? Jurisdiction => Node<JurisdictionClauseSyntax>();

    public VersionClauseSyntax? Version => Node<VersionClauseSyntax>();

    public MonthsClauseSyntax? Months => Node<MonthsClauseSyntax>();

    public IEnumerable<WindowClauseSyntax> Windows => Nodes<WindowClauseSyntax>();
}

/// <summary><c>use cn.product</c>: the names of another module may be used.</summary>
public sealed class UseDeclarationSyntax : DeclarationSyntax
{
    internal UseDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.UseDeclaration, children)
    {
    }

    public QualifiedNameSyntax? ModuleName => Node<QualifiedNameSyntax>();
}

/// <summary>A document that can be cited.</summary>
public sealed class SourceDeclarationSyntax : DeclarationSyntax
{
    internal SourceDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.SourceDeclaration, children)
    {
    }

    public IssuedClauseSyntax? Issued => Node<IssuedClauseSyntax>();

    public LinkClauseSyntax? Link => Node<LinkClauseSyntax>();

    public IEnumerable<ArticleClauseSyntax> Articles => Nodes<ArticleClauseSyntax>();

    public IEnumerable<ReplacesClauseSyntax> Replaces => Nodes<ReplacesClauseSyntax>();

    public ConfidenceClauseSyntax? Confidence => Node<ConfidenceClauseSyntax>();
}

/// <summary>Who leads or enforces.</summary>
public sealed class AuthorityDeclarationSyntax : DeclarationSyntax
{
    internal AuthorityDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.AuthorityDeclaration, children)
    {
    }

    public AuthorityParentSyntax? ParentAuthority => Node<AuthorityParentSyntax>();
}

/// <summary>Who bears a duty.</summary>
public sealed class ActorDeclarationSyntax : DeclarationSyntax
{
    internal ActorDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ActorDeclaration, children)
    {
    }
}

/// <summary>The facts of one record.</summary>
public sealed class RecordDeclarationSyntax : DeclarationSyntax
{
    internal RecordDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.RecordDeclaration, children)
    {
    }

    public IEnumerable<FieldDeclarationSyntax> Fields => Nodes<FieldDeclarationSyntax>();
}

/// <summary>More facts for a record that another module declares.</summary>
public sealed class RecordExtensionSyntax : DeclarationSyntax
{
    internal RecordExtensionSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.RecordExtension, children)
    {
    }

    public QualifiedNameSyntax? RecordName => Node<QualifiedNameSyntax>();

    public IEnumerable<FieldDeclarationSyntax> Fields => Nodes<FieldDeclarationSyntax>();
}

/// <summary>One or more fields of one type.</summary>
public sealed class FieldDeclarationSyntax : SyntaxNode
{
    internal FieldDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.FieldDeclaration, children)
    {
    }

    public IEnumerable<NameSyntax> Names => Nodes<NameSyntax>();

    public TypeSyntax? Type => Node<TypeSyntax>();

    public TitleSyntax? Title => Node<TitleSyntax>();

    public bool IsRequired => Has(SyntaxKind.RequiredKeyword);

    public bool IsKey => Has(SyntaxKind.KeyKeyword);

    public bool EmptyIsNone => Has(SyntaxKind.EmptyKeyword);

    /// <summary>The reader can act on it: put a mark on a product, apply for a certificate.</summary>
    public bool IsActionable => Has(SyntaxKind.ActionableKeyword);
}

/// <summary>A constant whose value may change with time.</summary>
public sealed class ParameterDeclarationSyntax : DeclarationSyntax
{
    internal ParameterDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ParameterDeclaration, children)
    {
    }

    public TypeSyntax? Type => Node<TypeSyntax>();

    public IEnumerable<ParameterValueSyntax> Values => Nodes<ParameterValueSyntax>();
}

/// <summary>A named expression, guarded or not.</summary>
public sealed class DefineDeclarationSyntax : DeclarationSyntax
{
    internal DefineDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.DefineDeclaration, children)
    {
    }

    public IEnumerable<GuardedValueSyntax> Values => Nodes<GuardedValueSyntax>();
}

/// <summary>A named condition that is reported.</summary>
public sealed class CategoryDeclarationSyntax : DeclarationSyntax
{
    internal CategoryDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.CategoryDeclaration, children)
    {
    }

    public IEnumerable<WhenClauseSyntax> Whens => Nodes<WhenClauseSyntax>();

    public IEnumerable<UnlessClauseSyntax> Unlesses => Nodes<UnlessClauseSyntax>();
}

/// <summary>A point that the sources leave open.</summary>
public sealed class QuestionDeclarationSyntax : DeclarationSyntax
{
    internal QuestionDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.QuestionDeclaration, children)
    {
    }
}
