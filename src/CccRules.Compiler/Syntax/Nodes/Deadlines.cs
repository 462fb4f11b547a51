using System.Collections.Immutable;

namespace CccRules.Compiler.Syntax.Nodes;

/// <summary>Days off and make-up working days, from files.</summary>
public sealed class CalendarDeclarationSyntax : DeclarationSyntax
{
    internal CalendarDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.CalendarDeclaration, children)
    {
    }

    public IEnumerable<FileClauseSyntax> Files => Nodes<FileClauseSyntax>();
}

/// <summary>A date by which something is due, once or again and again.</summary>
public sealed class DeadlineDeclarationSyntax : NormDeclarationSyntax
{
    internal DeadlineDeclarationSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.DeadlineDeclaration, children)
    {
    }

    public ForClauseSyntax? For => Node<ForClauseSyntax>();

    public DueClauseSyntax? Due => Node<DueClauseSyntax>();

    public MetClauseSyntax? Met => Node<MetClauseSyntax>();

    public LastDoneClauseSyntax? LastDone => Node<LastDoneClauseSyntax>();

    public RemindClauseSyntax? Remind => Node<RemindClauseSyntax>();
}

/// <summary><c>for OBLIGATION</c>: what the deadline belongs to.</summary>
public sealed class ForClauseSyntax : SyntaxNode
{
    internal ForClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ForClause, children)
    {
    }

    public QualifiedNameSyntax? Norm => Node<QualifiedNameSyntax>();
}

/// <summary><c>due DATE</c>, <c>due PERIOD before DATE</c>, <c>due every PERIOD after DATE until DATE</c>.</summary>
public sealed class DueClauseSyntax : SyntaxNode
{
    internal DueClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.DueClause, children)
    {
    }

    public bool IsRecurring => Has(SyntaxKind.EveryKeyword);

    public bool IsBefore => Has(SyntaxKind.BeforeKeyword);

    public PeriodSyntax? Period => Node<PeriodSyntax>();

    /// <summary>The date due, or the one from which the period is counted.</summary>
    public ExpressionSyntax? Date => Node<ExpressionSyntax>();

    public UntilPartSyntax? Until => Node<UntilPartSyntax>();
}

/// <summary>Calendar time or working days.</summary>
public sealed class PeriodSyntax : SyntaxNode
{
    internal PeriodSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.Period, children)
    {
    }

    public ExpressionSyntax? Length => Node<ExpressionSyntax>();
}

/// <summary><c>met when CONDITION</c>, in which <c>due</c> is the date due.</summary>
public sealed class MetClauseSyntax : SyntaxNode
{
    internal MetClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.MetClause, children)
    {
    }

    public ExpressionSyntax? Condition => Node<ExpressionSyntax>();
}

/// <summary><c>last done DATE</c>: the next is due a period later.</summary>
public sealed class LastDoneClauseSyntax : SyntaxNode
{
    internal LastDoneClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.LastDoneClause, children)
    {
    }

    public ExpressionSyntax? Date => Node<ExpressionSyntax>();
}

/// <summary><c>remind PERIOD</c> before the date due.</summary>
public sealed class RemindClauseSyntax : SyntaxNode
{
    internal RemindClauseSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.RemindClause, children)
    {
    }

    public DurationLiteralSyntax? Period => Node<DurationLiteralSyntax>();
}
