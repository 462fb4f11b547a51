using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Analysis;

/// <summary>Looks for the smallest parts of a condition that can never hold or always hold.</summary>
internal sealed class ConditionChecks(ConditionSets sets, DiagnosticBag bag)
{
    /// <summary>Reports the smallest parts that can never hold or always hold; false where one was reported.</summary>
    public bool Check(SourceText text, BoundExpression condition)
    {
        if (IsNegatedAtom(condition, out var atom))
        {
            return BoundTree.Parts(atom).All(part => !ConditionSets.IsCondition(part) || part is BoundConstant || Check(text, part)) && CheckAtom(text, condition);
        }

        var isSound = true;
        foreach (var part in BoundTree.Parts(condition))
        {
            // `a = yes` compares with a constant, and has no condition `yes`.
            var isValue = condition is BoundComparison or BoundIn && part is BoundConstant;
            isSound &= isValue || !ConditionSets.IsCondition(part) || Check(text, part);
        }

        return isSound && condition switch
        {
            BoundNot => true,
            BoundAnd and => CheckTogether(text, and, and.Operands, and.Operands.Length),
            BoundOr or => CheckTogether(text, or, or.Operands, 1),
            BoundAtLeast atLeast => CheckTogether(text, atLeast, atLeast.Operands, atLeast.Count),
            _ => CheckAtom(text, condition),
        };
    }

    /// <summary><c>not under</c>, <c>not in</c> and <c>is not</c> are one condition as written, and are judged as one.</summary>
    private static bool IsNegatedAtom(BoundExpression condition, [NotNullWhen(true)] out BoundExpression? atom)
    {
        atom = condition is BoundNot { Operand: BoundUnder or BoundIn or BoundComparison or BoundStatusTest } not
            && not.Operand.Syntax.Span == not.Syntax.Span ? not.Operand : null;
        return atom is not null;
    }

    private bool CheckAtom(SourceText text, BoundExpression atom)
    {
        if (sets.Of(atom) is not { } set || (!set.IsNever && !set.IsAlways))
        {
            return true;
        }

        var why = (set.Fact?.Name, set.IsAlways) switch
        {
            (null, false) => "this holds for no record",
            (null, true) => "this holds for every record",
            (var name, false) => $"no value of `{name}` meets this",
            (var name, true) => $"every value of `{name}` meets this",
        };
        Report(text, atom, set.IsAlways, why, []);
        return false;
    }

    /// <summary>
    /// Facts are independent, so at most as many operands hold as the facts let hold one by one, and at least as many as
    /// they force; an operand over more than one fact may hold or not.
    /// </summary>
    private bool CheckTogether(SourceText text, BoundExpression whole, ImmutableArray<BoundExpression> operands, int count)
    {
        var groups = new Dictionary<AnalyzedFact, List<(BoundExpression Operand, ValueSet Values)>>();
        var (least, most) = (0, 0);
        foreach (var operand in operands)
        {
            if (sets.Of(operand) is not { Fact: { } fact } set)
            {
                most++;
                continue;
            }

            if (!groups.TryGetValue(fact, out var list))
            {
                groups[fact] = list = [];
            }

            list.Add((operand, set.Values));
        }

        var neverAll = new List<BoundExpression>();
        var alwaysSome = new List<BoundExpression>();
        foreach (var (fact, parts) in groups)
        {
            var coverage = ValueSet.Coverage(fact.Domain, [.. parts.Select(part => part.Values)]);
            least += coverage.Least;
            most += coverage.Most;
            if (coverage.Most < parts.Count)
            {
                neverAll.AddRange(parts.Select(part => part.Operand));
            }

            if (coverage.Least > 0)
            {
                alwaysSome.AddRange(parts.Select(part => part.Operand));
            }
        }

        if (most < count)
        {
            Report(text, whole, isAlways: false, Why("no", neverAll, count == operands.Length ? "all" : $"{count}"), neverAll);
        }
        else if (least >= count)
        {
            Report(text, whole, isAlways: true, Why("every", alwaysSome, count == 1 ? "one" : $"{count}"), alwaysSome);
        }

        return most >= count && least < count;
    }

    private string Why(string which, IEnumerable<BoundExpression> parts, string count)
    {
        var names = parts.Select(part => sets.Of(part)?.Fact?.Name).OfType<string>().Distinct().ToList();
        return names is [var name] ? $"{which} value of `{name}` meets {count} of these" : $"{which} record meets {count} of these";
    }

    private void Report(SourceText text, BoundExpression condition, bool isAlways, string why, IEnumerable<BoundExpression> parts)
    {
        var at = text.GetLocation(condition.Syntax.Span);
        var labels = parts.Select(part => text.GetLocation(part.Syntax.Span));
        bag.Add(isAlways ? AnalysisDiagnostics.AlwaysHolds(at, why, labels) : AnalysisDiagnostics.NeverHolds(at, why, labels));
    }
}
