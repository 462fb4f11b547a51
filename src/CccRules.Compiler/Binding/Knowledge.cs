using System.Collections.Immutable;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Programs;

namespace CccRules.Compiler.Binding;

/// <summary>The rules as they were known on a day, so that a past decision can be explained by the rules of its own day.</summary>
internal static class Knowledge
{
    /// <summary>
    /// The ruleset without the norms, exemptions, categories and processes whose cited sources were all issued after a day. What cites
    /// nothing, or a source whose day the rules do not give, stays. A condition that names a category that is left out finds
    /// it not to hold; one that asks for the status of a norm that is left out finds it not applicable.
    /// </summary>
    /// <param name="ruleset">Bound without errors.</param>
    /// <param name="day">Days since 0001-01-01.</param>
    public static BoundRuleset KnownOn(BoundRuleset ruleset, long day)
    {
        var unknown = ruleset.Declarations
            .Where(declaration => declaration is BoundNorm or BoundDeadline or BoundExemption or BoundCategory or BoundTable && IsUnknown(declaration.Symbol.Citations, day))
            .Select(declaration => declaration.Symbol)
            .ToImmutableHashSet();
        ImmutableArray<ProcessSymbol> processes = [.. ruleset.Processes.Where(process => !IsUnknown(process.Citations, day))];
        if (unknown.IsEmpty)
        {
            return processes.Length == ruleset.Processes.Length ? ruleset : ruleset with { Processes = processes };
        }

        var rewriter = new Rewriter(unknown);
        return ruleset with
        {
            Processes = processes,
            Declarations =
            [
                .. ruleset.Declarations.Where(declaration => !unknown.Contains(declaration.Symbol)).Select(rewriter.Rewrite),
            ],
        };
    }

    private static bool IsUnknown(ImmutableArray<CitationSymbol> citations, long day) =>
        !citations.IsEmpty && citations.All(citation => citation.Source.IssuedDay > day);

    private sealed class Rewriter(ImmutableHashSet<DefinitionSymbol> unknown) : BoundRewriter
    {
        public override BoundExpression Rewrite(BoundExpression expression) => expression switch
        {
            BoundCategoryReference reference when unknown.Contains(reference.Category) => Constant(expression, false),
            BoundStatusTest test when unknown.Contains(test.Norm) =>
                Constant(expression, (test.Statuses & Outcome.NotApplicable) != Outcome.Nothing),
            // A table that is left out gives nothing.
            BoundHas { Operand: BoundColumn column } when unknown.Contains(column.Column.Table) => Constant(expression, false),
            BoundColumn column when unknown.Contains(column.Column.Table) => new BoundConstant(expression.Syntax, expression.Type, NoneConstant.Instance),
            _ => base.Rewrite(expression),
        };

        public override BoundDeclaration Rewrite(BoundDeclaration declaration) => base.Rewrite(declaration) switch
        {
            BoundNorm norm => norm with { Exemptions = [.. norm.Exemptions.Where(exemption => !unknown.Contains(exemption))] },
            BoundExemption exemption => exemption with { Lifts = [.. exemption.Lifts.Where(norm => !unknown.Contains(norm))] },
            // It belongs to a norm that nobody knew: it never applied.
            BoundDeadline { For: { } norm } deadline when unknown.Contains(norm) => deadline with { For = null, When = Constant(deadline.Due, false) },
            var other => other,
        };

        private static BoundConstant Constant(BoundExpression at, bool value) =>
            new(at.Syntax, TypeSymbol.YesNo, new YesNoConstant(value));
    }
}
