using System.Collections.Immutable;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Syntax;

/// <summary>A node or a token of a syntax tree.</summary>
public abstract class SyntaxElement
{
    private protected SyntaxElement(SyntaxKind kind)
    {
        Kind = kind;
    }

    public SyntaxKind Kind { get; }

    /// <summary>The node that this is a part of; null for the root.</summary>
    public SyntaxNode? Parent { get; internal set; }

    /// <summary>The text of the element without the trivia around it.</summary>
    public abstract TextSpan Span { get; }

    /// <summary>The text of the element with the trivia that belongs to its tokens.</summary>
    public abstract TextSpan FullSpan { get; }
}

/// <summary>Space, a comment, or text that the parser had to skip: kept, so that the tokens give the whole text back.</summary>
public readonly record struct SyntaxTrivia(SyntaxKind Kind, TextSpan Span, string Text);

/// <summary>
/// The smallest piece of syntax, with the trivia before it. All trivia leads; what stands at the end of a file leads
/// the end-of-file token.
/// </summary>
public sealed class SyntaxToken : SyntaxElement
{
    internal SyntaxToken(SyntaxKind kind, TextSpan span, string text, ImmutableArray<SyntaxTrivia> leadingTrivia, bool isMissing = false)
        : base(kind)
    {
        Span = span;
        Text = text;
        LeadingTrivia = leadingTrivia;
        IsMissing = isMissing;
    }

    /// <summary>The token as written; empty where it is missing.</summary>
    public string Text { get; }

    public ImmutableArray<SyntaxTrivia> LeadingTrivia { get; }

    /// <summary>The parser expected the token and did not find it.</summary>
    public bool IsMissing { get; }

    public override TextSpan Span { get; }

    public override TextSpan FullSpan
    {
        get
        {
            var start = LeadingTrivia.IsEmpty ? Span.Start : LeadingTrivia[0].Span.Start;
            return new TextSpan(start, Span.End - start);
        }
    }

    public override string ToString() => Text;
}
