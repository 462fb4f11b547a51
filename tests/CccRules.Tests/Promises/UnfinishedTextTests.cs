using System.Text;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Promises;

/// <summary>
/// Whatever is left out of a text, it parses and binds: every beginning of it (to each token and to each seventh character) and
/// every text that lacks one token. So an editor can ask at any time.
/// </summary>
public sealed class UnfinishedTextTests
{
    // Of long rules a part is looked at, unless CCC_FUZZ asks for more: each text is bound with all other files.
    private const int MostCharacters = 2_000_000;

    private static readonly bool IsThorough = int.TryParse(Environment.GetEnvironmentVariable("CCC_FUZZ"), out _);

    public static TheoryData<string> Origins => PromisedRules.Origins;

    [Theory]
    [MemberData(nameof(Origins))]
    public void A_text_that_lacks_something_parses_and_binds(string origin)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rules in PromisedRules.Of(origin))
        {
            var trees = rules.Compilation.SyntaxTrees;
            var length = trees.Sum(tree => (long)tree.Text.Length);
            var share = Math.Max(1, length / 3 * length / MostCharacters);
            foreach (var (index, tree) in trees.Index())
            {
                var variants = Variants(tree).Where((_, i) => IsThorough || i % share == 0).Where(seen.Add);
                foreach (var variant in variants)
                {
                    Assert.Null(FirstFault(variant, tree.Text.Path, trees.RemoveAt(index)));
                }
            }
        }
    }

    private static IEnumerable<string> Variants(SyntaxTree tree)
    {
        var text = tree.Text.Content;
        var ends = tree.Tokens.Select(token => token.Span.Start).Concat(Enumerable.Range(0, text.Length / 7).Select(i => i * 7)).Distinct().Order();
        return ends.Select(end => text[..end])
            .Concat(tree.Tokens.Where(token => token.Span.Length > 0).Select(token => text.Remove(token.Span.Start, token.Span.Length)));
    }

    private static string? FirstFault(string text, string path, IEnumerable<SyntaxTree> others)
    {
        try
        {
            var tree = SyntaxTree.Parse(SourceText.From(path, text));
            var written = tree.Root.DescendantTokens().Aggregate(
                new StringBuilder(),
                (all, token) => token.IsMissing ? all : token.LeadingTrivia.Aggregate(all, (part, trivia) => part.Append(trivia.Text)).Append(token.Text));
            return written.ToString() != text
                ? $"the tree does not give the text back:\n{text}"
                : DiagnosticsPromiseTests.FirstFault(Compilation.Create(others.Prepend(tree))) is { } fault
                    ? $"{fault}\nin:\n{text}"
                    : null;
        }
        catch (Exception fault)
        {
            return $"{fault}\nin:\n{text}";
        }
    }
}
