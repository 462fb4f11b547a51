using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Analysis;

/// <summary>
/// Finds what a sound ruleset does not have: conditions that no record meets or that every record meets, values of a
/// definition that cannot be reached, periods outside their ruleset's. Exact for conditions over one fact; silent beyond.
/// </summary>
internal sealed class Analyzer
{
    private readonly DiagnosticBag _bag = new();
    private readonly ConditionSets _sets = new();
    private SourceText? _text;

    private Analyzer()
    {
    }

    /// <summary>Analyses rules that bind without errors.</summary>
    public static ImmutableArray<Diagnostic> Analyze(BoundRuleset ruleset)
    {
        var analyzer = new Analyzer();
        foreach (var declaration in ruleset.Declarations)
        {
            analyzer._text = declaration.Symbol.Location.Text;
            analyzer.Analyze(declaration);
        }

        return analyzer._bag.ToImmutable();
    }

    private void Analyze(BoundDeclaration declaration)
    {
        switch (declaration)
        {
            case BoundDefine define:
                Analyze(define);
                break;
            case BoundCategory category:
                var isSound = Check(category.When) & Check(category.Unless);
                _sets.Define(category.Category, isSound ? Applies(category) : null);
                break;
            case BoundExemption exemption:
                _ = Check(exemption.When) & Check(exemption.Unless);
                Check(exemption.Windows, exemption.Symbol.Module);
                break;
            case BoundNorm norm:
                _ = Check(norm.When) & Check(norm.Unless) & Check(norm.Fulfilled);
                Check(norm.Windows, norm.Symbol.Module);
                break;
        }
    }

    private ConditionSet? Applies(BoundCategory category)
    {
        var when = category.When is null ? null : _sets.Of(category.When);
        if (category.Unless is null)
        {
            return when;
        }

        var without = _sets.Of(new BoundNot(category.Unless.Syntax, category.Unless));
        return category.When is null ? without : ConditionSets.Join([when, without], sets => sets.Aggregate((left, right) => left.Intersect(right)));
    }

    private void Analyze(BoundDefine define)
    {
        var isSound = true;
        foreach (var (value, guard) in define.Values)
        {
            isSound &= Check(guard);
            isSound &= value.Type.Kind != TypeKind.YesNo || value is BoundConstant || Check(value);
        }

        if (isSound)
        {
            CheckGuards(define);
            _sets.Define(define.Define, define.Values is [{ Guard: null } only] && only.Value.Type.Kind == TypeKind.YesNo ? _sets.Of(only.Value) : null);
        }
    }

    /// <summary>A guard whose every value is taken by the guards before it never gets its turn.</summary>
    private void CheckGuards(BoundDefine define)
    {
        var taken = new Dictionary<FieldSymbol, ValueSet>();
        foreach (var (value, guard) in define.Values)
        {
            var set = guard is null ? null : _sets.Of(guard);
            var isUnreachable = guard is null
                ? taken.Any(entry => ConditionSets.Domain(entry.Key) is { } domain && entry.Value.Contains(domain))
                : set is not null && taken.TryGetValue(set.Field, out var before) && before.Contains(set.Values);
            if (isUnreachable)
            {
                _bag.Add(AnalysisDiagnostics.UnreachableGuard(At(value.Syntax)));
            }

            if (set is not null)
            {
                taken[set.Field] = taken.TryGetValue(set.Field, out var union) ? ValueSet.Union([union, set.Values]) : set.Values;
            }
        }
    }

    private void Check(ImmutableArray<BoundWindow> windows, ModuleSymbol? module)
    {
        foreach (var window in windows)
        {
            _ = Check(window.Where);
            if (window.From is BoundConstant { Value: DateConstant from } && module?.UntilDay is { } last && from.Day > last)
            {
                _bag.Add(AnalysisDiagnostics.NeverHolds(At(window.From.Syntax), $"the ruleset itself is in force until {CivilDate.Format(last)}"));
            }

            if (window.Until is BoundConstant { Value: DateConstant until } && module?.FromDay is { } first && until.Day < first)
            {
                _bag.Add(AnalysisDiagnostics.NeverHolds(At(window.Until.Syntax), $"the ruleset itself is in force from {CivilDate.Format(first)}"));
            }
        }
    }

    /// <summary>Reports the smallest parts that can never hold or always hold; false where one was reported.</summary>
    private bool Check(BoundExpression? condition)
    {
        switch (condition)
        {
            case null:
                return true;
            case BoundConstant { Value: YesNoConstant literal }:
                Report(condition, literal.Value, literal.Value ? "this is `yes` for every record" : "this is `no` for every record", []);
                return false;
        }

        var isSound = true;
        foreach (var part in condition is BoundComparison or BoundIn or BoundBetween ? [] : BoundTree.Parts(condition))
        {
            isSound &= part.Type.Kind != TypeKind.YesNo || part is BoundConstant || Check(part);
        }

        return isSound && condition switch
        {
            BoundAnd and => CheckGroups(and, and.Operands, isAll: true),
            BoundOr or => CheckGroups(or, or.Operands, isAll: false),
            BoundComparison or BoundIn or BoundBetween or BoundUnder => CheckAtom(condition),
            _ => true,
        };
    }

    private bool CheckAtom(BoundExpression atom)
    {
        if (_sets.Of(atom) is not { } set || ConditionSets.Domain(set.Field) is not { } domain)
        {
            return true;
        }

        if (set.Values.IsEmpty)
        {
            Report(atom, always: false, $"no value of `{set.Field.Name}` meets this", []);
            return false;
        }

        if (set.Values.Contains(domain))
        {
            Report(atom, always: true, $"every value of `{set.Field.Name}` meets this", []);
            return false;
        }

        return true;
    }

    /// <summary>Operands over one fact that together leave no value (all of them) or take every value (any of them).</summary>
    private bool CheckGroups(BoundExpression whole, ImmutableArray<BoundExpression> operands, bool isAll)
    {
        var groups = new Dictionary<FieldSymbol, List<(BoundExpression Operand, ValueSet Values)>>();
        foreach (var operand in operands)
        {
            if (_sets.Of(operand) is { } set)
            {
                if (!groups.TryGetValue(set.Field, out var list))
                {
                    groups[set.Field] = list = [];
                }

                list.Add((operand, set.Values));
            }
        }

        foreach (var (field, parts) in groups)
        {
            if (parts.Count < 2 || ConditionSets.Domain(field) is not { } domain)
            {
                continue;
            }

            var together = isAll ? parts.Select(part => part.Values).Aggregate((left, right) => left.Intersect(right)) : ValueSet.Union([.. parts.Select(part => part.Values)]);
            if (isAll ? together.IsEmpty : together.Contains(domain))
            {
                var why = isAll ? $"no value of `{field.Name}` meets all of these" : $"every value of `{field.Name}` meets one of these";
                Report(whole, always: !isAll, why, parts.Select(part => part.Operand));
                return false;
            }
        }

        return true;
    }

    private void Report(BoundExpression condition, bool always, string why, IEnumerable<BoundExpression> parts)
    {
        var at = At(condition.Syntax);
        var diagnostic = always ? AnalysisDiagnostics.AlwaysHolds(at, why) : AnalysisDiagnostics.NeverHolds(at, why);
        _bag.Add(diagnostic with { Labels = [.. parts.Take(4).Select(part => new DiagnosticLabel(At(part.Syntax), "this part"))] });
    }

    private TextLocation At(SyntaxElement syntax) =>
        (_text ?? throw new System.Diagnostics.UnreachableException()).GetLocation(syntax.Span);
}
