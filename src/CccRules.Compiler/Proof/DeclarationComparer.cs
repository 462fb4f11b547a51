using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax.Nodes;

namespace CccRules.Compiler.Proof;

/// <summary>Which declarations two rulesets write differently, and which of them stand behind a norm.</summary>
internal sealed class DeclarationComparer
{
    private readonly Dictionary<string, (DefinitionSymbol Symbol, string Text)> _old;
    private readonly Dictionary<string, (DefinitionSymbol Symbol, string Text)> _new;
    private readonly Dictionary<string, HashSet<string>> _oldUses;
    private readonly Dictionary<string, HashSet<string>> _newUses;

    public DeclarationComparer(BoundRuleset old, BoundRuleset @new)
    {
        _oldUses = Uses(old, out _old);
        _newUses = Uses(@new, out _new);
    }

    /// <summary>The declarations that differ among those that a norm or category is made of.</summary>
    public ImmutableArray<DeclarationChange> Behind(string name)
    {
        var names = Closure(_oldUses, name);
        names.UnionWith(Closure(_newUses, name));
        return
        [
            .. from used in names.Order(StringComparer.Ordinal)
               let before = _old.GetValueOrDefault(used)
               let after = _new.GetValueOrDefault(used)
               where before.Text != after.Text
               let symbol = after.Symbol ?? before.Symbol
               let difference = before.Symbol is null ? DeclarationDifference.Added : after.Symbol is null ? DeclarationDifference.Removed : DeclarationDifference.Changed
               select new DeclarationChange(symbol, difference, Citations(symbol)),
        ];
    }

    private static ImmutableArray<string> Citations(DefinitionSymbol symbol) =>
        [.. symbol.Citations.Select(citation => citation.Locator is null ? citation.Source.Title : $"{citation.Source.Title}, {citation.Locator}")];

    private static HashSet<string> Closure(Dictionary<string, HashSet<string>> uses, string name)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var stack = new Stack<string>([name]);
        while (stack.TryPop(out var at))
        {
            if (all.Add(at))
            {
                foreach (var next in uses.GetValueOrDefault(at) ?? [])
                {
                    stack.Push(next);
                }
            }
        }

        return all;
    }

    /// <summary>By declaration: what it names.</summary>
    private static Dictionary<string, HashSet<string>> Uses(BoundRuleset ruleset, out Dictionary<string, (DefinitionSymbol Symbol, string Text)> declared)
    {
        var uses = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        declared = new(StringComparer.Ordinal);
        foreach (var declaration in ruleset.Declarations)
        {
            declared[declaration.Symbol.QualifiedName] = (declaration.Symbol, TextOf(declaration.Symbol));
            var own = new HashSet<string>(StringComparer.Ordinal);
            uses[declaration.Symbol.QualifiedName] = own;
            if (declaration is BoundNorm norm)
            {
                own.UnionWith(norm.Exemptions.Select(exemption => exemption.QualifiedName));
            }
            else if (declaration is BoundDeadline { For: { } owner })
            {
                own.Add(owner.QualifiedName);
            }

            var stack = new Stack<BoundExpression>(ClausesOf(declaration).OfType<BoundExpression>());
            while (stack.TryPop(out var part))
            {
                if ((Named(part) ?? Parameter(ruleset, part)) is { } symbol)
                {
                    own.Add(symbol.QualifiedName);
                    declared.TryAdd(symbol.QualifiedName, (symbol, TextOf(symbol)));
                }

                foreach (var inner in part is BoundListCall { Condition: { } condition } ? [condition] : BoundTree.Parts(part))
                {
                    stack.Push(inner);
                }
            }
        }

        return uses;
    }

    private static DefinitionSymbol? Named(BoundExpression part) => part switch
    {
        BoundCategoryReference reference => reference.Category,
        BoundDefineReference reference => reference.Define,
        BoundParameter reference => reference.Parameter,
        BoundQuestion reference => reference.Question,
        BoundStatusTest test => test.Norm,
        BoundColumn column => column.Column.Table,
        _ => null,
    };

    /// <summary>A parameter that never changes is bound to its value; its name stands in the text.</summary>
    private static ParameterSymbol? Parameter(BoundRuleset ruleset, BoundExpression part) =>
        part is BoundConstant { Syntax: NameExpressionSyntax { Name: { HasMissing: false } name } }
            ? ruleset.Parameters.FirstOrDefault(parameter => parameter.QualifiedName == name.Text || parameter.Name == name.Text)
            : null;

    private static IEnumerable<BoundExpression?> ClausesOf(BoundDeclaration declaration) => declaration switch
    {
        BoundDefine define => define.Values.SelectMany(entry => new[] { entry.Value, entry.Guard }),
        BoundCategory category => [category.When, category.Unless],
        BoundExemption exemption => [exemption.When, exemption.Unless, .. Parts(exemption.Windows)],
        BoundNorm norm => [norm.When, norm.Unless, norm.AsOf, norm.Fulfilled, .. Parts(norm.Windows)],
        BoundDeadline deadline => [deadline.When, deadline.Unless, deadline.Due, deadline.Met],
        BoundTable table => table.Inputs,
        _ => [],
    };

    private static IEnumerable<BoundExpression?> Parts(ImmutableArray<BoundWindow> windows) =>
        windows.SelectMany(window => new[] { window.From, window.Until, window.Where });

    /// <summary>The declaration in one line without comments.</summary>
    private static string TextOf(DefinitionSymbol symbol) => string.Join(' ', symbol.Syntax.DescendantTokens().Select(token => token.Text));
}
