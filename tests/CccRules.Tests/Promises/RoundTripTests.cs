using System.Text;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Promises;

/// <summary>A tree holds the whole text, each piece at its place.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<string> Origins => PromisedRules.Origins;

    [Theory]
    [MemberData(nameof(Origins))]
    public void Tokens_and_trivia_give_the_text_back(string origin) =>
        Assert.All(Trees(origin), tree => Assert.Equal(tree.Text.Content, Written(tree)));

    [Theory]
    [MemberData(nameof(Origins))]
    public void Each_piece_begins_where_the_one_before_ends(string origin) =>
        Assert.All(Trees(origin), tree =>
        {
            var position = 0;
            foreach (var (span, text) in tree.Root.DescendantTokens().SelectMany(Pieces))
            {
                Assert.Equal(position, span.Start);
                Assert.Equal(text, tree.Text.ToString(span));
                position = span.End;
            }

            Assert.Equal(tree.Text.Length, position);
        });

    [Theory]
    [MemberData(nameof(Origins))]
    public void A_node_spans_its_children_and_knows_its_parent(string origin) =>
        Assert.All(Trees(origin).SelectMany(tree => tree.Root.DescendantNodes()), node =>
        {
            Assert.NotEmpty(node.Children);
            Assert.All(node.Children, child =>
            {
                Assert.Same(node, child.Parent);
                Assert.True(node.FullSpan.Contains(child.FullSpan), $"{node.Kind} {node.FullSpan} and its child {child.Kind} {child.FullSpan}");
                Assert.True(child.FullSpan.Contains(child.Span), $"{child.Kind} {child.FullSpan} {child.Span}");
            });
        });

    private static IEnumerable<SyntaxTree> Trees(string origin) => PromisedRules.Of(origin).SelectMany(rules => rules.Compilation.SyntaxTrees);

    private static string Written(SyntaxTree tree) =>
        tree.Root.DescendantTokens().SelectMany(Pieces).Aggregate(new StringBuilder(), (text, piece) => text.Append(piece.Text)).ToString();

    private static IEnumerable<(TextSpan Span, string Text)> Pieces(SyntaxToken token) =>
        token.IsMissing ? [] : [.. token.LeadingTrivia.Select(trivia => (trivia.Span, trivia.Text)), (token.Span, token.Text)];
}
