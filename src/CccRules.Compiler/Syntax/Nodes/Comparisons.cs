using System.Collections.Immutable;

namespace CccRules.Compiler.Syntax.Nodes;

/// <summary>What follows the value in a comparison.</summary>
public abstract class ComparisonTailSyntax : SyntaxNode
{
    private protected ComparisonTailSyntax(SyntaxKind kind, ImmutableArray<SyntaxElement> children)
        : base(kind, children)
    {
    }
}

/// <summary><c>= <![CDATA[<> < <= > >=]]></c> and a value</summary>
public sealed class RelationalTailSyntax : ComparisonTailSyntax
{
    internal RelationalTailSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.RelationalTail, children)
    {
    }

    public SyntaxToken Operator => (SyntaxToken)Children[0];

    public ExpressionSyntax? Right => Node<ExpressionSyntax>();
}

/// <summary><c>is VALUE</c>, <c>is not VALUE</c></summary>
public sealed class IsTailSyntax : ComparisonTailSyntax
{
    internal IsTailSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.IsTail, children)
    {
    }

    public bool IsNegated => Has(SyntaxKind.NotKeyword);

    public ExpressionSyntax? Right => Node<ExpressionSyntax>();
}

/// <summary><c>in (…)</c></summary>
public sealed class InTailSyntax : ComparisonTailSyntax
{
    internal InTailSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.InTail, children)
    {
    }

    public bool IsNegated => Has(SyntaxKind.NotKeyword);

    public IEnumerable<ExpressionSyntax> Items => Nodes<ExpressionSyntax>();
}

/// <summary><c>under CODES except CODES</c></summary>
public sealed class UnderTailSyntax : ComparisonTailSyntax
{
    internal UnderTailSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.UnderTail, children)
    {
    }

    public bool IsNegated => Has(SyntaxKind.NotKeyword);

    public HsSetSyntax? Included => Node<HsSetSyntax>();

    public HsSetSyntax? Excluded => Nodes<HsSetSyntax>().Skip(1).FirstOrDefault();
}

/// <summary><c>between A and B</c>, both included</summary>
public sealed class BetweenTailSyntax : ComparisonTailSyntax
{
    internal BetweenTailSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.BetweenTail, children)
    {
    }

    public ExpressionSyntax? Low => Node<ExpressionSyntax>();

    public ExpressionSyntax? High => Nodes<ExpressionSyntax>().Skip(1).FirstOrDefault();
}

/// <summary><c>matches "pattern"</c></summary>
public sealed class MatchesTailSyntax : ComparisonTailSyntax
{
    internal MatchesTailSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.MatchesTail, children)
    {
    }

    public SyntaxToken? Pattern => Token(SyntaxKind.StringToken);
}

/// <summary><c>has a</c>, <c>has any of (a, b)</c>, <c>has all of (a, b)</c></summary>
public sealed class HasTailSyntax : ComparisonTailSyntax
{
    internal HasTailSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.HasTail, children)
    {
    }

    public bool IsAll => Has(SyntaxKind.AllKeyword);

    public IEnumerable<NameSyntax> Members => Nodes<NameSyntax>();
}

/// <summary>HS codes and ranges of them.</summary>
public sealed class HsSetSyntax : SyntaxNode
{
    internal HsSetSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.HsSet, children)
    {
    }

    public IEnumerable<HsRangeSyntax> Ranges => Nodes<HsRangeSyntax>();
}

/// <summary>One HS code, or all from one to another.</summary>
public sealed class HsRangeSyntax : SyntaxNode
{
    internal HsRangeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.HsRange, children)
    {
    }

    public HsCodeSyntax? First => Node<HsCodeSyntax>();

    public HsCodeSyntax? Last => Nodes<HsCodeSyntax>().Skip(1).FirstOrDefault();
}

/// <summary>An HS code as written.</summary>
public sealed class HsCodeSyntax : SyntaxNode
{
    internal HsCodeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.HsCode, children)
    {
    }

    public SyntaxToken Code => (SyntaxToken)Children[0];
}
