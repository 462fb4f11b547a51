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
        Cycles.Report(symbols.OfType<SourceSymbol>(), source => source.Replaces, bag);
        Cycles.Report(symbols.OfType<AuthoritySymbol>(), authority => authority.Superior is { } superior ? [superior] : [], bag);
    }
}
