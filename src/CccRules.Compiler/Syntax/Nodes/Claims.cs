using System.Collections.Immutable;

namespace CccRules.Compiler.Syntax.Nodes;

/// <summary>What must be true of the rules: <c>claim "…" when CONDITION that CONDITION</c>.</summary>
public sealed class ClaimDeclarationSyntax : DeclarationSyntax
{
    internal ClaimDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ClaimDeclaration, children)
    {
    }

    public SyntaxToken? Description => Token(SyntaxKind.StringToken);

    public IEnumerable<WhenClauseSyntax> Whens => Nodes<WhenClauseSyntax>();

    public IEnumerable<ThatClauseSyntax> Thats => Nodes<ThatClauseSyntax>();
}

/// <summary><c>that CONDITION</c> or <c>that NORM is a or b</c></summary>
public sealed class ThatClauseSyntax : SyntaxNode
{
    internal ThatClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ThatClause, children)
    {
    }

    /// <summary>Null where it names statuses.</summary>
    public ExpressionSyntax? Condition => Node<ExpressionSyntax>();

    public ClaimedOutcomeSyntax? Outcome => Node<ClaimedOutcomeSyntax>();
}

/// <summary><c>NORM is a or b or c</c>: the norm's outcome is one of them.</summary>
public sealed class ClaimedOutcomeSyntax : SyntaxNode
{
    internal ClaimedOutcomeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ClaimedOutcome, children)
    {
    }

    public QualifiedNameSyntax? Subject => Node<QualifiedNameSyntax>();

    public IEnumerable<OutcomeSyntax> Outcomes => Nodes<OutcomeSyntax>();
}
