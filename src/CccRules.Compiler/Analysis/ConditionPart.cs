using CccRules.Compiler.Binding;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Analysis;

/// <summary>A part of a condition that is over one fact, and where it stands.</summary>
internal sealed record ConditionPart(TextLocation Location, AnalyzedFact Fact, ValueSet Values)
{
    /// <summary>The parts that all hold where a condition holds (where it does not, if negated).</summary>
    public static IEnumerable<ConditionPart> Conjuncts(ConditionSets sets, SourceText text, BoundExpression condition, bool isNegated = false) =>
        Flatten(sets, text, condition, isNegated, isAll: true);

    /// <summary>The parts each of which is enough for a condition to hold.</summary>
    public static IEnumerable<ConditionPart> Disjuncts(ConditionSets sets, SourceText text, BoundExpression condition) =>
        Flatten(sets, text, condition, isNegated: false, isAll: false);

    private static IEnumerable<ConditionPart> Flatten(ConditionSets sets, SourceText text, BoundExpression condition, bool isNegated, bool isAll)
    {
        switch (condition)
        {
            case BoundNot not:
                return Flatten(sets, text, not.Operand, !isNegated, isAll);
            case BoundAnd all when isAll != isNegated:
                return all.Operands.SelectMany(operand => Flatten(sets, text, operand, isNegated, isAll));
            case BoundOr any when isAll == isNegated:
                return any.Operands.SelectMany(operand => Flatten(sets, text, operand, isNegated, isAll));
            default:
                var set = sets.Of(condition) is { } found && isNegated ? ConditionSet.Not(found) : sets.Of(condition);
                return set is { Fact: { } fact } ? [new ConditionPart(text.GetLocation(condition.Syntax.Span), fact, set.Values)] : [];
        }
    }
}
