using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Analysis;

/// <summary>
/// Finds what a sound ruleset does not have: conditions that no record meets or that every record meets, values of a
/// definition that cannot be reached, periods outside their ruleset's, exemptions that no record of their norm can have.
/// Exact for conditions over one fact; silent beyond.
/// </summary>
internal sealed class Analyzer
{
    private readonly DiagnosticBag _bag = new();
    private readonly ConditionSets _sets = new();
    private readonly ConditionChecks _checks;
    private readonly Dictionary<ExemptionSymbol, ConditionParts> _exemptions = [];

    private Analyzer()
    {
        _checks = new ConditionChecks(_sets, _bag);
    }

    /// <summary>Analyses rules that bind without errors.</summary>
    public static ImmutableArray<Diagnostic> Analyze(BoundRuleset ruleset, CancellationToken cancellation = default)
    {
        // Each declaration stands after all that it names, so no chain of definitions is too long.
        var analyzer = new Analyzer();
        foreach (var declaration in ruleset.Declarations)
        {
            cancellation.ThrowIfCancellationRequested();
            analyzer.Analyze(declaration, declaration.Symbol.Location.Text);
        }

        return analyzer._bag.ToImmutable();
    }

    private void Analyze(BoundDeclaration declaration, SourceText text)
    {
        switch (declaration)
        {
            case BoundDefine define:
                Analyze(define, text);
                break;
            case BoundTable table:
                TableChecks.Check(table, _bag);
                break;
            case BoundCategory category:
                var isSound = CheckWhenUnless(text, category.When, category.Unless) is not null;
                _sets.Define(category.Category, isSound ? Applies(category) : null);
                break;
            case BoundExemption exemption:
                var ofExemption = CheckWhenUnless(text, exemption.When, exemption.Unless) ?? new ConditionParts();
                _exemptions[exemption.Exemption] = ofExemption;
                CheckWindows(text, exemption.Windows, exemption.Symbol.Module, null, ofExemption);
                break;
            case BoundDeadline deadline:
                _ = CheckWhenUnless(text, deadline.When, deadline.Unless);
                _ = deadline.Met is null || _checks.Check(text, deadline.Met);
                _sets.Facts.Declare(deadline);
                break;
            case BoundNorm norm:
                var parts = CheckWhenUnless(text, norm.When, norm.Unless) ?? new ConditionParts();
                _ = norm.Fulfilled is null || _checks.Check(text, norm.Fulfilled);
                CheckWindows(text, norm.Windows, norm.Symbol.Module, norm.AsOf, parts);
                CheckExemptions(norm, parts);
                _sets.Facts.Declare(norm);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private ConditionSet? Applies(BoundCategory category)
    {
        var when = category.When is null ? ConditionSet.Always : _sets.Of(category.When);
        var unless = category.Unless is null ? ConditionSet.Never : _sets.Of(category.Unless);
        return unless is null ? null : ConditionSet.All(when, ConditionSet.Not(unless));
    }

    /// <summary>The parts that all hold where both clauses let it; null where one of them, or both together, are wrong.</summary>
    private ConditionParts? CheckWhenUnless(SourceText text, BoundExpression? when, BoundExpression? unless)
    {
        if (!((when is null || _checks.Check(text, when)) & (unless is null || _checks.Check(text, unless))))
        {
            return null;
        }

        var met = new ConditionParts(when is null ? [] : ConditionPart.Conjuncts(_sets, text, when));
        var notMet = new ConditionParts(unless is null ? [] : ConditionPart.Conjuncts(_sets, text, unless, isNegated: true));
        if (unless is not null && met.ConflictWith(notMet) is { } conflict)
        {
            var why = $"no value of `{conflict.Fact.Name}` meets `when` and not `unless`";
            _bag.Add(AnalysisDiagnostics.NeverHolds(At(text, unless.Syntax), why, conflict.Own.Concat(conflict.Others)));
            return null;
        }

        return met.And(notMet);
    }

    private void Analyze(BoundDefine define, SourceText text)
    {
        var isSound = true;
        foreach (var (value, guard) in define.Values)
        {
            isSound &= guard is null || _checks.Check(text, guard);
            isSound &= value is BoundConstant || !ConditionSets.IsCondition(value) || _checks.Check(text, value);
        }

        if (!isSound)
        {
            return;
        }

        CheckGuards(define, text);
        if (define.Type is { Kind: TypeKind.YesNo, AllowsNone: false })
        {
            _sets.Define(define.Define, Chosen(define));
        }
        else if (define.Values is [{ Guard: null } only])
        {
            _sets.Terms.Define(define.Define, _sets.Terms.Of(only.Value));
        }
    }

    /// <summary>The condition of a definition: its first value whose guard holds.</summary>
    private ConditionSet? Chosen(BoundDefine define)
    {
        var taken = ConditionSet.Never;
        var chosen = new List<ConditionSet?>();
        foreach (var (value, guard) in define.Values)
        {
            var turn = guard is null ? ConditionSet.Always : _sets.Of(guard);
            if (turn is null || taken is not { Values.Intervals.Length: <= ConditionSets.MostNamedIntervals })
            {
                return null;
            }

            chosen.Add(ConditionSet.All(ConditionSet.Not(taken), turn, _sets.Of(value)));
            taken = ConditionSet.Any(taken, turn);
        }

        return ConditionSet.Any(chosen);
    }

    /// <summary>A guard whose every value is taken by the guards before it never gets its turn.</summary>
    private void CheckGuards(BoundDefine define, SourceText text)
    {
        var taken = new Dictionary<AnalyzedFact, GrowingSet>();
        var isAllTaken = false;
        foreach (var (value, guard) in define.Values)
        {
            if (isAllTaken || (guard is not null && ConditionPart.Conjuncts(_sets, text, guard)
                .Any(part => taken.TryGetValue(part.Fact, out var before) && before.Contains(part.Values))))
            {
                _bag.Add(AnalysisDiagnostics.UnreachableGuard(At(text, value.Syntax)));
            }

            foreach (var part in guard is null ? [] : ConditionPart.Disjuncts(_sets, text, guard))
            {
                if (!taken.TryGetValue(part.Fact, out var before))
                {
                    taken[part.Fact] = before = new GrowingSet();
                }

                before.Add(part.Values);
                isAllTaken |= before.Contains(part.Fact.Domain);
            }
        }
    }

    /// <summary>Windows that their ruleset's own, or the condition of what they stand in, leaves no record.</summary>
    private void CheckWindows(SourceText text, ImmutableArray<BoundWindow> windows, ModuleSymbol? module, BoundExpression? date, ConditionParts applies)
    {
        foreach (var window in windows)
        {
            var isSound = window.Where is null || _checks.Check(text, window.Where);
            if (DayOf(window.From) is { } from && module?.UntilDay is { } last && from > last)
            {
                isSound = false;
                _bag.Add(AnalysisDiagnostics.NeverHolds(At(text, window.From?.Syntax), $"the ruleset itself is in force until {CivilDate.Format(last)}", []));
            }

            if (DayOf(window.Until) is { } until && module?.FromDay is { } first && until < first)
            {
                isSound = false;
                _bag.Add(AnalysisDiagnostics.NeverHolds(At(text, window.Until?.Syntax), $"the ruleset itself is in force from {CivilDate.Format(first)}", []));
            }

            if (DayOf(window.From) > DayOf(window.Until))
            {
                isSound = false;
                _bag.Add(AnalysisDiagnostics.NeverHolds(At(text, window.Until?.Syntax), "the period ends before it begins", []));
            }

            if (isSound)
            {
                CheckWindow(text, window, date, applies);
            }
        }
    }

    /// <summary>A window whose `where`, bounds and surroundings leave a fact no value.</summary>
    private void CheckWindow(SourceText text, BoundWindow window, BoundExpression? date, ConditionParts applies)
    {
        var where = new ConditionParts(window.Where is null ? [] : ConditionPart.Conjuncts(_sets, text, window.Where));
        var bounds = new ConditionParts(BoundsOf(text, window, date));
        if ((where.ConflictWith(bounds) ?? where.And(bounds).ConflictWith(applies)) is { } conflict)
        {
            var why = $"no value of `{conflict.Fact.Name}` meets this and what stands beside it";
            _bag.Add(AnalysisDiagnostics.NeverHolds(conflict.Own[0], why, conflict.Own.Skip(1).Concat(conflict.Others)));
        }
    }

    /// <summary>What the bounds of a window ask of the fact that is the norm's date.</summary>
    private IEnumerable<ConditionPart> BoundsOf(SourceText text, BoundWindow window, BoundExpression? date)
    {
        var day = date is null ? null : _sets.Terms.Of(date);
        foreach (var (bound, kind) in new[] { (window.From, ComparisonKind.GreaterOrEqual), (window.Until, ComparisonKind.LessOrEqual) })
        {
            if (bound is not null && TermComparison.Compare(kind, day, _sets.Terms.Of(bound)) is { Fact: { } fact } set)
            {
                yield return new ConditionPart(At(text, bound.Syntax), fact, set.Values);
            }
        }
    }

    private System.Numerics.BigInteger? DayOf(BoundExpression? date) =>
        date is not null && _sets.Terms.Of(date) is NumberTerm day ? day.Value.Numerator : null;

    private void CheckExemptions(BoundNorm norm, ConditionParts applies)
    {
        foreach (var exemption in norm.Exemptions)
        {
            if (_exemptions.TryGetValue(exemption, out var own) && own.ConflictWith(applies) is { } conflict)
            {
                _bag.Add(AnalysisDiagnostics.ExemptionNeverMatters(
                    conflict.Own[0], exemption.Name, norm.Norm.Name, conflict.Fact.Name, conflict.Own.Skip(1), conflict.Others));
            }
        }
    }

    private static TextLocation At(SourceText text, SyntaxElement? syntax) =>
        text.GetLocation((syntax ?? throw new UnreachableException()).Span);
}
