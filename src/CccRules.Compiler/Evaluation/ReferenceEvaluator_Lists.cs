using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Evaluation;

internal sealed partial class ReferenceEvaluator
{
    /// <summary>
    /// What is asked of a list, entry by entry. It hangs on the list, and on whatever else of the record the condition speaks of and is missing.
    /// </summary>
    private ReferenceValue ListValue(BoundListCall call)
    {
        ImmutableHashSet<MissingFact> hangsOn = [new MissingFact(call.Fact.List), .. call.Condition is null ? [] : MissingIn(call.Condition, call.Fact.List.Entry)];
        if (!_record.Lists.TryGetValue(call.Fact.List, out var entries))
        {
            return ReferenceValue.Missing(hangsOn);
        }

        var conditions = entries.Select(entry => call.Condition is null ? ReferenceCondition.Yes : OfEntry(entry).Condition(call.Condition)).ToImmutableArray();
        switch (call.Word)
        {
            case ListWord.Any:
                return OfCondition(ReferenceCondition.Or(conditions), hangsOn);
            case ListWord.All:
                return OfCondition(ReferenceCondition.And(conditions), hangsOn);
            case ListWord.Count:
                return conditions.Any(condition => condition.IsOpen)
                    ? ReferenceValue.Missing(hangsOn)
                    : ReferenceValue.Of(new NumberConstant(new Rational(new BigInteger(conditions.Count(condition => condition.CanBeTrue)))));
            default:
                throw new UnreachableException();
        }
    }

    private static ReferenceValue OfCondition(ReferenceCondition condition, ImmutableHashSet<MissingFact> hangsOn) =>
        condition.IsOpen ? ReferenceValue.Missing(hangsOn) : ReferenceValue.Of(new YesNoConstant(condition.CanBeTrue));

    private ReferenceEvaluator OfEntry(ImmutableDictionary<FieldSymbol, ConstantValue> entry) => new(_ruleset, _record with { Fields = _record.Fields.AddRange(entry) });

    /// <summary>The facts of the record itself that a condition on entries speaks of and that are missing.</summary>
    private IEnumerable<MissingFact> MissingIn(BoundExpression expression, RecordSymbol? entry)
    {
        var own = expression switch
        {
            BoundField field when entry?.Fields.Contains(field.Field) != true && !_record.Fields.ContainsKey(field.Field) => new MissingFact(field.Field),
            BoundQuestion question when !_record.Answers.ContainsKey(question.Question) => new MissingFact(question.Question),
            BoundParameter { At: null } when _record.EvaluationDay is null => MissingFact.EvaluationDate,
            BoundWorkingDate moved => new MissingFact(moved.Calendar),
            _ => default(MissingFact?),
        };
        var parts = BoundTree.Parts(expression).SelectMany(part => MissingIn(part, entry));
        return own is { } fact ? parts.Append(fact) : parts;
    }
}
