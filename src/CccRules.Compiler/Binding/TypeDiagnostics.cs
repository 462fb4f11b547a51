using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Reference;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using Ways = CccRules.Compiler.Diagnostics.Fixes;

namespace CccRules.Compiler.Binding;

/// <summary>What types, units and arithmetic can have wrong: CCC3xxx. One method a message.</summary>
internal static class TypeDiagnostics
{
    private static readonly DiagnosticDescriptor CannotCompareRule =
        new("CCC3001", "cannot-compare", DiagnosticSeverity.Error, "Two types that do not compare");

    private static readonly DiagnosticDescriptor NotAConditionRule =
        new("CCC3002", "not-a-condition", DiagnosticSeverity.Error, "A condition is expected and a value stands there");

    private static readonly DiagnosticDescriptor UnknownMemberRule =
        new("CCC3003", "unknown-member", DiagnosticSeverity.Error, "A name that an enumeration does not have");

    private static readonly DiagnosticDescriptor NotOrderedRule =
        new("CCC3004", "not-ordered", DiagnosticSeverity.Error, "An ordering of values that have none");

    private static readonly DiagnosticDescriptor UnknownUnitRule =
        new("CCC3005", "unknown-unit", DiagnosticSeverity.Error, "A unit that the language does not know");

    private static readonly DiagnosticDescriptor UnitNeededRule =
        new("CCC3006", "unit-needed", DiagnosticSeverity.Error, "A bare number where a unit is needed");

    private static readonly DiagnosticDescriptor DifferentUnitsRule =
        new("CCC3007", "different-units", DiagnosticSeverity.Error, "Units that do not convert into each other");

    private static readonly DiagnosticDescriptor UnknownCurrencyRule =
        new("CCC3008", "unknown-currency", DiagnosticSeverity.Error, "A currency that does not exist");

    private static readonly DiagnosticDescriptor TypeNeedsMoreRule =
        new("CCC3009", "incomplete-type", DiagnosticSeverity.Error, "A type that needs a unit or currency");

    private static readonly DiagnosticDescriptor NotANumberRule =
        new("CCC3011", "not-a-number", DiagnosticSeverity.Error, "Arithmetic with something that is no number");

    private static readonly DiagnosticDescriptor NotLinearRule =
        new("CCC3012", "product-of-facts", DiagnosticSeverity.Error, "Two facts multiplied or divided");

    private static readonly DiagnosticDescriptor DivisionByZeroRule =
        new("CCC3013", "division-by-zero", DiagnosticSeverity.Error, "A division by zero");

    private static readonly DiagnosticDescriptor WrongTypeRule =
        new("CCC3014", "wrong-type", DiagnosticSeverity.Error, "A value of another type than the place needs");

    private static readonly DiagnosticDescriptor OtherwiseMissingRule =
        new("CCC3015", "otherwise-missing", DiagnosticSeverity.Error, "A guarded definition does not say what holds otherwise");

    private static readonly DiagnosticDescriptor GuardAfterOtherwiseRule =
        new("CCC3016", "value-after-otherwise", DiagnosticSeverity.Error, "A value after the one that holds otherwise");

    private static readonly DiagnosticDescriptor NoneNotAllowedRule =
        new("CCC3019", "none-not-allowed", DiagnosticSeverity.Error, "`none` where the fact cannot be known not to be there");

    private static readonly DiagnosticDescriptor NotADateRule =
        new("CCC3020", "not-a-date", DiagnosticSeverity.Error, "A date that the calendar does not have");

    private static readonly DiagnosticDescriptor DifferentDurationsRule =
        new("CCC3021", "different-durations", DiagnosticSeverity.Error, "Days compared with months");

    private static readonly DiagnosticDescriptor TooLargeRule =
        new("CCC3022", "number-too-large", DiagnosticSeverity.Error, "A number that no record can hold");

    private static readonly DiagnosticDescriptor UnknownCountryRule =
        new("CCC3024", "unknown-country", DiagnosticSeverity.Error, "A country code that does not exist");

    private static readonly DiagnosticDescriptor BadPatternRule =
        new("CCC3025", "pattern", DiagnosticSeverity.Error, "A pattern that cannot be matched in linear time");

    private static readonly DiagnosticDescriptor TooManyMembersRule =
        new("CCC3026", "too-many-members", DiagnosticSeverity.Error, "An enumeration with too many members");

    private static readonly DiagnosticDescriptor AtNeedsParameterRule =
        new("CCC3027", "at-needs-parameter", DiagnosticSeverity.Error, "`at` after something whose value does not change with time");

    private static readonly DiagnosticDescriptor NotConstantRule =
        new("CCC3028", "not-constant", DiagnosticSeverity.Error, "A parameter whose value depends on a record");

    private static readonly DiagnosticDescriptor UnknownStatusRule =
        new("CCC3029", "unknown-status", DiagnosticSeverity.Error, "A status that a norm cannot have");

    private static readonly DiagnosticDescriptor NormIsNoConditionRule =
        new("CCC3030", "norm-is-no-condition", DiagnosticSeverity.Error, "A norm where a condition is expected");

    private static readonly DiagnosticDescriptor CountOutOfRangeRule =
        new("CCC3031", "count-out-of-range", DiagnosticSeverity.Error, "`at least` more than there are");

    private static readonly DiagnosticDescriptor CompareHsWithUnderRule =
        new("CCC3032", "hs-code-compared", DiagnosticSeverity.Error, "An HS code compared as if it were a number");

    private static readonly DiagnosticDescriptor MixedDurationRule =
        new("CCC3033", "mixed-duration", DiagnosticSeverity.Error, "A duration of months and days where one of them is needed");

    private static readonly DiagnosticDescriptor TooComplexRule =
        new("CCC3034", "arithmetic-too-large", DiagnosticSeverity.Error, "Arithmetic that could leave the exact range");

    private static readonly DiagnosticDescriptor NotMembersRule =
        new("CCC3035", "not-a-set", DiagnosticSeverity.Error, "`has` after something that is no set");

    private static readonly DiagnosticDescriptor ParameterTypeRule =
        new("CCC3036", "parameter-type", DiagnosticSeverity.Error, "A parameter of a type that no rule can compare it with");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        CannotCompareRule,
        NotAConditionRule,
        UnknownMemberRule,
        NotOrderedRule,
        UnknownUnitRule,
        UnitNeededRule,
        DifferentUnitsRule,
        UnknownCurrencyRule,
        TypeNeedsMoreRule,
        NotANumberRule,
        NotLinearRule,
        DivisionByZeroRule,
        WrongTypeRule,
        OtherwiseMissingRule,
        GuardAfterOtherwiseRule,
        NoneNotAllowedRule,
        NotADateRule,
        DifferentDurationsRule,
        TooLargeRule,
        UnknownCountryRule,
        BadPatternRule,
        TooManyMembersRule,
        AtNeedsParameterRule,
        NotConstantRule,
        UnknownStatusRule,
        NormIsNoConditionRule,
        CountOutOfRangeRule,
        CompareHsWithUnderRule,
        MixedDurationRule,
        TooComplexRule,
        NotMembersRule,
        ParameterTypeRule,
    ];

    public static Diagnostic CannotCompare(TextLocation at, TypeSymbol left, TypeSymbol right) =>
        new(CannotCompareRule, at, $"cannot compare `{left}` with `{right}`");

    /// <summary>A value in quotes beside one that is written without.</summary>
    public static Diagnostic NeedsNoQuotes(TextLocation at, TypeSymbol left, TextLocation quoted, string value) =>
        CannotCompare(at, left, TypeSymbol.Text) with
        {
            Fixes = [Ways.Replace(quoted, Spelling(value), $"a {Noun(left)} is written without quotes: `{Spelling(value)}`")],
        };

    public static Diagnostic CompareSetWithHas(TextLocation at, TypeSymbol set, TypeSymbol? other, string example) =>
        new(CannotCompareRule, at, other is null ? $"`{set}` is not compared" : $"cannot compare `{set}` with `{other}`")
        {
            Fixes = [Ways.Advice($"ask which members a set has: `{example}`")],
        };

    private static string Noun(TypeSymbol type) => type.Kind switch
    {
        TypeKind.Date => "date",
        TypeKind.Country => "country",
        _ => "member",
    };

    public static Diagnostic NotACondition(TextLocation at, TypeSymbol found) =>
        new(NotAConditionRule, at, $"expected a condition, found a value of type `{found}`")
        {
            Fixes = [Ways.Advice("compare it with something")],
        };

    public static Diagnostic UnknownMember(TextLocation at, string name, EnumerationSymbol enumeration, TypeKind kind = TypeKind.Member) =>
        new(UnknownMemberRule, at, $"`{name}` is not a member of `{TypeSymbol.Error with { Kind = kind, Enumeration = enumeration }}`")
        {
            Fixes = Suggestions.Rename(at, name, enumeration.Members, "member", Spelling),
        };

    public static Diagnostic NotOrdered(TextLocation at, TypeSymbol type) =>
        new(NotOrderedRule, at, $"`{type}` has no order")
        {
            Fixes = [Ways.Advice("use `=`, `<>`, `in`, or `has`")],
        };

    public static Diagnostic UnknownUnit(TextLocation at, string unit, IEnumerable<string> near) =>
        new(UnknownUnitRule, at, $"unknown unit `{unit}`")
        {
            Fixes = [.. near.Select(other => Ways.Replace(at, other, $"a unit with a similar name exists: `{other}`"))],
        };

    public static Diagnostic UnitNeeded(TextLocation at, string unit) =>
        new(UnitNeededRule, at, $"expected a number with a unit, such as `{unit}`")
        {
            Fixes = [Ways.Insert(at.Text.GetLocation(new TextSpan(at.Span.End, 0)), $" {unit}", $"add the unit `{unit}`")],
        };

    public static Diagnostic DifferentUnits(TextLocation at, UnitSymbol left, UnitSymbol right, bool isMoney) =>
        new(DifferentUnitsRule, at, $"`{left.Symbol}` and `{right.Symbol}` do not convert into each other")
        {
            Notes = isMoney ? ["what a currency is worth in another changes from day to day"] : [$"`{left.Symbol}` is a unit of {left.Dimension}, `{right.Symbol}` of {right.Dimension}"],
        };

    public static Diagnostic UnknownCurrency(TextLocation at, string currency) =>
        new(UnknownCurrencyRule, at, $"unknown currency `{currency}`")
        {
            Fixes = [ForeignWords.Find(currency) is { } code ? Ways.Replace(at, code, $"write `{code}`") : Ways.Advice("currencies are written as in ISO 4217: `CNY`, `EUR`, `USD`")],
        };

    public static Diagnostic TypeNeedsMore(TextLocation at, string type, string what, string example) =>
        new(TypeNeedsMoreRule, at, $"`{type}` needs {what}, such as `{example}`");

    public static Diagnostic NotANumber(TextLocation at, TypeSymbol found) =>
        new(NotANumberRule, at, $"expected a number, found `{found}`");

    /// <summary>Durations of a record only move dates.</summary>
    public static Diagnostic DurationInArithmetic(TextLocation at, TypeSymbol found) =>
        new(NotANumberRule, at, $"expected a number or a constant, found `{found}`")
        {
            Notes = ["a duration of the record is compared, or moves a date; it is not added to, taken from, or multiplied"],
            Fixes = [Ways.Advice($"move a date by one after the other, such as `date + {at.SpanText} + 3 days`, or compare `{at.SpanText}` with a constant")],
        };

    public static Diagnostic NotLinear(TextLocation at) =>
        new(NotLinearRule, at, "`*` and `/` need a constant on one side")
        {
            Notes = ["rules stay linear, so that what they mean can be proved"],
        };

    public static Diagnostic DivisionByZero(TextLocation at) =>
        new(DivisionByZeroRule, at, "division by zero");

    public static Diagnostic WrongType(TextLocation at, TypeSymbol expected, TypeSymbol found) =>
        new(WrongTypeRule, at, $"expected `{expected}`, found `{found}`");

    /// <summary>Something that does not move a date is added to one or taken from it.</summary>
    public static Diagnostic NotADuration(TextLocation at, TypeSymbol found, string dates) =>
        WrongType(at, new TypeSymbol(TypeKind.Duration) { Basis = DurationBasis.Mixed }, found) with
        {
            Fixes = found.Kind switch
            {
                TypeKind.Number when found.Unit is null => [Ways.Advice($"say what is counted: `{at.SpanText} days`, `{at.SpanText} months`")],
                TypeKind.Date => [Ways.Advice($"count from one date to the other: `days between {dates}`, or `months between`")],
                _ => [],
            },
        };

    public static Diagnostic OtherwiseMissing(TextLocation at) =>
        new(OtherwiseMissingRule, at, "the definition does not say what holds `otherwise`")
        {
            Fixes = [Ways.Advice("end it with `as VALUE otherwise`")],
        };

    public static Diagnostic GuardAfterOtherwise(TextLocation at) =>
        new(GuardAfterOtherwiseRule, at, "nothing may follow the value that holds `otherwise`");

    public static Diagnostic NoneNotAllowed(TextLocation at, TypeSymbol type) =>
        new(NoneNotAllowedRule, at, $"`{type}` cannot be `none`")
        {
            Fixes = [Ways.Advice("declare the field as `… or none`; a fact that is merely not known is missing, and no rule can ask for that")],
        };

    public static Diagnostic NotADate(TextLocation at) =>
        new(NotADateRule, at, $"`{at.SpanText}` is not a date")
        {
            Fixes = [Ways.Advice("a date is written as year, month, and day, and stands in the calendar: `2026-03-01`")],
        };

    public static Diagnostic DifferentDurations(TextLocation at, TypeSymbol left, TypeSymbol right) =>
        new(DifferentDurationsRule, at, $"`{left}` and `{right}` do not convert into each other")
        {
            Notes = ["a calendar month has no fixed number of days"],
        };

    public static Diagnostic TooLarge(TextLocation at) =>
        new(TooLargeRule, at, "the number does not fit a fact of a record")
        {
            Notes = ["integers have 64 bits; decimals twelve digits before the point and six after"],
        };

    public static Diagnostic UnknownCountry(TextLocation at, string code) =>
        new(UnknownCountryRule, at, $"unknown country `{code}`")
        {
            Fixes = [CountryCodes.CodeOf(code) is { } known ? Ways.Replace(at, known, $"write `{known}`") : Ways.Advice("countries are written as in ISO 3166-1 alpha-2: `CN`, `DE`, `US`")],
        };

    public static Diagnostic BadPattern(TextLocation at, string reason) =>
        new(BadPatternRule, at, $"the pattern cannot be used: {reason}");

    public static Diagnostic TooManyMembers(TextLocation at, int limit) =>
        new(TooManyMembersRule, at, $"more than {limit} members");

    public static Diagnostic AtNeedsParameter(TextLocation at) =>
        new(AtNeedsParameterRule, at, "only a parameter has a value `at` a date");

    public static Diagnostic NotConstant(TextLocation at) =>
        new(NotConstantRule, at, "expected a constant");

    public static Diagnostic UnknownStatus(TextLocation at, string name, IEnumerable<string> statuses) =>
        new(UnknownStatusRule, at, $"unknown status `{name}`")
        {
            Fixes = [.. Suggestions.Rename(at, name, statuses, "status"), Ways.Advice($"a status is one of {string.Join(", ", statuses.Select(status => $"`{status}`"))}")],
        };

    public static Diagnostic NormIsNoCondition(TextLocation at, Symbol norm) =>
        new(NormIsNoConditionRule, at, $"the {norm.Noun} `{norm.Name}` is not a condition")
        {
            Fixes = [Ways.Insert(at.Text.GetLocation(new TextSpan(at.Span.End, 0)), " is fulfilled", $"ask for its status: `{norm.Name} is fulfilled`")],
        };

    public static Diagnostic CountOutOfRange(TextLocation at, int most) =>
        new(CountOutOfRangeRule, at, $"expected a number from 1 to {most}");

    public static Diagnostic CompareHsWithUnder(TextLocation at, string example = "hs_code under 8507.60") =>
        new(CompareHsWithUnderRule, at, "HS codes are compared with `under`")
        {
            Fixes = [Ways.Advice($"write `{example}`")],
            Notes = ["a code in a record may have more digits than the rule's, or fewer"],
        };

    public static Diagnostic MixedDuration(TextLocation at) =>
        new(MixedDurationRule, at, "expected months and years, or days and weeks, not both");

    public static Diagnostic TooComplex(TextLocation at) =>
        new(TooComplexRule, at, "the arithmetic could leave the exact range of 126 bits")
        {
            Fixes = [Ways.Advice("use smaller constants, or fewer steps")],
        };

    public static Diagnostic ParameterType(TextLocation at, TypeSymbol type) =>
        new(ParameterTypeRule, at, $"a parameter cannot be of type `{type}`")
        {
            Fixes = [Ways.Advice("codes and sets of members stand in the conditions themselves; name such a condition with `category` or `define`")],
        };

    public static Diagnostic NotMembers(TextLocation at, TypeSymbol found) =>
        new(NotMembersRule, at, $"expected a set of members, found `{found}`");

    /// <summary>A name that is a word of the language stands in backticks.</summary>
    private static string Spelling(string name) =>
        SyntaxFacts.FixedKind(name) is { } kind && SyntaxFacts.IsReserved(kind) ? $"`{name}`" : name;
}
