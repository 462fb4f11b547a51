using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Proof;

/// <summary>What proofs find: CCC7xxx. One method a message.</summary>
internal static class ProofDiagnostics
{
    private const int MostLabels = 4;

    private static readonly DiagnosticDescriptor NeverHoldsRule =
        new("CCC7001", "proved-never-holds", DiagnosticSeverity.Warning, "A condition over several facts that no record can meet");

    private static readonly DiagnosticDescriptor AlwaysHoldsRule =
        new("CCC7002", "proved-always-holds", DiagnosticSeverity.Warning, "A condition over several facts that every record meets");

    private static readonly DiagnosticDescriptor NeverMattersRule =
        new("CCC7003", "proved-never-matters", DiagnosticSeverity.Warning, "A norm, category, guard, or window that changes no answer");

    private static readonly DiagnosticDescriptor ExemptionNeverMeetsRule =
        new("CCC7004", "proved-exemption-never-meets", DiagnosticSeverity.Warning, "An exemption that meets no record of what it lifts");

    private static readonly DiagnosticDescriptor ExemptionAlwaysLiftsRule =
        new("CCC7005", "proved-exemption-always-lifts", DiagnosticSeverity.Warning, "An exemption that lifts an obligation wherever it is in force");

    private static readonly DiagnosticDescriptor EqualCategoriesRule =
        new("CCC7006", "proved-equal-categories", DiagnosticSeverity.Warning, "Two categories that hold for the same records");

    private static readonly DiagnosticDescriptor CategoryInsideRule =
        new("CCC7007", "proved-category-inside", DiagnosticSeverity.Info, "A category that lies inside another one");

    private static readonly DiagnosticDescriptor ConflictRule =
        new("CCC7008", "proved-conflict", DiagnosticSeverity.Warning, "Obligations of one actor that no record can fulfil together");

    private static readonly DiagnosticDescriptor GapRule =
        new("CCC7009", "proved-gap", DiagnosticSeverity.Warning, "Days between two periods on which neither is in force");

    private static readonly DiagnosticDescriptor OverlapRule =
        new("CCC7010", "proved-overlap", DiagnosticSeverity.Info, "Days on which two periods are in force that end and begin");

    private static readonly DiagnosticDescriptor QuestionChangesNothingRule =
        new("CCC7011", "proved-question-changes-nothing", DiagnosticSeverity.Warning, "A question whose answer changes nothing");

    private static readonly DiagnosticDescriptor ClaimRefutedRule =
        new("CCC7012", "claim-refuted", DiagnosticSeverity.Error, "A claim that a record refutes");

    private static readonly DiagnosticDescriptor FulfilmentFixedRule =
        new("CCC7013", "proved-fulfilment-fixed", DiagnosticSeverity.Warning, "An obligation that can never be fulfilled, or never breached");

    private static readonly DiagnosticDescriptor ParameterGapRule =
        new("CCC7014", "proved-parameter-gap", DiagnosticSeverity.Warning, "A parameter that is asked for on a day before its first value");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        NeverHoldsRule, AlwaysHoldsRule, NeverMattersRule, ExemptionNeverMeetsRule, ExemptionAlwaysLiftsRule, EqualCategoriesRule,
        CategoryInsideRule, ConflictRule, GapRule, OverlapRule, QuestionChangesNothingRule, ClaimRefutedRule, FulfilmentFixedRule,
        ParameterGapRule,
    ];

    public static Diagnostic NeverHolds(TextLocation at, IEnumerable<TextLocation> parts) =>
        new(NeverHoldsRule, at, "no record meets this condition") { Label = "never holds", Labels = Label(parts, "together with this") };

    public static Diagnostic AlwaysHolds(TextLocation at) =>
        new(AlwaysHoldsRule, at, "every record whose facts are known meets this condition") { Label = "always holds" };

    public static Diagnostic NeverMatters(TextLocation at, string what, string why, IEnumerable<TextLocation> because) =>
        new(NeverMattersRule, at, $"{what} never matters") { Label = why, Labels = Label(because, "because of this") };

    public static Diagnostic ExemptionNeverMeets(TextLocation at, string exemption, string norm, string why, TextLocation ofNorm) =>
        new(ExemptionNeverMeetsRule, at, $"the exemption `{exemption}` never meets `{norm}`") { Label = why, Labels = Label([ofNorm], "what it lifts") };

    public static Diagnostic ExemptionAlwaysLifts(TextLocation at, string exemption, string norm, TextLocation ofNorm) =>
        new(ExemptionAlwaysLiftsRule, at, $"the exemption `{exemption}` lifts `{norm}` wherever that is in force")
        {
            Label = "holds for every record that the obligation binds",
            Labels = Label([ofNorm], "what it lifts"),
        };

    public static Diagnostic EqualCategories(TextLocation at, string category, string other, TextLocation ofOther) =>
        new(EqualCategoriesRule, at, $"the categories `{category}` and `{other}` hold for the same records") { Label = "this one", Labels = Label([ofOther], "and this one") };

    public static Diagnostic CategoryInside(TextLocation at, string category, string other, TextLocation ofOther) =>
        new(CategoryInsideRule, at, $"the category `{category}` lies inside `{other}`") { Label = "every record of this", Labels = Label([ofOther], "is one of this") };

    public static Diagnostic Conflict(TextLocation at, string norm, string other, string actor, TextLocation ofOther) =>
        new(ConflictRule, at, $"no record that `{norm}` and `{other}` both bind can fulfil both")
        {
            Label = $"binds {actor}",
            Labels = Label([ofOther], $"binds {actor} as well"),
        };

    public static Diagnostic Gap(TextLocation at, string norm, string from, string until, TextLocation next) =>
        new(GapRule, at, $"`{norm}` has a gap from {from} to {until}") { Label = "the last day of this period", Labels = Label([next], "the next period begins here") };

    public static Diagnostic Overlap(TextLocation at, string norm, TextLocation other) =>
        new(OverlapRule, at, $"two periods of `{norm}` overlap") { Label = "this period", Labels = Label([other], "and this one") };

    public static Diagnostic QuestionChangesNothing(TextLocation at, string question) =>
        new(QuestionChangesNothingRule, at, $"the answer to the question `{question}` changes nothing") { Label = "every outcome and category is the same with yes and with no" };

    public static Diagnostic ClaimRefuted(TextLocation at, string claim) =>
        new(ClaimRefutedRule, at, $"the claim does not hold: {claim}") { Label = "the record below refutes it" };

    public static Diagnostic FulfilmentFixed(TextLocation at, string norm, bool isAlways) =>
        new(FulfilmentFixedRule, at, $"`{norm}` can never be {(isAlways ? "breached" : "fulfilled")}")
        {
            Label = isAlways ? "every record that it binds meets this" : "no record that it binds meets this",
        };

    public static Diagnostic ParameterGap(TextLocation at, string norm, string parameter, string day, TextLocation ofParameter) =>
        new(ParameterGapRule, at, $"`{norm}` asks for `{parameter}` on days before its first value")
        {
            Label = $"there is no value before {day}, and comparisons with it do not hold",
            Labels = Label([ofParameter], "the parameter"),
        };

    private static ImmutableArray<DiagnosticLabel> Label(IEnumerable<TextLocation> places, string text) =>
        [.. places.Take(MostLabels).Select(place => new DiagnosticLabel(place, text))];
}
