using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Syntax.Parsing;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Syntax;

/// <summary>
/// What the parser makes of a text: always a tree, whatever the text, with its own diagnostics. The tokens and their
/// trivia give the text back to the last character.
/// </summary>
public sealed class SyntaxTree
{
    private SyntaxTree(SourceText text, CompilationUnitSyntax root, ImmutableArray<Diagnostic> diagnostics)
    {
        Text = text;
        Root = root;
        Diagnostics = diagnostics;
    }

    public SourceText Text { get; }

    public CompilationUnitSyntax Root { get; }

    /// <summary>Errors of the text alone, in the order of their places.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Parses a text. Never fails; at worst the tree is one skipped piece.</summary>
    /// <param name="limits">What one file may have; null for the usual.</param>
    /// <param name="cancellation">Looked at before the work on a text begins.</param>
    public static SyntaxTree Parse(SourceText text, ParseLimits? limits = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        limits ??= ParseLimits.Default;
        var bag = new DiagnosticBag();
        var root = AntlrToSyntax.Parse(text, limits, bag);
        SyntaxChecks.Check(text, root, limits, bag);
        return new SyntaxTree(text, root, [.. bag.ToImmutable().Take(limits.Errors)]);
    }

    /// <summary>Parses a text given as it stands in a file of that path.</summary>
    public static SyntaxTree Parse(string content, string path = "") => Parse(SourceText.From(path, content));

    /// <summary>Every token, missing ones left out.</summary>
    public IEnumerable<SyntaxToken> Tokens => Root.DescendantTokens().Where(token => !token.IsMissing);

    /// <summary>The files beside the rules that they name, as written.</summary>
    public IEnumerable<string> DataFiles => Root.Declarations
        .SelectMany(declaration => declaration.Nodes<FileClauseSyntax>())
        .SelectMany(clause => clause.Paths)
        .Select(path => path.StringValue())
        .Distinct(StringComparer.Ordinal);

    public TextLocation LocationOf(SyntaxElement element) => Text.GetLocation(element.Span);
}
