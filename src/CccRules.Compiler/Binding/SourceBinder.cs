using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;

namespace CccRules.Compiler.Binding;

/// <summary>What sources and authorities name: the sources they replace, the authority above. Neither may come round to itself.</summary>
internal sealed class SourceBinder(DiagnosticBag bag, SemanticInfo info)
{
    public void Bind(IReadOnlyList<(Scope Scope, SyntaxTree Tree)> scopes)
    {
        foreach (var (scope, tree) in scopes)
        {
            foreach (var declaration in tree.Root.Declarations)
            {
                switch (info.Declared.GetValueOrDefault(declaration))
                {
                    case SourceSymbol source:
                        source.Replaces = [.. ((SourceDeclarationSyntax)declaration).Replaces.SelectMany(clause => clause.Sources)
                            .Select(name => scope.Resolve<SourceSymbol>(name, "source", bag, info)).OfType<SourceSymbol>()];
                        break;
                    case AuthoritySymbol authority:
                        authority.Superior = scope.Resolve<AuthoritySymbol>(((AuthorityDeclarationSyntax)declaration).ParentAuthority?.Authority, "authority", bag, info);
                        break;
                }
            }
        }

        var symbols = scopes.SelectMany(entry => entry.Scope.Own).ToImmutableArray();
        ReportCycles(symbols.OfType<SourceSymbol>(), source => source.Replaces);
        ReportCycles(symbols.OfType<AuthoritySymbol>(), authority => authority.Superior is { } superior ? [superior] : []);
    }

    /// <summary>Walks without recursion: chains may be as long as a ruleset. A circle is reported once.</summary>
    private void ReportCycles<T>(IEnumerable<T> symbols, Func<T, ImmutableArray<T>> next)
        where T : Symbol
    {
        var done = new HashSet<T>();
        foreach (var start in symbols)
        {
            var path = new List<(T Symbol, int Next)> { (start, 0) };
            while (path.Count > 0)
            {
                var (symbol, index) = path[^1];
                var named = next(symbol);
                if (done.Contains(symbol) || index == named.Length)
                {
                    done.Add(symbol);
                    path.RemoveAt(path.Count - 1);
                    continue;
                }

                path[^1] = (symbol, index + 1);
                var from = path.FindIndex(step => step.Symbol == named[index]);
                if (from < 0)
                {
                    path.Add((named[index], 0));
                }
                else
                {
                    bag.Add(NameDiagnostics.Cycle(symbol.Location, [.. path.Skip(from).Select(step => step.Symbol), named[index]]));
                }
            }
        }
    }
}
