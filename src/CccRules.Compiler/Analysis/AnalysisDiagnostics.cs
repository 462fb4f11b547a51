using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;
using Ways = CccRules.Compiler.Diagnostics.Fixes;

namespace CccRules.Compiler.Analysis;

/// <summary>What whole conditions can have wrong: CCC4xxx. One method a message.</summary>
internal static class AnalysisDiagnostics
{
    /// <summary>Parts of a condition that a message points at; the others are like them.</summary>
    private const int MostLabels = 4;

    private static readonly DiagnosticDescriptor NeverHoldsRule =
        new("CCC4002", "condition-never-holds", DiagnosticSeverity.Error, "A condition that no record can meet");

    private static readonly DiagnosticDescriptor AlwaysHoldsRule =
        new("CCC4003", "condition-always-holds", DiagnosticSeverity.Error, "A condition that every record meets");

    private static readonly DiagnosticDescriptor UnreachableGuardRule =
        new("CCC4004", "unreachable-value", DiagnosticSeverity.Error, "A value of a definition that can never be reached");

    private static readonly DiagnosticDescriptor ExemptionNeverMattersRule =
        new("CCC4006", "exemption-never-matters", DiagnosticSeverity.Warning, "An exemption from an obligation that no exempt record has");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        NeverHoldsRule,
        AlwaysHoldsRule,
        UnreachableGuardRule,
        ExemptionNeverMattersRule,
    ];

    public static Diagnostic NeverHolds(TextLocation at, string why, IEnumerable<TextLocation> parts) =>
        new(NeverHoldsRule, at, "the condition can never hold")
        {
            Label = why,
            Labels = Label(parts, "this part"),
        };

    public static Diagnostic AlwaysHolds(TextLocation at, string why, IEnumerable<TextLocation> parts) =>
        new(AlwaysHoldsRule, at, "the condition always holds")
        {
            Label = why,
            Labels = Label(parts, "this part"),
        };

    public static Diagnostic UnreachableGuard(TextLocation at) =>
        new(UnreachableGuardRule, at, "the value can never be reached")
        {
            Label = "the guards before it take every record that it could",
        };

    public static Diagnostic ExemptionNeverMatters(
        TextLocation at, string exemption, string norm, string fact, IEnumerable<TextLocation> ofExemption, IEnumerable<TextLocation> ofNorm) =>
        new(ExemptionNeverMattersRule, at, $"the exemption `{exemption}` can never lift `{norm}`")
        {
            Label = $"no value of `{fact}` meets this and what `{norm}` asks for",
            Labels = [.. Label(ofExemption, "and this"), .. Label(ofNorm, $"`{norm}` asks for this")],
            Fixes = [Ways.Advice($"take `{norm}` out of `lifts`, or mend one of the two conditions")],
        };

    private static ImmutableArray<DiagnosticLabel> Label(IEnumerable<TextLocation> places, string text) =>
        [.. places.Take(MostLabels).Select(place => new DiagnosticLabel(place, text))];
}
