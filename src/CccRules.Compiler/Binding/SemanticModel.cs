using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;

namespace CccRules.Compiler.Binding;

/// <summary>Answers about one tree: which symbol a name means, which type an expression has. Read-only.</summary>
public sealed class SemanticModel
{
    private readonly SemanticInfo _info;

    internal SemanticModel(SyntaxTree tree, SemanticInfo info)
    {
        Tree = tree;
        _info = info;
    }

    public SyntaxTree Tree { get; }

    /// <summary>The symbol that a node declares (its name or the whole declaration); null where it declares none.</summary>
    public Symbol? GetDeclaredSymbol(SyntaxNode node) => _info.Declared.GetValueOrDefault(node);

    /// <summary>The symbol that a name refers to; null where it does not bind.</summary>
    public Symbol? GetSymbol(SyntaxNode node) => _info.Referred.GetValueOrDefault(node);

    /// <summary>The type of an expression; null where it was not bound.</summary>
    public TypeSymbol? GetType(SyntaxNode node) => _info.Bound.GetValueOrDefault(node)?.Type;

    /// <summary>The bound form of an expression; null where it was not bound.</summary>
    internal BoundExpression? GetBound(SyntaxNode node) => _info.Bound.GetValueOrDefault(node);

    /// <summary>The symbol at a position of the text: declared or referred to by the innermost name there.</summary>
    public Symbol? GetSymbolAt(int position)
    {
        SyntaxNode? node = Tree.Root;
        Symbol? found = null;
        while (node is not null)
        {
            found = GetDeclaredSymbol(node) is { } declared && node.Kind == SyntaxKind.Name ? declared : GetSymbol(node) ?? found;
            node = node.Children.OfType<SyntaxNode>().FirstOrDefault(child => child.Span.Contains(position));
        }

        return found;
    }
}
