using System.Collections.Frozen;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Binding;

/// <summary>Clauses that a declaration may have once.</summary>
internal static class ClauseChecks
{
    private static readonly FrozenDictionary<SyntaxKind, string> Single = new Dictionary<SyntaxKind, string>
    {
        [SyntaxKind.JurisdictionClause] = "jurisdiction",
        [SyntaxKind.VersionClause] = "version",
        [SyntaxKind.MonthsClause] = "months round",
        [SyntaxKind.IssuedClause] = "issued",
        [SyntaxKind.LinkClause] = "link",
        [SyntaxKind.ConfidenceClause] = "confidence",
        [SyntaxKind.OnClause] = "on",
        [SyntaxKind.LedByClause] = "led by",
        [SyntaxKind.JointlyClause] = "jointly with",
        [SyntaxKind.WhenClause] = "when",
        [SyntaxKind.ThatClause] = "that",
        [SyntaxKind.UnlessClause] = "unless",
        [SyntaxKind.AsOfClause] = "as of",
        [SyntaxKind.FulfilledClause] = "fulfilled when",
        [SyntaxKind.OtherwiseClause] = "otherwise",
        [SyntaxKind.KnownClause] = "known on",
        [SyntaxKind.PerShipmentClause] = "per shipment",
        [SyntaxKind.ImpactClause] = "impact",
        [SyntaxKind.LastsClause] = "lasts",
    }.ToFrozenDictionary();

    public static void Check(SyntaxTree tree, DiagnosticBag bag)
    {
        foreach (var declaration in tree.Root.Children.OfType<SyntaxNode>())
        {
            Check(declaration, tree.Text, bag);
        }
    }

    /// <summary>Checks the clauses of one declaration, or of one step of a process.</summary>
    public static void Check(SyntaxNode declaration, SourceText text, DiagnosticBag bag)
    {
        var seen = new HashSet<SyntaxKind>();
        foreach (var clause in declaration.Children.OfType<SyntaxNode>())
        {
            if (Single.TryGetValue(clause.Kind, out var name) && !seen.Add(clause.Kind))
            {
                bag.Add(NameDiagnostics.RepeatedClause(text.GetLocation(clause.Span), name));
            }
        }
    }
}
