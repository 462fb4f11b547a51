using System.Collections.Immutable;

namespace CccRules.Compiler.Syntax.Nodes;

/// <summary>An expression of any type.</summary>
public abstract class ExpressionSyntax : SyntaxNode
{
    private protected ExpressionSyntax(SyntaxKind kind, ImmutableArray<SyntaxElement> children)
        : base(kind, children)
    {
    }
}

/// <summary>Conditions of which one must hold.</summary>
public sealed class OrExpressionSyntax : ExpressionSyntax
{
    internal OrExpressionSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.OrExpression, children)
    {
    }

    public IEnumerable<ExpressionSyntax> Operands => Nodes<ExpressionSyntax>();
}

/// <summary>Conditions that must all hold.</summary>
public sealed class AndExpressionSyntax : ExpressionSyntax
{
    internal AndExpressionSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.AndExpression, children)
    {
    }

    public IEnumerable<ExpressionSyntax> Operands => Nodes<ExpressionSyntax>();
}

/// <summary><c>not CONDITION</c></summary>
public sealed class NotExpressionSyntax : ExpressionSyntax
{
    internal NotExpressionSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.NotExpression, children)
    {
    }

    public ExpressionSyntax? Operand => Node<ExpressionSyntax>();
}

/// <summary>A value and what it is compared with.</summary>
public sealed class ComparisonExpressionSyntax : ExpressionSyntax
{
    internal ComparisonExpressionSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ComparisonExpression, children)
    {
    }

    public ExpressionSyntax? Left => Node<ExpressionSyntax>();

    public IEnumerable<ComparisonTailSyntax> Tails => Nodes<ComparisonTailSyntax>();
}

/// <summary>A chain of sums and differences.</summary>
public sealed class AdditiveExpressionSyntax : ExpressionSyntax
{
    internal AdditiveExpressionSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.AdditiveExpression, children)
    {
    }

    public IEnumerable<ExpressionSyntax> Operands => Nodes<ExpressionSyntax>();

    public IEnumerable<SyntaxToken> Operators => Children.OfType<SyntaxToken>();
}

/// <summary>A chain of products and quotients.</summary>
public sealed class MultiplicativeExpressionSyntax : ExpressionSyntax
{
    internal MultiplicativeExpressionSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.MultiplicativeExpression, children)
    {
    }

    public IEnumerable<ExpressionSyntax> Operands => Nodes<ExpressionSyntax>();

    public IEnumerable<SyntaxToken> Operators => Children.OfType<SyntaxToken>();
}

/// <summary>A negative number.</summary>
public sealed class UnaryExpressionSyntax : ExpressionSyntax
{
    internal UnaryExpressionSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.UnaryExpression, children)
    {
    }

    public ExpressionSyntax? Operand => Node<ExpressionSyntax>();
}

/// <summary><c>PARAMETER at DATE</c></summary>
public sealed class AtExpressionSyntax : ExpressionSyntax
{
    internal AtExpressionSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.AtExpression, children)
    {
    }

    public ExpressionSyntax? Parameter => Node<ExpressionSyntax>();

    public ExpressionSyntax? Date => Nodes<ExpressionSyntax>().Skip(1).FirstOrDefault();
}

/// <summary>An expression in parentheses.</summary>
public sealed class ParenthesizedExpressionSyntax : ExpressionSyntax
{
    internal ParenthesizedExpressionSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ParenthesizedExpression, children)
    {
    }

    public ExpressionSyntax? Expression => Node<ExpressionSyntax>();
}

/// <summary>A number, maybe with a unit or currency.</summary>
public sealed class NumberLiteralSyntax : ExpressionSyntax
{
    internal NumberLiteralSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.NumberLiteral, children)
    {
    }

    public SyntaxToken Number => (SyntaxToken)Children[0];

    public UnitSyntax? Unit => Node<UnitSyntax>();
}

/// <summary><c>1 year 3 months</c></summary>
public sealed class DurationLiteralSyntax : ExpressionSyntax
{
    internal DurationLiteralSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.DurationLiteral, children)
    {
    }

    public IEnumerable<DurationPartSyntax> Parts => Nodes<DurationPartSyntax>();
}

/// <summary><c>20 working days</c>, or <c>20 working days of CALENDAR</c></summary>
public sealed class WorkingDaysLiteralSyntax : ExpressionSyntax
{
    internal WorkingDaysLiteralSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.WorkingDaysLiteral, children)
    {
    }

    public SyntaxToken? Number => Token(SyntaxKind.IntegerToken);

    public QualifiedNameSyntax? Calendar => Node<QualifiedNameSyntax>();
}

/// <summary>A date.</summary>
public sealed class DateLiteralSyntax : ExpressionSyntax
{
    internal DateLiteralSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.DateLiteral, children)
    {
    }

    public SyntaxToken Date => (SyntaxToken)Children[0];
}

/// <summary>A text.</summary>
public sealed class TextLiteralSyntax : ExpressionSyntax
{
    internal TextLiteralSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.TextLiteral, children)
    {
    }

    public string Text => ((SyntaxToken)Children[0]).StringValue();
}

/// <summary>An HS code with two dots or more.</summary>
public sealed class HsLiteralSyntax : ExpressionSyntax
{
    internal HsLiteralSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.HsLiteral, children)
    {
    }

    public SyntaxToken Code => (SyntaxToken)Children[0];
}

/// <summary><c>yes</c> or <c>no</c></summary>
public sealed class YesNoLiteralSyntax : ExpressionSyntax
{
    internal YesNoLiteralSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.YesNoLiteral, children)
    {
    }

    public bool IsYes => Has(SyntaxKind.YesKeyword);
}

/// <summary><c>none</c></summary>
public sealed class NoneLiteralSyntax : ExpressionSyntax
{
    internal NoneLiteralSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.NoneLiteral, children)
    {
    }
}

/// <summary><c>earliest (…)</c>, <c>latest</c>, <c>min</c>, <c>max</c></summary>
public sealed class ExtremeCallSyntax : ExpressionSyntax
{
    internal ExtremeCallSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ExtremeCall, children)
    {
    }

    public SyntaxToken Function => (SyntaxToken)Children[0];

    public IEnumerable<ExpressionSyntax> Arguments => Nodes<ExpressionSyntax>();
}

/// <summary><c>any of (…)</c>, <c>all of (…)</c></summary>
public sealed class QuantifierCallSyntax : ExpressionSyntax
{
    internal QuantifierCallSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.QuantifierCall, children)
    {
    }

    public bool IsAll => Has(SyntaxKind.AllKeyword);

    public IEnumerable<ExpressionSyntax> Arguments => Nodes<ExpressionSyntax>();
}

/// <summary><c>at least N of (…)</c></summary>
public sealed class AtLeastCallSyntax : ExpressionSyntax
{
    internal AtLeastCallSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.AtLeastCall, children)
    {
    }

    public SyntaxToken? Count => Token(SyntaxKind.IntegerToken);

    public IEnumerable<ExpressionSyntax> Arguments => Nodes<ExpressionSyntax>();
}

/// <summary><c>any LIST where CONDITION</c>, <c>all LIST where CONDITION</c>, <c>count LIST where CONDITION</c></summary>
public sealed class ListCallSyntax : ExpressionSyntax
{
    internal ListCallSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.ListCall, children)
    {
    }

    /// <summary><c>any</c>, <c>all</c>, or <c>count</c>.</summary>
    public SyntaxKind Word => Children[0].Kind;

    public QualifiedNameSyntax? List => Node<QualifiedNameSyntax>();

    public ExpressionSyntax? Condition => Node<ExpressionSyntax>();
}

/// <summary><c>months between A and B</c>, <c>days between A and B</c></summary>
public sealed class SpanCallSyntax : ExpressionSyntax
{
    internal SpanCallSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.SpanCall, children)
    {
    }

    public bool IsMonths => Has(SyntaxKind.MonthsKeyword);

    public IEnumerable<ExpressionSyntax> Arguments => Nodes<ExpressionSyntax>();
}

/// <summary><c>year of DATE</c></summary>
public sealed class YearCallSyntax : ExpressionSyntax
{
    internal YearCallSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.YearCall, children)
    {
    }

    public ExpressionSyntax? Date => Node<ExpressionSyntax>();
}

/// <summary>Something that has a name.</summary>
public sealed class NameExpressionSyntax : ExpressionSyntax
{
    internal NameExpressionSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.NameExpression, children)
    {
    }

    public QualifiedNameSyntax Name => (QualifiedNameSyntax)Children[0];
}

/// <summary>A number of days, weeks, months or years.</summary>
public sealed class DurationPartSyntax : SyntaxNode
{
    internal DurationPartSyntax(ImmutableArray<SyntaxElement> children)
        : base(SyntaxKind.DurationPart, children)
    {
    }

    public SyntaxToken Number => (SyntaxToken)Children[0];

    public DurationUnitSyntax? Unit => Node<DurationUnitSyntax>();
}
