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
    private readonly Dictionary<ExemptionSymbol, ImmutableArray<ConditionPart>> _exemptions = [];

    private Analyzer()
    {
        _checks = new ConditionChecks(_sets, _bag);
    }

    /// <summary>Analyses rules that bind without errors.</summary>
    public static ImmutableArray<Diagnostic> Analyze(BoundRuleset ruleset)
    {
        // Each declaration stands after all that it names, so no chain of definitions is too long.
        var analyzer = new Analyzer();
        foreach (var declaration in ruleset.Declarations)
        {
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
            case BoundCategory category:
                var isSound = CheckWhenUnless(text, category.When, category.Unless) is not null;
                _sets.Define(category.Category, isSound ? Applies(category) : null);
                break;
            case BoundExemption exemption:
                _exemptions[exemption.Exemption] = CheckWhenUnless(text, exemption.When, exemption.Unless) ?? [];
                CheckWindows(text, exemption.Windows, exemption.Symbol.Module, null, _exemptions[exemption.Exemption]);
                break;
            case BoundNorm norm:
                var parts = CheckWhenUnless(text, norm.When, norm.Unless) ?? [];
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
    private ImmutableArray<ConditionPart>? CheckWhenUnless(SourceText text, BoundExpression? when, BoundExpression? unless)
    {
        if (!((when is null || _checks.Check(text, when)) & (unless is null || _checks.Check(text, unless))))
        {
            return null;
        }

        var parts = ImmutableArray<ConditionPart>.Empty;
        parts = when is null ? parts : parts.AddRange(ConditionPart.Conjuncts(_sets, text, when));
        parts = unless is null ? parts : parts.AddRange(ConditionPart.Conjuncts(_sets, text, unless, isNegated: true));
        if (unless is not null && when is not null && ConditionChecks.Conflict(parts) is { } conflict)
        {
            var why = $"no value of `{conflict.Fact.Name}` meets `when` and not `unless`";
            _bag.Add(AnalysisDiagnostics.NeverHolds(At(text, unless.Syntax), why, conflict.Parts.Select(part => part.Location)));
            return null;
        }

        return parts;
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
    private void CheckWindows(SourceText text, ImmutableArray<BoundWindow> windows, ModuleSymbol? module, BoundExpression? date, ImmutableArray<ConditionPart> applies)
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

            var own = OwnParts(text, window, date).ToList();
            if (isSound && own.Count > 0 && ConditionChecks.Conflict([.. own, .. applies]) is { } conflict)
            {
                var parts = conflict.Parts.ToList();
                var why = $"no value of `{conflict.Fact.Name}` meets this and what stands beside it";
                _bag.Add(AnalysisDiagnostics.NeverHolds(parts[0].Location, why, parts.Skip(1).Select(part => part.Location)));
            }
        }
    }

    private IEnumerable<ConditionPart> OwnParts(SourceText text, BoundWindow window, BoundExpression? date)
    {
        var parts = window.Where is null ? [] : ConditionPart.Conjuncts(_sets, text, window.Where);
        var day = date is null ? null : _sets.Terms.Of(date);
        foreach (var (bound, kind) in new[] { (window.From, ComparisonKind.GreaterOrEqual), (window.Until, ComparisonKind.LessOrEqual) })
        {
            if (bound is not null && TermComparison.Compare(kind, day, _sets.Terms.Of(bound)) is { Fact: { } fact } set)
            {
                parts = parts.Append(new ConditionPart(At(text, bound.Syntax), fact, set.Values));
            }
        }

        return parts;
    }

    private System.Numerics.BigInteger? DayOf(BoundExpression? date) =>
        date is not null && _sets.Terms.Of(date) is NumberTerm day ? day.Value.Numerator : null;

    private void CheckExemptions(BoundNorm norm, ImmutableArray<ConditionPart> applies)
    {
        foreach (var exemption in norm.Exemptions)
        {
            var own = _exemptions.GetValueOrDefault(exemption, []);
            if (ConditionChecks.Conflict([.. own, .. applies]) is not { } conflict)
            {
                continue;
            }

            var (ofExemption, ofNorm) = (conflict.Parts.Where(own.Contains).ToList(), conflict.Parts.Where(applies.Contains));
            _bag.Add(AnalysisDiagnostics.ExemptionNeverMatters(
                ofExemption[0].Location,
                exemption.Name,
                norm.Norm.Name,
                conflict.Fact.Name,
                ofExemption.Skip(1).Select(part => part.Location),
                ofNorm.Select(part => part.Location)));
        }
    }

    private static TextLocation At(SourceText text, SyntaxElement? syntax) =>
        text.GetLocation((syntax ?? throw new UnreachableException()).Span);
}
