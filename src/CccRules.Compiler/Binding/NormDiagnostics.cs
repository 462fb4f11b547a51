using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;
using Ways = CccRules.Compiler.Diagnostics.Fixes;

namespace CccRules.Compiler.Binding;

/// <summary>What norms, periods and codes can have wrong: CCC4xxx, CCC5xxx, CCC6xxx. One method a message.</summary>
internal static class NormDiagnostics
{
    private static readonly DiagnosticDescriptor LiftsNothingRule =
        new("CCC4001", "exemption-lifts-nothing", DiagnosticSeverity.Error, "An exemption that names no obligation");

    private static readonly DiagnosticDescriptor EmptyRangeRule =
        new("CCC4005", "empty-range", DiagnosticSeverity.Error, "A range without anything in it");

    private static readonly DiagnosticDescriptor ReversedWindowRule =
        new("CCC5001", "reversed-window", DiagnosticSeverity.Error, "A period that ends before it begins");

    private static readonly DiagnosticDescriptor RoundingNotStatedRule =
        new("CCC5011", "months-rounding-not-stated", DiagnosticSeverity.Error, "Months are added and the ruleset does not say how they are rounded");

    private static readonly DiagnosticDescriptor ParameterDatesRule =
        new("CCC5012", "parameter-dates", DiagnosticSeverity.Error, "Two values of a parameter from one day, or a value without a day beside others");

    private static readonly DiagnosticDescriptor UnknownJurisdictionRule =
        new("CCC5020", "unknown-jurisdiction", DiagnosticSeverity.Error, "A jurisdiction that does not exist");

    private static readonly DiagnosticDescriptor UnknownHsCodeRule =
        new("CCC6001", "unknown-hs-code", DiagnosticSeverity.Error, "An HS code that the nomenclature does not have");

    private static readonly DiagnosticDescriptor HsCodeLengthRule =
        new("CCC6003", "hs-code-length", DiagnosticSeverity.Error, "An HS code with a number of digits that no level has");

    private static readonly DiagnosticDescriptor ReversedHsRangeRule =
        new("CCC6004", "reversed-hs-range", DiagnosticSeverity.Error, "A range of HS codes that ends before it begins");

    private static readonly DiagnosticDescriptor ExceptOutsideRule =
        new("CCC6005", "except-outside", DiagnosticSeverity.Error, "Codes are excepted that are not included");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        LiftsNothingRule,
        EmptyRangeRule,
        ReversedWindowRule,
        RoundingNotStatedRule,
        ParameterDatesRule,
        UnknownJurisdictionRule,
        UnknownHsCodeRule,
        HsCodeLengthRule,
        ReversedHsRangeRule,
        ExceptOutsideRule,
    ];

    public static Diagnostic LiftsNothing(TextLocation at, string name) =>
        new(LiftsNothingRule, at, $"the exemption `{name}` lifts nothing")
        {
            Fixes = [Ways.Advice("add `lifts OBLIGATION`")],
        };

    public static Diagnostic EmptyRange(TextLocation at, string low, string high) =>
        new(EmptyRangeRule, at, $"the range from {low} to {high} is empty");

    public static Diagnostic ReversedWindow(TextLocation at, string from, string until) =>
        new(ReversedWindowRule, at, $"the period ends on {until}, before it begins on {from}");

    public static Diagnostic RoundingNotStated(TextLocation at) =>
        new(RoundingNotStatedRule, at, "the ruleset does not say how months are rounded")
        {
            Notes = ["one month after 31 January is 28 February (`down`) or 1 March (`up`)"],
            Fixes = [Ways.Advice("add `months round down` or `months round up` after `ruleset`")],
        };

    public static Diagnostic ParameterDates(TextLocation at) =>
        new(ParameterDatesRule, at, "each value of a parameter needs its own day")
        {
            Fixes = [Ways.Advice("write `as VALUE from DATE`; only one may stand without a day")],
        };

    public static Diagnostic UnknownJurisdiction(TextLocation at, string name) =>
        new(UnknownJurisdictionRule, at, $"unknown jurisdiction `{name}`")
        {
            Fixes = [Ways.Advice("write a country as in ISO 3166-1 alpha-2, or `EU`")],
        };

    public static Diagnostic UnknownHsCode(TextLocation at, string code, ImmutableArray<Fix> fixes) =>
        new(UnknownHsCodeRule, at, $"the HS code `{code}` is not in the nomenclature HS 2022")
        {
            Fixes = fixes,
        };

    public static Diagnostic HsCodeLength(TextLocation at, string code) =>
        new(HsCodeLengthRule, at, $"the HS code `{code}` has a number of digits that no level has")
        {
            Notes = ["2 digits are a chapter, 4 a heading, 6 a subheading; 7 to 13 add national digits"],
        };

    public static Diagnostic ReversedHsRange(TextLocation at, string first, string last) =>
        new(ReversedHsRangeRule, at, $"the range from `{first}` to `{last}` is empty");

    public static Diagnostic ExceptOutside(TextLocation at) =>
        new(ExceptOutsideRule, at, "the codes after `except` are not among those before it");
}
