using System.Collections.Immutable;
using System.Diagnostics;

namespace CccRules.Compiler.Binding;

/// <summary>Makes a changed copy of expressions and declarations; what does not change is kept as it is.</summary>
internal abstract class BoundRewriter
{
    /// <summary>The expression with its parts rewritten. Depth is bounded by the parser's nesting limit.</summary>
    public virtual BoundExpression Rewrite(BoundExpression expression) => expression switch
    {
        BoundError or BoundConstant or BoundField or BoundQuestion => expression,
        BoundDefineReference or BoundColumn or BoundCategoryReference or BoundStatusTest => expression,
        BoundParameter parameter => parameter with { At = RewriteOrNull(parameter.At) },
        BoundAnd and => and with { Operands = RewriteAll(and.Operands) },
        BoundOr or => or with { Operands = RewriteAll(or.Operands) },
        BoundNot not => not with { Operand = Rewrite(not.Operand) },
        BoundAtLeast atLeast => atLeast with { Operands = RewriteAll(atLeast.Operands) },
        BoundComparison comparison => comparison with { Left = Rewrite(comparison.Left), Right = Rewrite(comparison.Right) },
        BoundBetween between => between with
        {
            Operand = Rewrite(between.Operand),
            Low = Rewrite(between.Low),
            High = Rewrite(between.High),
        },
        BoundIn isIn => isIn with { Operand = Rewrite(isIn.Operand), Items = RewriteAll(isIn.Items) },
        BoundUnder under => under with { Operand = Rewrite(under.Operand) },
        BoundMatches matches => matches with { Operand = Rewrite(matches.Operand) },
        BoundHas has => has with { Operand = Rewrite(has.Operand) },
        BoundSum sum => sum with { Terms = [.. sum.Terms.Select(term => term with { Operand = Rewrite(term.Operand) })] },
        BoundMovedDate moved => moved with
        {
            Date = Rewrite(moved.Date),
            Moves = [.. moved.Moves.Select(move => move with { Duration = Rewrite(move.Duration) })],
        },
        BoundWorkingDays or BoundListCall => expression,
        BoundWorkingDate moved => moved with { Date = Rewrite(moved.Date) },
        BoundRecurringDate series => series with { Start = Rewrite(series.Start), LastDone = RewriteOrNull(series.LastDone), Until = RewriteOrNull(series.Until) },
        BoundExtreme extreme => extreme with { Operands = RewriteAll(extreme.Operands) },
        BoundYearOf year => year with { Date = Rewrite(year.Date) },
        BoundSpan span => span with { From = Rewrite(span.From), To = Rewrite(span.To) },
        _ => throw new UnreachableException(),
    };

    /// <summary>The declaration with its conditions and values rewritten.</summary>
    public virtual BoundDeclaration Rewrite(BoundDeclaration declaration) => declaration switch
    {
        BoundDefine define => define with
        {
            Values = [.. define.Values.Select(value => new BoundGuardedValue(Rewrite(value.Value), RewriteOrNull(value.Guard)))],
        },
        BoundTable table => table with { Inputs = RewriteAll(table.Inputs) },
        BoundCategory category => category with { When = RewriteOrNull(category.When), Unless = RewriteOrNull(category.Unless) },
        BoundExemption exemption => exemption with
        {
            When = RewriteOrNull(exemption.When),
            Unless = RewriteOrNull(exemption.Unless),
            Windows = RewriteAll(exemption.Windows),
        },
        BoundNorm norm => norm with
        {
            When = RewriteOrNull(norm.When),
            Unless = RewriteOrNull(norm.Unless),
            AsOf = RewriteOrNull(norm.AsOf),
            Windows = RewriteAll(norm.Windows),
            Fulfilled = RewriteOrNull(norm.Fulfilled),
        },
        BoundDeadline deadline => deadline with
        {
            When = RewriteOrNull(deadline.When),
            Unless = RewriteOrNull(deadline.Unless),
            Due = Rewrite(deadline.Due),
            Met = RewriteOrNull(deadline.Met),
        },
        _ => throw new UnreachableException(),
    };

    private BoundExpression? RewriteOrNull(BoundExpression? expression) => expression is null ? null : Rewrite(expression);

    private ImmutableArray<BoundExpression> RewriteAll(ImmutableArray<BoundExpression> expressions) => [.. expressions.Select(Rewrite)];

    private ImmutableArray<BoundWindow> RewriteAll(ImmutableArray<BoundWindow> windows) =>
        [.. windows.Select(window => new BoundWindow(RewriteOrNull(window.From), RewriteOrNull(window.Until), RewriteOrNull(window.Where)))];
}
