using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;

namespace CccRules.Tests.Promises;

/// <summary>Texts that lack something: what an editor holds while somebody writes.</summary>
/// <param name="everyone">
/// Whether pieces of a long text are tried even where the same kinds of tokens stood in a piece before, with other words and numbers.
/// </param>
internal sealed class UnfinishedTexts(bool everyone)
{
    private readonly HashSet<string> _shapes = new(StringComparer.Ordinal);

    /// <summary>Every beginning of a text, to each character.</summary>
    public static IEnumerable<string> AllBeginnings(SyntaxTree tree) =>
        Enumerable.Range(0, tree.Text.Length).Select(end => tree.Text.Content[..end]);

    /// <summary>
    /// Every beginning that the parser can tell apart: to each token, and to the middle of each, where a word becomes another and a
    /// text in quotes does not end.
    /// </summary>
    public static IEnumerable<string> Beginnings(SyntaxTree tree) =>
        tree.Tokens.SelectMany(token => Ends(token)).Distinct().Select(end => tree.Text.Content[..end]);

    /// <summary>Every text that lacks one token.</summary>
    public static IEnumerable<string> Deletions(SyntaxTree tree) =>
        tree.Tokens.Where(token => token.Span.Length > 0).Select(token => tree.Text.Content.Remove(token.Span.Start, token.Span.Length));

    /// <summary>
    /// The same of a long text by its pieces: where a piece lacks something only the pieces beside it stand around it, so that each text
    /// is short. A piece is a declaration, and of a record a field.
    /// </summary>
    /// <param name="header">What comes before the declarations, in the text of a further module that sees the names of this one.</param>
    public IEnumerable<string> InPieces(SyntaxTree tree, string header)
    {
        var text = tree.Text.Content;
        var declarations = tree.Root.Declarations.Where(declaration => declaration is not (RulesetDeclarationSyntax or UseDeclarationSyntax or RecordDeclarationSyntax)).ToList();
        for (var i = 0; i < declarations.Count; i++)
        {
            foreach (var piece in Lacking(header + Text(i - 1), declarations[i], Text(i + 1), text))
            {
                yield return piece;
            }
        }

        string Text(int index) => index < 0 || index >= declarations.Count ? "" : TextOf(declarations[index], text);
    }

    /// <summary>What begins a file, with the first of its declarations.</summary>
    public IEnumerable<string> OfHeader(SyntaxTree tree)
    {
        var text = tree.Text.Content;
        var head = tree.Root.Declarations.TakeWhile(declaration => declaration is RulesetDeclarationSyntax or UseDeclarationSyntax).ToList();
        var first = tree.Root.Declarations.Skip(head.Count).FirstOrDefault() is { } declaration && declaration is not RecordDeclarationSyntax ? TextOf(declaration, text) : "";
        for (var i = 0; i < head.Count; i++)
        {
            var before = string.Concat(head.Take(i).Select(one => TextOf(one, text)));
            var after = string.Concat(head.Skip(i + 1).Select(one => TextOf(one, text))) + first;
            foreach (var piece in Lacking(before, head[i], after, text))
            {
                yield return piece;
            }
        }
    }

    /// <summary>The record, a few fields at a time. It stands alone: a second record is refused.</summary>
    public IEnumerable<string> OfRecord(SyntaxTree tree)
    {
        var text = tree.Text.Content;
        foreach (var record in tree.Root.Declarations.OfType<RecordDeclarationSyntax>())
        {
            var fields = record.Nodes<FieldDeclarationSyntax>().ToList();
            var head = fields.Count == 0 ? TextOf(record, text) : text[record.FullSpan.Start..fields[0].FullSpan.Start];
            for (var i = 0; i < fields.Count; i++)
            {
                foreach (var piece in Lacking(head + Text(i - 1), fields[i], Text(i + 1), text))
                {
                    yield return piece;
                }
            }

            string Text(int index) => index < 0 || index >= fields.Count ? "" : TextOf(fields[index], text);
        }
    }

    private IEnumerable<string> Lacking(string before, SyntaxNode node, string after, string text)
    {
        var own = TextOf(node, text);
        var tokens = node.DescendantTokens().Where(token => token.Span.Length > 0).ToList();
        var kinds = string.Concat(tokens.Select(token => (char)token.Kind));
        foreach (var (i, token) in tokens.Index())
        {
            // What a beginning ends with tells it apart, and what of a token stands there.
            if (IsNew(kinds[..(i + 1)]))
            {
                foreach (var end in Ends(token))
                {
                    yield return before + own[..(end - node.FullSpan.Start)];
                }
            }

            if (IsNew($"{i} {kinds}"))
            {
                yield return before + own.Remove(token.Span.Start - node.FullSpan.Start, token.Span.Length) + after;
            }
        }

        bool IsNew(string shape) => everyone || _shapes.Add(shape);
    }

    private static IEnumerable<int> Ends(SyntaxToken token) =>
        token.Span.Length > 1 ? [token.Span.Start, token.Span.Start + (token.Span.Length / 2)] : [token.Span.Start];

    private static string TextOf(SyntaxNode node, string text) => text.Substring(node.FullSpan.Start, node.FullSpan.Length);
}
