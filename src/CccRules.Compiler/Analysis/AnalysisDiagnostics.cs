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

    private static readonly DiagnosticDescriptor RowsOverlapRule =
        new("CCC4010", "rows-overlap", DiagnosticSeverity.Error, "Two rows of a unique table that one record meets");

    private static readonly DiagnosticDescriptor RowNeverHoldsRule =
        new("CCC4011", "unreachable-row", DiagnosticSeverity.Error, "A row of a table that can never be reached");

    private static readonly DiagnosticDescriptor TableNotCheckedRule =
        new("CCC4012", "table-not-checked", DiagnosticSeverity.Info, "A table whose rows were not all compared");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        NeverHoldsRule,
        AlwaysHoldsRule,
        UnreachableGuardRule,
        ExemptionNeverMattersRule,
        RowsOverlapRule,
        RowNeverHoldsRule,
        TableNotCheckedRule,
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

    /// <param name="witness">A record that meets both rows.</param>
    public static Diagnostic RowsOverlap(TextLocation at, string table, TextLocation other, int number, string witness) =>
        new(RowsOverlapRule, at, $"this row and row {number} of the unique table `{table}` can hold for one record")
        {
            Labels = [new DiagnosticLabel(other, "the other row")],
            Notes = [$"both hold for {witness}, for example"],
            Fixes = [Ways.Advice("keep the rows apart, or say `first` behind the table's name where the order decides")],
        };

    public static Diagnostic RowNeverHolds(TextLocation at, string why) =>
        new(RowNeverHoldsRule, at, "the row can never be reached")
        {
            Label = why,
        };

    public static Diagnostic TableNotChecked(TextLocation at, string table) =>
        new(TableNotCheckedRule, at, $"the table `{table}` is too large and its rows are too alike to look for all overlaps");

    private static ImmutableArray<DiagnosticLabel> Label(IEnumerable<TextLocation> places, string text) =>
        [.. places.Take(MostLabels).Select(place => new DiagnosticLabel(place, text))];
}
