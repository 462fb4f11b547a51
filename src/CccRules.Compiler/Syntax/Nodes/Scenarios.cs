using System.Collections.Immutable;

namespace CccRules.Compiler.Syntax.Nodes;

/// <summary>A test beside the rules.</summary>
public sealed class ScenarioDeclarationSyntax : DeclarationSyntax
{
    internal ScenarioDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ScenarioDeclaration, children)
    {
    }

    public SyntaxToken? Description => Token(SyntaxKind.StringToken);

    public IEnumerable<GivenFactSyntax> Facts => Nodes<GivenClauseSyntax>().SelectMany(clause => clause.Facts);

    public IEnumerable<AsOfClauseSyntax> AsOf => Nodes<AsOfClauseSyntax>();

    public IEnumerable<KnownClauseSyntax> Known => Nodes<KnownClauseSyntax>();

    public IEnumerable<AssumeClauseSyntax> Assumptions => Nodes<AssumeClauseSyntax>();

    public IEnumerable<ExpectClauseSyntax> Expectations => Nodes<ExpectClauseSyntax>();
}

/// <summary><c>given FIELD VALUE, …</c></summary>
public sealed class GivenClauseSyntax : SyntaxNode
{
    internal GivenClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.GivenClause, children)
    {
    }

    public IEnumerable<GivenFactSyntax> Facts => Nodes<GivenFactSyntax>();
}

/// <summary>A field and its value.</summary>
public sealed class GivenFactSyntax : SyntaxNode
{
    internal GivenFactSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.GivenFact, children)
    {
    }

    public QualifiedNameSyntax? Field => Node<QualifiedNameSyntax>();

    public GivenValueSyntax? Value => Node<GivenValueSyntax>();
}

/// <summary>A value, or a set of members in parentheses.</summary>
public sealed class GivenValueSyntax : SyntaxNode
{
    internal GivenValueSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.GivenValue, children)
    {
    }

    public ExpressionSyntax? Value => Node<ExpressionSyntax>();

    public IEnumerable<NameSyntax> Members => Nodes<NameSyntax>();

    /// <summary>The value is a list, perhaps empty: <c>[…]</c>.</summary>
    public bool IsList => Has(SyntaxKind.OpenBracketToken);

    public IEnumerable<GivenRecordSyntax> Records => Nodes<GivenRecordSyntax>();
}

/// <summary>One entry of a list: its fields and their values.</summary>
public sealed class GivenRecordSyntax : SyntaxNode
{
    internal GivenRecordSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.GivenRecord, children)
    {
    }

    public IEnumerable<GivenFactSyntax> Facts => Nodes<GivenFactSyntax>();
}

/// <summary><c>known on DATE</c>: by the sources issued until then.</summary>
public sealed class KnownClauseSyntax : SyntaxNode
{
    internal KnownClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.KnownClause, children)
    {
    }

    public SyntaxToken? Date => Token(SyntaxKind.DateToken);
}

/// <summary><c>assume QUESTION yes</c></summary>
public sealed class AssumeClauseSyntax : SyntaxNode
{
    internal AssumeClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.AssumeClause, children)
    {
    }

    public QualifiedNameSyntax? Question => Node<QualifiedNameSyntax>();

    public bool IsYes => Has(SyntaxKind.YesKeyword);
}

/// <summary><c>expect …</c></summary>
public sealed class ExpectClauseSyntax : SyntaxNode
{
    internal ExpectClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ExpectClause, children)
    {
    }

    public ExpectationSyntax? Expectation => Node<ExpectationSyntax>();
}

/// <summary>What a scenario expects.</summary>
public abstract class ExpectationSyntax : SyntaxNode
{
    private protected ExpectationSyntax(SyntaxKind kind, ImmutableArray<SyntaxElement> children)
        : base(kind, children)
    {
    }
}

/// <summary>These facts still matter, and no others.</summary>
public sealed class ExpectMissingSyntax : ExpectationSyntax
{
    internal ExpectMissingSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ExpectMissing, children)
    {
    }

    public IEnumerable<QualifiedNameSyntax> Facts => Nodes<QualifiedNameSyntax>();
}

/// <summary>The obligation applies from a day.</summary>
public sealed class ExpectAppliesSyntax : ExpectationSyntax
{
    internal ExpectAppliesSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ExpectApplies, children)
    {
    }

    public QualifiedNameSyntax? Norm => Node<QualifiedNameSyntax>();

    public SyntaxToken? Date => Token(SyntaxKind.DateToken);
}

/// <summary>The date a deadline is due, <c>none</c>, or the earliest and the latest that it can be.</summary>
public sealed class ExpectDueSyntax : ExpectationSyntax
{
    internal ExpectDueSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ExpectDue, children)
    {
    }

    public QualifiedNameSyntax? Deadline => Node<QualifiedNameSyntax>();

    public IEnumerable<SyntaxToken> Dates => Nodes<SyntaxToken>().Where(token => token is { Kind: SyntaxKind.DateToken, IsMissing: false });

    public bool IsNone => Has(SyntaxKind.NoneKeyword);
}

/// <summary>A norm's outcome, or the truth of a category.</summary>
public sealed class ExpectOutcomeSyntax : ExpectationSyntax
{
    internal ExpectOutcomeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ExpectOutcome, children)
    {
    }

    public QualifiedNameSyntax? Subject => Node<QualifiedNameSyntax>();

    public IEnumerable<OutcomeSyntax> Outcomes => Nodes<OutcomeSyntax>();
}

/// <summary>One possible status, or yes or no.</summary>
public sealed class OutcomeSyntax : SyntaxNode
{
    internal OutcomeSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.Outcome, children)
    {
    }

    /// <summary>Null for yes and no.</summary>
    public NameSyntax? Name => Node<NameSyntax>();

    public string Text => Name?.Text ?? ((SyntaxToken)Children[0]).Text;
}
