using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Analysis;

/// <summary>What whole conditions can have wrong: CCC4xxx. One method a message.</summary>
internal static class AnalysisDiagnostics
{
    private static readonly DiagnosticDescriptor NeverHoldsRule =
        new("CCC4002", "condition-never-holds", DiagnosticSeverity.Error, "A condition that no record can meet");

    private static readonly DiagnosticDescriptor AlwaysHoldsRule =
        new("CCC4003", "condition-always-holds", DiagnosticSeverity.Error, "A condition that every record meets");

    private static readonly DiagnosticDescriptor UnreachableGuardRule =
        new("CCC4004", "unreachable-value", DiagnosticSeverity.Error, "A value of a definition that can never be reached");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        NeverHoldsRule,
        AlwaysHoldsRule,
        UnreachableGuardRule,
    ];

    public static Diagnostic NeverHolds(TextLocation at, string why) =>
        new(NeverHoldsRule, at, "the condition can never hold")
        {
            Label = why,
        };

    public static Diagnostic AlwaysHolds(TextLocation at, string why) =>
        new(AlwaysHoldsRule, at, "the condition always holds")
        {
            Label = why,
        };

    public static Diagnostic UnreachableGuard(TextLocation at) =>
        new(UnreachableGuardRule, at, "the value can never be reached")
        {
            Label = "the guards before it take every record that it could",
        };
}
