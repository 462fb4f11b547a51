using System.Collections.Immutable;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax.Nodes;

namespace CccRules.Compiler.Binding;

/// <summary>
/// An order in which each definition comes after those it names, found from the names alone. A name may turn out to be a
/// member of an enumeration, so the order can hold more than is needed, never less. Long chains take no stack.
/// </summary>
internal static class DependencyOrder
{
    public static ImmutableArray<DefinitionSymbol> Of(IReadOnlyList<(DefinitionSymbol Symbol, Scope Scope)> definitions)
    {
        var needs = definitions.ToDictionary(entry => entry.Symbol, entry => NamedIn(entry.Symbol, entry.Scope));
        foreach (var (exemption, scope) in definitions.Where(entry => entry.Symbol is ExemptionSymbol))
        {
            foreach (var norm in exemption.Syntax.Nodes<LiftsClauseSyntax>().SelectMany(lifts => lifts.Norms).SelectMany(name => Candidates(scope, name).AsEnumerable()).OfType<NormSymbol>())
            {
                needs[norm].Add(exemption);
            }
        }

        var order = ImmutableArray.CreateBuilder<DefinitionSymbol>(definitions.Count);
        var seen = new HashSet<DefinitionSymbol>();
        var pending = new Stack<(DefinitionSymbol Symbol, int Next)>();
        foreach (var (start, _) in definitions)
        {
            if (seen.Add(start))
            {
                pending.Push((start, 0));
            }

            while (pending.TryPop(out var visit))
            {
                var list = needs[visit.Symbol];
                if (visit.Next == list.Count)
                {
                    order.Add(visit.Symbol);
                    continue;
                }

                pending.Push((visit.Symbol, visit.Next + 1));
                if (seen.Add(list[visit.Next]))
                {
                    pending.Push((list[visit.Next], 0));
                }
            }
        }

        return order.ToImmutable();
    }

    /// <summary>A deadline also needs the norm that it belongs to.</summary>
    private static List<DefinitionSymbol> NamedIn(DefinitionSymbol symbol, Scope scope) =>
        symbol is ColumnSymbol own ? [own.Table] : [.. symbol.Syntax.DescendantNodes().OfType<NameExpressionSyntax>()
            .SelectMany(name => Candidates(scope, name.Name).AsEnumerable())
            .OfType<DefinitionSymbol>()
            .Select(named => named is ColumnSymbol column ? column.Table : named)
            .Where(named => named is not QuestionSymbol)
            .Concat(symbol.Syntax.Node<ForClauseSyntax>()?.Norm is { } norm ? Candidates(scope, norm).OfType<NormSymbol>() : [])
            .Distinct()];

    private static ImmutableArray<Symbol> Candidates(Scope scope, QualifiedNameSyntax name)
    {
        if (name.Children is [NameSyntax only])
        {
            return scope.Find(only.Text);
        }

        var parts = name.Parts.Select(part => part.Text).ToList();

        return scope.Modules.TryGetValue(string.Join('.', parts.SkipLast(1)), out var other) && other.FindOwn(parts[^1]) is { } found ? [found] : [];
    }
}
