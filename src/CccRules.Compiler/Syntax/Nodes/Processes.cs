using System.Collections.Immutable;

namespace CccRules.Compiler.Syntax.Nodes;

/// <summary><c>process NAME "title" for OBLIGATION … step …</c>: the way to a certificate, step by step.</summary>
public sealed class ProcessDeclarationSyntax : DeclarationSyntax
{
    internal ProcessDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ProcessDeclaration, children)
    {
    }

    public IEnumerable<PurposeClauseSyntax> Purposes => Nodes<PurposeClauseSyntax>();

    public IEnumerable<NeedsClauseSyntax> Needs => Nodes<NeedsClauseSyntax>();

    public IEnumerable<SubjectClauseSyntax> Subjects => Nodes<SubjectClauseSyntax>();

    public IEnumerable<StepDeclarationSyntax> Steps => Nodes<StepDeclarationSyntax>();
}

/// <summary><c>for OBLIGATION, …</c>: the norms whose fulfilment the process leads to.</summary>
public sealed class PurposeClauseSyntax : SyntaxNode
{
    internal PurposeClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.PurposeClause, children)
    {
    }

    public IEnumerable<QualifiedNameSyntax> Norms => Nodes<QualifiedNameSyntax>();
}

/// <summary><c>step NAME "title" lasts 4..8 weeks after A and B</c></summary>
public sealed class StepDeclarationSyntax : SyntaxNode
{
    internal StepDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.StepDeclaration, children)
    {
    }

    public NameSyntax? Name => Node<NameSyntax>();

    public TitleSyntax? Title => Node<TitleSyntax>();

    /// <summary>What follows the name and the title, in the order of the text.</summary>
    public IEnumerable<SyntaxNode> Clauses => Nodes<SyntaxNode>().Where(child => child is not (NameSyntax or TitleSyntax));

    public LastsClauseSyntax? Lasts => Node<LastsClauseSyntax>();

    public IEnumerable<AfterClauseSyntax> Afters => Nodes<AfterClauseSyntax>();

    public IEnumerable<NeedsClauseSyntax> Needs => Nodes<NeedsClauseSyntax>();

    public IEnumerable<SubjectClauseSyntax> Subjects => Nodes<SubjectClauseSyntax>();

    public IEnumerable<CitationSyntax> Citations => Nodes<CitesClauseSyntax>().SelectMany(clause => clause.Citations);
}

/// <summary><c>lasts 6 weeks</c>, <c>lasts 4..8 weeks</c>, <c>lasts 6 weeks..3 months</c>, <c>lasts unknown</c></summary>
public sealed class LastsClauseSyntax : SyntaxNode
{
    internal LastsClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.LastsClause, children)
    {
    }

    public bool IsUnknown => Has(SyntaxKind.UnknownKeyword);

    public IEnumerable<SyntaxToken> Numbers => Children.OfType<SyntaxToken>().Where(token => token is { Kind: SyntaxKind.IntegerToken, IsMissing: false });

    public IEnumerable<LengthUnitSyntax> Units => Nodes<LengthUnitSyntax>();
}

/// <summary>What a step's length is counted in.</summary>
public sealed class LengthUnitSyntax : SyntaxNode
{
    internal LengthUnitSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.LengthUnit, children)
    {
    }

    public DurationUnitSyntax? Unit => Node<DurationUnitSyntax>();
}

/// <summary><c>after A and B</c>: a step begins when all of these have ended.</summary>
public sealed class AfterClauseSyntax : SyntaxNode
{
    internal AfterClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.AfterClause, children)
    {
    }

    public IEnumerable<QualifiedNameSyntax> Names => Nodes<QualifiedNameSyntax>();
}
