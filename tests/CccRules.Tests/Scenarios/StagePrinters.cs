using System.Collections.Frozen;
using System.Text;
using CccRules.Compiler;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Syntax;

namespace CccRules.Tests.Scenarios;

/// <summary>What each stage of the pipeline looks like as text. A new stage is a row here.</summary>
internal static class StagePrinters
{
    private static readonly FrozenDictionary<string, Func<Compilation, string>> Printers =
        new Dictionary<string, Func<Compilation, string>>
        {
            ["tokens"] = compilation => string.Concat(compilation.SyntaxTrees.Select(Tokens)),
            ["tree"] = compilation => string.Concat(compilation.SyntaxTrees.Select(Tree)),
            ["bound"] = compilation => BoundPrinter.Print(compilation.Bound),
            ["ir"] = compilation => IrPrinter.Print(compilation.Ir),
            ["csharp"] = compilation => compilation.Emitted.Source,
            ["diagnostics"] = compilation => DiagnosticRenderer.Render(compilation.Diagnostics),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Stages => Printers.Keys.Order(StringComparer.Ordinal);

    public static string Print(Compilation compilation, string stage) => Printers[stage](compilation);

    private static string Tokens(SyntaxTree tree)
    {
        var text = new StringBuilder();
        foreach (var token in tree.Root.DescendantTokens())
        {
            foreach (var trivia in token.LeadingTrivia.Where(trivia => trivia.Kind is not (SyntaxKind.SpaceTrivia or SyntaxKind.NewLineTrivia)))
            {
                text.Append($"  {trivia.Kind} {trivia.Text}\n");
            }

            text.Append($"{token.Kind} {(token.IsMissing ? "(missing)" : token.Text)}".TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static string Tree(SyntaxTree tree)
    {
        var text = new StringBuilder();
        Tree(tree.Root, 0, text);
        return text.ToString();
    }

    private static void Tree(SyntaxElement element, int depth, StringBuilder text)
    {
        text.Append(' ', depth * 2);
        if (element is SyntaxToken token)
        {
            text.Append(token.IsMissing ? $"{token.Kind} (missing)" : $"{token.Kind} {token.Text}".TrimEnd()).Append('\n');
            return;
        }

        text.Append($"{element.Kind}\n");
        foreach (var child in ((SyntaxNode)element).Children)
        {
            Tree(child, depth + 1, text);
        }
    }
}
