using System.Collections.Immutable;

namespace CccRules.Compiler.Syntax.Nodes;

/// <summary><c>jurisdiction CN</c></summary>
public sealed class JurisdictionClauseSyntax : SyntaxNode
{
    internal JurisdictionClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.JurisdictionClause, children)
    {
    }

    public NameSyntax? Name => Node<NameSyntax>();
}

/// <summary><c>version "2026.1"</c></summary>
public sealed class VersionClauseSyntax : SyntaxNode
{
    internal VersionClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.VersionClause, children)
    {
    }

    public SyntaxToken Value => (SyntaxToken)Children[^1];
}

/// <summary><c>months round down</c></summary>
public sealed class MonthsClauseSyntax : SyntaxNode
{
    internal MonthsClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.MonthsClause, children)
    {
    }

    public bool IsUp => Has(SyntaxKind.UpKeyword);
}

/// <summary>The day a source was issued.</summary>
public sealed class IssuedClauseSyntax : SyntaxNode
{
    internal IssuedClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.IssuedClause, children)
    {
    }

    public SyntaxToken? Date => Token(SyntaxKind.DateToken);
}

/// <summary>Where a source can be read.</summary>
public sealed class LinkClauseSyntax : SyntaxNode
{
    internal LinkClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.LinkClause, children)
    {
    }

    public SyntaxToken? Text => Token(SyntaxKind.StringToken);
}

/// <summary>A place in a source, and what it says.</summary>
public sealed class ArticleClauseSyntax : SyntaxNode
{
    internal ArticleClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ArticleClause, children)
    {
    }

    public SyntaxToken? Locator => Token(SyntaxKind.StringToken);

    public SyntaxToken? Text => Children.OfType<SyntaxToken>().Where(token => token.Kind == SyntaxKind.StringToken).Skip(1).FirstOrDefault();
}

/// <summary>Sources that this one replaces.</summary>
public sealed class ReplacesClauseSyntax : SyntaxNode
{
    internal ReplacesClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ReplacesClause, children)
    {
    }

    public IEnumerable<QualifiedNameSyntax> Sources => Nodes<QualifiedNameSyntax>();
}

/// <summary>How sure the encoding of a source is: high, medium or low.</summary>
public sealed class ConfidenceClauseSyntax : SyntaxNode
{
    internal ConfidenceClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ConfidenceClause, children)
    {
    }

    public NameSyntax? Level => Node<NameSyntax>();
}

/// <summary>The authority above.</summary>
public sealed class AuthorityParentSyntax : SyntaxNode
{
    internal AuthorityParentSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.AuthorityParent, children)
    {
    }

    public QualifiedNameSyntax? Authority => Node<QualifiedNameSyntax>();
}

/// <summary>A value, and the day from which it holds.</summary>
public sealed class ParameterValueSyntax : SyntaxNode
{
    internal ParameterValueSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ParameterValue, children)
    {
    }

    public ExpressionSyntax? Value => Node<ExpressionSyntax>();

    public SyntaxToken? From => Token(SyntaxKind.DateToken);
}

/// <summary>A value of a definition, and its guard.</summary>
public sealed class GuardedValueSyntax : SyntaxNode
{
    internal GuardedValueSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.GuardedValue, children)
    {
    }

    public ExpressionSyntax? Value => Node<ExpressionSyntax>();

    public ExpressionSyntax? Guard => Nodes<ExpressionSyntax>().Skip(1).FirstOrDefault();

    public bool IsOtherwise => Has(SyntaxKind.OtherwiseKeyword);
}
