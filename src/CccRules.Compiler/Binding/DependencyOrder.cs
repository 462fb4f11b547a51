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
    private static List<DefinitionSymbol> NamedIn(DefinitionSymbol symbol, Scope scope)
    {
        if (symbol is ColumnSymbol own)
        {
            return [own.Table];
        }

        var named = new List<DefinitionSymbol>();
        var seen = new HashSet<DefinitionSymbol>();
        foreach (var node in symbol.Syntax.DescendantNodes())
        {
            foreach (var candidate in node is NameExpressionSyntax name ? Candidates(scope, name.Name) : [])
            {
                if (candidate is DefinitionSymbol definition and not QuestionSymbol)
                {
                    Add(definition is ColumnSymbol column ? column.Table : definition);
                }
            }
        }

        foreach (var norm in symbol.Syntax.Node<ForClauseSyntax>()?.Norm is { } name ? Candidates(scope, name) : [])
        {
            if (norm is NormSymbol owner)
            {
                Add(owner);
            }
        }

        return named;

        void Add(DefinitionSymbol definition)
        {
            if (seen.Add(definition))
            {
                named.Add(definition);
            }
        }
    }

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
