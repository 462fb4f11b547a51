using System.Collections.Immutable;

namespace CccRules.Compiler.Binding;

/// <summary>The parts of bound expressions, for walks that treat all kinds alike.</summary>
internal static class BoundTree
{
    /// <summary>The expressions an expression is directly made of. Definitions it names are not parts.</summary>
    public static ImmutableArray<BoundExpression> Parts(BoundExpression expression) => expression switch
    {
        BoundAnd both => both.Operands,
        BoundOr either => either.Operands,
        BoundNot not => [not.Operand],
        BoundAtLeast atLeast => atLeast.Operands,
        BoundComparison comparison => [comparison.Left, comparison.Right],
        BoundBetween between => [between.Operand, between.Low, between.High],
        BoundIn list => [list.Operand, .. list.Items],
        BoundUnder under => [under.Operand],
        BoundMatches matches => [matches.Operand],
        BoundHas has => [has.Operand],
        BoundSum sum => [.. sum.Terms.Select(term => term.Operand)],
        BoundMovedDate moved => [moved.Date, .. moved.Moves.Select(move => move.Duration)],
        // An entry's condition speaks of an entry, not of the record.
        BoundListCall => [],
        BoundWorkingDate moved => [moved.Date],
        BoundRecurringDate series => [series.Start, .. new[] { series.LastDone, series.Until }.OfType<BoundExpression>()],
        BoundExtreme extreme => extreme.Operands,
        BoundYearOf year => [year.Date],
        BoundSpan span => [span.From, span.To],
        BoundParameter { At: { } at } => [at],
        _ => [],
    };
}
