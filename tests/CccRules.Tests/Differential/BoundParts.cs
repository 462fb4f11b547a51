using CccRules.Compiler.Binding;

namespace CccRules.Tests.Differential;

/// <summary>Every expression of bound rules.</summary>
internal static class BoundParts
{
    public static IEnumerable<BoundExpression> All(BoundRuleset rules) => rules.Declarations.SelectMany(Roots).OfType<BoundExpression>().SelectMany(Of);

    /// <summary>An expression and all its parts.</summary>
    public static IEnumerable<BoundExpression> Of(BoundExpression expression) =>
        BoundTree.Parts(expression).Concat(expression is BoundListCall { Condition: { } condition } ? [condition] : []).SelectMany(Of).Prepend(expression);

    private static IEnumerable<BoundExpression?> Roots(BoundDeclaration declaration) => declaration switch
    {
        BoundDefine define => define.Values.SelectMany(value => new[] { value.Value, value.Guard }),
        BoundTable table => table.Inputs,
        BoundCategory category => [category.When, category.Unless],
        BoundExemption exemption => [exemption.When, exemption.Unless, .. Windows(exemption.Windows)],
        BoundDeadline deadline => [deadline.When, deadline.Unless, deadline.Due, deadline.Met],
        BoundNorm norm => [norm.When, norm.Unless, norm.AsOf, norm.Fulfilled, .. Windows(norm.Windows)],
        _ => throw new NotSupportedException(declaration.GetType().Name),
    };

    private static IEnumerable<BoundExpression?> Windows(IEnumerable<BoundWindow> windows) =>
        windows.SelectMany(window => new[] { window.From, window.Until, window.Where });
}
