using System.Collections.Immutable;

namespace CccRules.Compiler.Syntax.Nodes;

/// <summary>An obligation, an option or an exemption: clauses in any order.</summary>
public abstract class NormDeclarationSyntax : DeclarationSyntax
{
    private protected NormDeclarationSyntax(SyntaxKind kind, ImmutableArray<SyntaxElement> children)
        : base(kind, children)
    {
    }

    public IEnumerable<WhenClauseSyntax> Whens => Nodes<WhenClauseSyntax>();

    public IEnumerable<UnlessClauseSyntax> Unlesses => Nodes<UnlessClauseSyntax>();

    public IEnumerable<WindowClauseSyntax> Windows => Nodes<WindowClauseSyntax>();

    public IEnumerable<SubjectClauseSyntax> Subjects => Nodes<SubjectClauseSyntax>();

    public IEnumerable<NeedsClauseSyntax> Needs => Nodes<NeedsClauseSyntax>();
}

/// <summary>What must be done.</summary>
public sealed class ObligationDeclarationSyntax : NormDeclarationSyntax
{
    internal ObligationDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ObligationDeclaration, children)
    {
    }
}

/// <summary>What may be done.</summary>
public sealed class OptionDeclarationSyntax : NormDeclarationSyntax
{
    internal OptionDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.OptionDeclaration, children)
    {
    }
}

/// <summary>What lifts obligations.</summary>
public sealed class ExemptionDeclarationSyntax : NormDeclarationSyntax
{
    internal ExemptionDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ExemptionDeclaration, children)
    {
    }

    public IEnumerable<LiftsClauseSyntax> Lifts => Nodes<LiftsClauseSyntax>();

    public bool IsPerShipment => Node<PerShipmentClauseSyntax>() is not null;
}

/// <summary><c>on ACTOR</c></summary>
public sealed class OnClauseSyntax : SyntaxNode
{
    internal OnClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.OnClause, children)
    {
    }

    public QualifiedNameSyntax? Actor => Node<QualifiedNameSyntax>();
}

/// <summary><c>led by AUTHORITY</c></summary>
public sealed class LedByClauseSyntax : SyntaxNode
{
    internal LedByClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.LedByClause, children)
    {
    }

    public QualifiedNameSyntax? Authority => Node<QualifiedNameSyntax>();
}

/// <summary><c>jointly with AUTHORITY, …</c></summary>
public sealed class JointlyClauseSyntax : SyntaxNode
{
    internal JointlyClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.JointlyClause, children)
    {
    }

    public IEnumerable<QualifiedNameSyntax> Authorities => Nodes<QualifiedNameSyntax>();
}

/// <summary><c>when CONDITION</c></summary>
public sealed class WhenClauseSyntax : SyntaxNode
{
    internal WhenClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.WhenClause, children)
    {
    }

    public ExpressionSyntax? Condition => Node<ExpressionSyntax>();
}

/// <summary><c>unless CONDITION</c></summary>
public sealed class UnlessClauseSyntax : SyntaxNode
{
    internal UnlessClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.UnlessClause, children)
    {
    }

    public ExpressionSyntax? Condition => Node<ExpressionSyntax>();
}

/// <summary><c>as of DATE</c></summary>
public sealed class AsOfClauseSyntax : SyntaxNode
{
    internal AsOfClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.AsOfClause, children)
    {
    }

    public ExpressionSyntax? Date => Node<ExpressionSyntax>();
}

/// <summary><c>from DATE until DATE where CONDITION</c>, both days in force.</summary>
public sealed class WindowClauseSyntax : SyntaxNode
{
    internal WindowClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.WindowClause, children)
    {
    }

    public ExpressionSyntax? From => Node<ExpressionSyntax>();

    public UntilPartSyntax? Until => Node<UntilPartSyntax>();

    public WherePartSyntax? Where => Node<WherePartSyntax>();
}

/// <summary>The last day in force.</summary>
public sealed class UntilPartSyntax : SyntaxNode
{
    internal UntilPartSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.UntilPart, children)
    {
    }

    public ExpressionSyntax? Date => Node<ExpressionSyntax>();
}

/// <summary>The condition of a window.</summary>
public sealed class WherePartSyntax : SyntaxNode
{
    internal WherePartSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.WherePart, children)
    {
    }

    public ExpressionSyntax? Condition => Node<ExpressionSyntax>();
}

/// <summary><c>fulfilled when CONDITION</c></summary>
public sealed class FulfilledClauseSyntax : SyntaxNode
{
    internal FulfilledClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.FulfilledClause, children)
    {
    }

    public ExpressionSyntax? Condition => Node<ExpressionSyntax>();
}

/// <summary>What happens otherwise, in the law's words.</summary>
public sealed class OtherwiseClauseSyntax : SyntaxNode
{
    internal OtherwiseClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.OtherwiseClause, children)
    {
    }

    public SyntaxToken? Text => Token(SyntaxKind.StringToken);
}

/// <summary><c>impact de_facto_admission</c>: what the norm means for whoever wants to sell.</summary>
public sealed class ImpactClauseSyntax : SyntaxNode
{
    internal ImpactClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ImpactClause, children)
    {
    }

    public NameSyntax? Impact => Node<NameSyntax>();
}

/// <summary><c>subject to "…"</c>: what the language cannot say.</summary>
public sealed class SubjectClauseSyntax : SyntaxNode
{
    internal SubjectClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.SubjectClause, children)
    {
    }

    public SyntaxToken? Text => Token(SyntaxKind.StringToken);
}

/// <summary><c>cites SOURCE "place", …</c></summary>
public sealed class CitesClauseSyntax : SyntaxNode
{
    internal CitesClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.CitesClause, children)
    {
    }

    public IEnumerable<CitationSyntax> Citations => Nodes<CitationSyntax>();
}

/// <summary>A source and the place in it.</summary>
public sealed class CitationSyntax : SyntaxNode
{
    internal CitationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.Citation, children)
    {
    }

    public QualifiedNameSyntax? Source => Node<QualifiedNameSyntax>();

    public SyntaxToken? Locator => Token(SyntaxKind.StringToken);
}

/// <summary><c>lifts OBLIGATION, …</c></summary>
public sealed class LiftsClauseSyntax : SyntaxNode
{
    internal LiftsClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.LiftsClause, children)
    {
    }

    public IEnumerable<QualifiedNameSyntax> Norms => Nodes<QualifiedNameSyntax>();
}

/// <summary>The exemption is granted shipment by shipment.</summary>
public sealed class PerShipmentClauseSyntax : SyntaxNode
{
    internal PerShipmentClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.PerShipmentClause, children)
    {
    }
}

/// <summary>The documents that a norm, an exemption, or a step needs.</summary>
public sealed class NeedsClauseSyntax : SyntaxNode
{
    internal NeedsClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.NeedsClause, children)
    {
    }

    public IEnumerable<SyntaxToken> Documents => Children.OfType<SyntaxToken>().Where(token => token.Kind == SyntaxKind.StringToken);
}
