using System.Collections.Immutable;
using System.Text;
using CccRules.Compiler;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;
using Xunit.Abstractions;

namespace CccRules.Tests.Promises;

/// <summary>
/// Whatever is left out of a text, it parses and binds: every beginning of it, and every text that lacks one token. So an editor
/// can ask at any time. Scenarios are tried whole, shipped rules by their pieces, each sequence of kinds of tokens once; with
/// <c>CCC_FUZZ</c> shipped rules whole and every beginning to the character.
/// </summary>
public sealed class UnfinishedTextTests(ITestOutputHelper output)
{
    /// <summary>Pieces that are bound together, each a module of its own: binding the rules around them is what takes the time.</summary>
    private const int PiecesAtOnce = 250;

    private static readonly bool IsThorough = int.TryParse(Environment.GetEnvironmentVariable("CCC_FUZZ"), out _);

    public static TheoryData<string> Origins => PromisedRules.Origins;

    public static TheoryData<string> ShippedFiles => [.. Shipped.SelectMany(rules => rules.Files).Select(file => file.Path)];

    private static IEnumerable<PromisedRules> Shipped => PromisedRules.All.Where(rules => rules.Section is null);

    [Theory]
    [MemberData(nameof(Origins))]
    public void A_scenario_that_lacks_something_parses_and_binds(string origin)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rules in PromisedRules.Of(origin).Where(rules => IsThorough || rules.Section is not null))
        {
            var trees = rules.Compilation.SyntaxTrees;
            foreach (var (index, tree) in trees.Index())
            {
                var texts = (IsThorough ? UnfinishedTexts.AllBeginnings(tree) : UnfinishedTexts.Beginnings(tree)).Concat(UnfinishedTexts.Deletions(tree));
                foreach (var text in texts.Where(seen.Add))
                {
                    Assert.Null(FirstFault([SourceText.From(tree.Text.Path, text)], trees.RemoveAt(index)));
                }
            }
        }

        output.WriteLine($"{seen.Count} texts");
    }

    [Theory]
    [MemberData(nameof(ShippedFiles))]
    public void A_piece_of_shipped_rules_that_lacks_something_parses_and_binds(string path)
    {
        var rules = Shipped.Single(rules => rules.Files.Any(file => file.Path == path));
        var trees = rules.Compilation.SyntaxTrees;
        var tree = trees.Single(tree => tree.Text.Path == path);
        var header = $"use {tree.Root.Ruleset?.ModuleName?.Text}\n"
            + string.Concat(tree.Root.Declarations.OfType<UseDeclarationSyntax>().Select(use => $"use {use.ModuleName?.Text}\n"));
        var count = 0;
        var texts = new UnfinishedTexts(everyone: IsThorough);
        foreach (var pieces in texts.InPieces(tree, header).Chunk(PiecesAtOnce))
        {
            Assert.Null(FirstFault([.. pieces.Select((piece, i) => SourceText.From($"piece{i}.ccc", $"ruleset piece{i}\nmonths round down\n{piece}"))], trees));
            count += pieces.Length;
        }

        foreach (var piece in texts.OfHeader(tree))
        {
            Assert.Null(FirstFault([SourceText.From(path, piece)], []));
            count++;
        }

        foreach (var piece in texts.OfRecord(tree))
        {
            Assert.Null(FirstFault([SourceText.From(path, piece)], []));
            count++;
        }

        output.WriteLine($"{count} texts");
    }

    /// <summary>What is wrong with some texts beside others; of several only the one that is at fault is told.</summary>
    private static string? FirstFault(ImmutableArray<SourceText> texts, ImmutableArray<SyntaxTree> others)
    {
        if (FaultOf(texts, others) is not { } fault)
        {
            return null;
        }

        var half = texts.Length / 2;
        return texts.Length == 1
            ? $"{fault}\nin:\n{texts[0].Content}"
            : FirstFault(texts[..half], others) ?? FirstFault(texts[half..], others) ?? $"{fault}\nonly of all of these together";
    }

    private static string? FaultOf(ImmutableArray<SourceText> texts, ImmutableArray<SyntaxTree> others)
    {
        try
        {
            var trees = texts.Select(text => SyntaxTree.Parse(text)).ToList();
            return trees.Any(tree => Written(tree) != tree.Text.Content)
                ? "the tree does not give the text back"
                : DiagnosticsPromiseTests.FirstFault(Compilation.Create([.. trees, .. others]));
        }
        catch (Exception fault)
        {
            return fault.ToString();
        }
    }

    private static string Written(SyntaxTree tree)
    {
        var all = new StringBuilder(tree.Text.Length);
        foreach (var token in tree.Root.DescendantTokens().Where(token => !token.IsMissing))
        {
            foreach (var trivia in token.LeadingTrivia)
            {
                all.Append(trivia.Text);
            }

            all.Append(token.Text);
        }

        return all.ToString();
    }
}
