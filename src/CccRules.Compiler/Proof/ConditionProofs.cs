using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Proof;

/// <summary>Conditions that never or always hold, the smallest part that shows it, and guards that are never reached.</summary>
internal sealed class ConditionProofs(ProofContext context)
{
    private const string What = "conditions that never or always hold";
    private const string Guards = "guards that are never reached";

    public void Check(BoundDeclaration declaration)
    {
        foreach (var clause in ClausesOf(declaration).OfType<BoundExpression>())
        {
            Within(declaration.Symbol, () => CheckParts(declaration.Symbol, clause));
        }

        switch (declaration)
        {
            case BoundDefine define:
                Within(declaration.Symbol, () => CheckGuards(define));
                break;
            case BoundCategory { When: { } when, Unless: { } unless } category:
                Within(declaration.Symbol, () => CheckTogether(category.Symbol, when, unless));
                break;
            case BoundExemption { When: { } when, Unless: { } unless } exemption:
                Within(declaration.Symbol, () => CheckTogether(exemption.Symbol, when, unless));
                break;
        }
    }

    private static IEnumerable<BoundExpression?> ClausesOf(BoundDeclaration declaration) => declaration switch
    {
        BoundDefine define => define.Values.SelectMany(entry => new[] { entry.Guard, IsCondition(entry.Value) ? entry.Value : null }),
        BoundCategory category => [category.When, category.Unless],
        BoundExemption exemption => [exemption.When, exemption.Unless, .. exemption.Windows.Select(window => window.Where)],
        BoundNorm norm => [norm.When, norm.Unless, norm.Fulfilled, .. norm.Windows.Select(window => window.Where)],
        BoundDeadline deadline => [deadline.When, deadline.Unless, deadline.Met],
        _ => [],
    };

    private static bool IsCondition(BoundExpression expression) => expression.Type is { Kind: TypeKind.YesNo, AllowsNone: false };

    private void Within(Symbol symbol, Action check)
    {
        try
        {
            check();
        }
        catch (ProofLimitException)
        {
            context.Count(What, 0, 1);
            context.NotProved.Add($"{symbol.Noun} `{symbol.Name}`: {ModelFinder.Limit}");
        }
    }

    /// <summary>False where a part was reported: then what it is part of is not.</summary>
    private bool CheckParts(DefinitionSymbol symbol, BoundExpression condition)
    {
        var isSound = true;
        if (condition is BoundAnd or BoundOr or BoundNot or BoundAtLeast)
        {
            foreach (var part in BoundTree.Parts(condition))
            {
                isSound &= CheckParts(symbol, part);
            }
        }

        // A name stands for a condition that is checked where it is declared.
        if (!isSound || condition is BoundConstant or BoundCategoryReference or BoundDefineReference or BoundNot or BoundField or BoundQuestion
            || !context.Rules.Nodes.TryGetValue(condition, out var node))
        {
            return isSound;
        }

        var space = ProofSpace.Of(context.Module, [node]);
        var name = $"{symbol.Noun} `{symbol.Name}`";
        if (context.IsNothing(What, space.Find(space.Must(node), _ => true), name))
        {
            context.Report(What, ProofDiagnostics.NeverHolds(ProofContext.At(symbol, condition.Syntax), Conflict(symbol, condition)), symbol);
            return false;
        }

        if (context.IsNothing(What, space.Find(space.Diagrams.Not(space.Can(node)), _ => true), name))
        {
            context.Report(What, ProofDiagnostics.AlwaysHolds(ProofContext.At(symbol, condition.Syntax)), symbol);
            return false;
        }

        return true;
    }

    /// <summary>The fewest parts of an `and` that cannot hold together.</summary>
    private List<TextLocation> Conflict(DefinitionSymbol symbol, BoundExpression condition)
    {
        if (condition is not BoundAnd both)
        {
            return [];
        }

        var parts = both.Operands.ToList();
        var space = ProofSpace.Of(context.Module, parts.Select(part => context.Rules.Nodes[part]));
        foreach (var part in both.Operands)
        {
            var fewer = parts.Where(other => !ReferenceEquals(other, part)).ToList();
            if (space.Find(space.Diagrams.And([.. fewer.Select(other => space.Must(context.Rules.Nodes[other]))]), _ => true).Kind == AnswerKind.Nothing)
            {
                parts = fewer;
            }
        }

        return [.. parts.Select(part => ProofContext.At(symbol, part.Syntax))];
    }

    private void CheckTogether(DefinitionSymbol symbol, BoundExpression when, BoundExpression unless)
    {
        var (a, b) = (context.Rules.Nodes[when], context.Rules.Nodes[unless]);
        var space = ProofSpace.Of(context.Module, [a, b]);
        if (space.Find(space.Must(a), _ => true).Kind == AnswerKind.Found
            && context.IsNothing(What, space.Find(space.Diagrams.And(space.Must(a), space.Diagrams.Not(space.Can(b))), _ => true), $"{symbol.Noun} `{symbol.Name}`"))
        {
            context.Report(
                What,
                ProofDiagnostics.NeverMatters(symbol.Location, $"the {symbol.Noun} `{symbol.Name}`", "every record that meets `when` meets `unless`", [ProofContext.At(symbol, unless.Syntax)]),
                symbol);
        }
    }

    private void CheckGuards(BoundDefine define)
    {
        if (define.Values.Length == 1)
        {
            return;
        }

        var space = ProofSpace.Of(context.Module, define.Values.Select(entry => entry.Guard).OfType<BoundExpression>().Select(guard => context.Rules.Nodes[guard]));
        var left = Diagrams.True;
        foreach (var (value, guard) in define.Values)
        {
            var turn = guard is null ? Diagrams.True : space.Must(context.Rules.Nodes[guard]);
            var isNever = guard is not null && space.Find(turn, _ => true).Kind == AnswerKind.Nothing;
            if (!isNever && context.IsNothing(Guards, space.Find(space.Diagrams.And(left, turn), _ => true), $"definition `{define.Symbol.Name}`"))
            {
                context.Report(
                    Guards,
                    ProofDiagnostics.NeverMatters(ProofContext.At(define.Symbol, value.Syntax), $"a value of `{define.Symbol.Name}`", "the guards before it take every record that it could", []),
                    define.Symbol);
            }

            left = space.Diagrams.And(left, space.Diagrams.Not(turn));
        }
    }
}
