using System.Collections.Immutable;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Syntax;

/// <summary>
/// A piece of the tree as written, with every token. Children are in the order of the text; typed properties of the
/// derived classes find theirs among them, so no node can forget a child. A node has at least one child.
/// </summary>
public abstract class SyntaxNode : SyntaxElement
{
    private protected SyntaxNode(SyntaxKind kind, ImmutableArray<SyntaxElement> children)
        : base(kind)
    {
        Children = children;
        foreach (var child in children)
        {
            child.Parent = this;
        }

        FullSpan = TextSpan.FromBounds(children[0].FullSpan.Start, children[^1].FullSpan.End);
        Span = SpanOf(children);
    }

    public ImmutableArray<SyntaxElement> Children { get; }

    public override TextSpan Span { get; }

    public override TextSpan FullSpan { get; }

    /// <summary>The child nodes of one type, in order.</summary>
    public IEnumerable<T> Nodes<T>() => Children.OfType<T>();

    /// <summary>The first child node of one type; null where the text lacks it.</summary>
    public T? Node<T>()
        where T : class
    {
        foreach (var child in Children)
        {
            if (child is T found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The first own token of a kind that is really there.</summary>
    public SyntaxToken? Token(SyntaxKind kind)
    {
        foreach (var child in Children)
        {
            if (child is SyntaxToken { IsMissing: false } token && token.Kind == kind)
            {
                return token;
            }
        }

        return null;
    }

    public bool Has(SyntaxKind kind) => Token(kind) is not null;

    /// <summary>Every token below, in the order of the text.</summary>
    public IEnumerable<SyntaxToken> DescendantTokens()
    {
        // A stack of our own: nested enumerators would pass each token up through every level.
        var waiting = new Stack<SyntaxElement>();
        PushChildren(this, waiting);
        while (waiting.TryPop(out var element))
        {
            if (element is SyntaxToken token)
            {
                yield return token;
            }
            else
            {
                PushChildren((SyntaxNode)element, waiting);
            }
        }
    }

    /// <summary>This node and every node below, outer first.</summary>
    public IEnumerable<SyntaxNode> DescendantNodes()
    {
        var waiting = new Stack<SyntaxElement>();
        waiting.Push(this);
        while (waiting.TryPop(out var element))
        {
            if (element is SyntaxNode node)
            {
                yield return node;
                PushChildren(node, waiting);
            }
        }
    }

    /// <summary>True where the parser reported an error inside and filled it with a missing token.</summary>
    public bool HasMissing => DescendantTokens().Any(token => token.IsMissing);

    private static void PushChildren(SyntaxNode node, Stack<SyntaxElement> waiting)
    {
        for (var i = node.Children.Length - 1; i >= 0; i--)
        {
            waiting.Push(node.Children[i]);
        }
    }

    /// <summary>From the first to the last part that is really there; empty where nothing is.</summary>
    private static TextSpan SpanOf(ImmutableArray<SyntaxElement> children)
    {
        TextSpan? whole = null;
        foreach (var child in children)
        {
            if (child.Span.Length > 0)
            {
                whole = TextSpan.FromBounds((whole ?? child.Span).Start, child.Span.End);
            }
        }

        return whole ?? new TextSpan(children[0].Span.Start, 0);
    }
}
