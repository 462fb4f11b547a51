using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Programs;

namespace CccRules.Compiler.Evaluation;

/// <summary>
/// The meaning of the rules, as slow and obvious code: one record, straight from the bound tree. Compiled rulesets are
/// held to its answers, so it shares neither the intermediate representation nor arithmetic with them.
/// </summary>
internal sealed partial class ReferenceEvaluator
{
    private readonly ReferenceRecord _record;
    private readonly Dictionary<DefineSymbol, ReferenceValue> _values = [];
    private readonly Dictionary<DefineSymbol, ReferenceCondition> _conditions = [];
    private readonly Dictionary<CategorySymbol, ReferenceCondition> _categories = [];
    private readonly Dictionary<ExemptionSymbol, (ReferenceCondition Holds, BoundExemption Bound)> _exemptions = [];
    private readonly Dictionary<TableSymbol, (BoundTable Table, ImmutableArray<ReferenceValue> Inputs)> _tables = [];
    private readonly Dictionary<NormSymbol, ReferenceOutcome> _outcomes = [];
    private readonly Dictionary<NormSymbol, (long Earliest, long Latest)> _dues = [];

    private readonly BoundRuleset _ruleset;
    private readonly Dictionary<DefineSymbol, BoundDefine> _guarded = [];

    private ReferenceEvaluator(BoundRuleset ruleset, ReferenceRecord record)
    {
        _ruleset = ruleset;
        _record = record;
    }

    public IReadOnlyDictionary<NormSymbol, ReferenceOutcome> Outcomes => _outcomes;

    /// <summary>The earliest and the latest date that each deadline can be due, as <see cref="Runtime.Facts.Fact"/> says.</summary>
    public IReadOnlyDictionary<NormSymbol, (long Earliest, long Latest)> Dues => _dues;

    public IReadOnlyDictionary<CategorySymbol, ReferenceCondition> Categories => _categories;

    /// <summary>Evaluates every declaration of a ruleset without errors for one record.</summary>
    public static ReferenceEvaluator Evaluate(BoundRuleset ruleset, ReferenceRecord record)
    {
        var evaluator = new ReferenceEvaluator(ruleset, record);

        // Each declaration stands after all that it names, so no chain of definitions is too long.
        foreach (var declaration in ruleset.Declarations)
        {
            evaluator.Declare(declaration);
        }

        return evaluator;
    }

    /// <summary>The truth of any condition of the ruleset for the record.</summary>
    public ReferenceCondition ConditionOf(BoundExpression expression) => Condition(expression);

    private void Declare(BoundDeclaration declaration)
    {
        switch (declaration)
        {
            case BoundDefine define when IsCondition(define.Type):
                _conditions[define.Define] = GuardedCondition(define);
                break;
            case BoundDefine define:
                _guarded[define.Define] = define;
                _values[define.Define] = GuardedValue(define);
                break;
            case BoundTable table:
                _tables[table.Table] = (table, [.. table.Inputs.Select(Value)]);
                break;
            case BoundCategory category:
                _categories[category.Category] = WhenUnless(category.When, category.Unless);
                break;
            case BoundExemption exemption:
                _exemptions[exemption.Exemption] = (WhenUnless(exemption.When, exemption.Unless), exemption);
                break;
            case BoundDeadline deadline:
                _outcomes[deadline.Norm] = OutcomeOf(deadline);
                _dues[deadline.Norm] = DueOf(deadline.Due);
                break;
            case BoundNorm norm:
                _outcomes[norm.Norm] = OutcomeOf(norm);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private ReferenceCondition GuardedCondition(BoundDefine define)
    {
        var result = Condition(define.Values[^1].Value);
        foreach (var (value, guard) in define.Values[..^1].Reverse())
        {
            result = ReferenceCondition.Choose(GuardOf(guard), Condition(value), result);
        }

        return result;
    }

    private ReferenceValue GuardedValue(BoundDefine define)
    {
        var result = Value(define.Values[^1].Value);
        foreach (var (value, guard) in define.Values[..^1].Reverse())
        {
            result = ReferenceValue.Choose(GuardOf(guard), Value(value), result);
        }

        return result;
    }

    private ReferenceCondition GuardOf(BoundExpression? guard) =>
        guard is null ? throw new UnreachableException("only the last value has no guard") : Condition(guard);

    private ReferenceCondition WhenUnless(BoundExpression? when, BoundExpression? unless) => ReferenceCondition.And(
    [
        when is null ? ReferenceCondition.Yes : Condition(when),
        unless is null ? ReferenceCondition.Yes : ReferenceCondition.Not(Condition(unless)),
    ]);

    private ReferenceOutcome OutcomeOf(BoundNorm norm)
    {
        var date = norm.AsOf is null ? EvaluationDate : Value(norm.AsOf);
        var applies = WhenUnless(norm.When, norm.Unless);
        var exemptions = norm.Exemptions.Select(exemption => (exemption, Holds(exemption, date))).ToImmutableArray();
        var exempted = ReferenceCondition.Or([.. exemptions.Select(exemption => exemption.Item2)]);
        var inForce = InForce(norm.Windows, norm.Norm.Module, date);
        var fulfilled = norm.Fulfilled is null ? null : Condition(norm.Fulfilled);
        return new ReferenceOutcome
        {
            Norm = norm.Norm,
            Statuses = StatusesOf(norm.Norm, applies, exempted, inForce, fulfilled),
            Missing = MissingOf(applies, exempted, inForce, fulfilled),
            AppliesFrom = AppliesFrom(norm, applies, inForce),
            Applies = applies,
            Exempted = exempted,
            InForce = inForce,
            Fulfilled = fulfilled,
            Exemptions = exemptions,
        };
    }

    private static Outcome StatusesOf(
        NormSymbol norm, ReferenceCondition applies, ReferenceCondition exempted, ReferenceCondition inForce, ReferenceCondition? fulfilled)
    {
        var statuses = Outcome.Nothing;
        void AddIf(bool isPossible, Outcome status) => statuses |= isPossible ? status : Outcome.Nothing;

        var isDue = applies.CanBeTrue && exempted.CanBeFalse && inForce.CanBeTrue;
        AddIf(applies.CanBeFalse, Outcome.NotApplicable);
        AddIf(applies.CanBeTrue && exempted.CanBeTrue, Outcome.Exempt);
        AddIf(applies.CanBeTrue && exempted.CanBeFalse && inForce.CanBeFalse, Outcome.NotInForce);
        AddIf(isDue && fulfilled is { CanBeTrue: true }, Outcome.Fulfilled);

        // An option that is not taken is not breached: it stays available, which is the same bit as required.
        AddIf(isDue && fulfilled is { CanBeFalse: true }, norm.IsOption ? Outcome.Required : Outcome.Breached);
        AddIf(isDue && fulfilled is null, Outcome.Required);
        return statuses;
    }

    // A condition matters only where those before it can let the answer hang on it.
    private static ImmutableHashSet<MissingFact> MissingOf(
        ReferenceCondition applies, ReferenceCondition exempted, ReferenceCondition inForce, ReferenceCondition? fulfilled)
    {
        var missing = applies.Missing;
        if (!applies.CanBeTrue)
        {
            return missing;
        }

        missing = missing.Union(exempted.Missing);
        if (!exempted.CanBeFalse)
        {
            return missing;
        }

        missing = missing.Union(inForce.Missing);
        return inForce.CanBeTrue && fulfilled is not null ? missing.Union(fulfilled.Missing) : missing;
    }

    private ReferenceCondition Holds(ExemptionSymbol symbol, ReferenceValue normDate)
    {
        var (holds, exemption) = _exemptions[symbol];
        return ReferenceCondition.And([holds, InForce(exemption.Windows, symbol.Module, normDate)]);
    }

    /// <summary>Some window holds the date, or there is none; and the module's own window holds it.</summary>
    private ReferenceCondition InForce(ImmutableArray<BoundWindow> windows, ModuleSymbol? module, ReferenceValue date)
    {
        var lines = windows.IsEmpty
            ? ReferenceCondition.Yes
            : ReferenceCondition.Or([.. windows.Select(window => Holds(window, date))]);
        return ReferenceCondition.And(
        [
            lines,
            IsWithin(DayOrNull(module?.FromDay), DayOrNull(module?.UntilDay), date),
        ]);
    }

    private ReferenceCondition Holds(BoundWindow window, ReferenceValue date) => ReferenceCondition.And(
    [
        IsWithin(window.From is null ? null : Value(window.From), window.Until is null ? null : Value(window.Until), date),
        window.Where is null ? ReferenceCondition.Yes : Condition(window.Where),
    ]);

    /// <summary>Not before the first day and not after the last; null: no such limit.</summary>
    private static ReferenceCondition IsWithin(ReferenceValue? from, ReferenceValue? until, ReferenceValue date) => ReferenceCondition.And(
    [
        from is null ? ReferenceCondition.Yes : Compare(ComparisonKind.LessOrEqual, from, date),
        until is null ? ReferenceCondition.Yes : Compare(ComparisonKind.LessOrEqual, date, until),
    ]);

    /// <summary>The earliest start of a window after the evaluation date, for a norm that is judged by that date.</summary>
    private long? AppliesFrom(BoundNorm norm, ReferenceCondition applies, ReferenceCondition inForce)
    {
        if (norm.AsOf is not null || _record.EvaluationDay is not { } today || !applies.CanBeTrue || !inForce.CanBeFalse)
        {
            return null;
        }

        ImmutableArray<BoundWindow> windows = norm.Windows.IsEmpty ? [new BoundWindow(null, null, null)] : norm.Windows;
        return windows
            .Where(window => window.Where is null || Condition(window.Where).CanBeTrue)
            .Select(window => StartOf(window, norm.Norm.Module))
            .Where(day => day > today)
            .Min();
    }

    /// <summary>The first day of a window, held back by the module's own; null where it has none, or has ended by then.</summary>
    private long? StartOf(BoundWindow window, ModuleSymbol? module)
    {
        var start = module?.FromDay;
        if (window.From is not null)
        {
            if (Value(window.From).Constant is not DateConstant { Day: var from })
            {
                return null;
            }

            start = Math.Max(from, start ?? from);
        }

        return module?.UntilDay < start || (window.Until is not null && IsBefore(Value(window.Until), start)) ? null : start;
    }

    private static bool IsBefore(ReferenceValue date, long? day) => date.IsNone || (date.Constant is DateConstant known && known.Day < day);

    private static ReferenceValue? DayOrNull(long? day) => day is { } known ? ReferenceValue.Of(new DateConstant(known)) : null;

    private static bool IsCondition(TypeSymbol type) => type is { Kind: TypeKind.YesNo, AllowsNone: false };
}
