using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Text;
using Ways = CccRules.Compiler.Diagnostics.Fixes;

namespace CccRules.Compiler.Binding;

/// <summary>What names and declarations can have wrong: CCC2xxx. One method a message.</summary>
internal static class NameDiagnostics
{
    /// <summary>Names of a circle that a message lists.</summary>
    private const int MostShownOfCycle = 10;

    private static readonly DiagnosticDescriptor UnknownNameRule =
        new("CCC2001", "unknown-name", DiagnosticSeverity.Error, "A name matches nothing in scope");

    private static readonly DiagnosticDescriptor UnknownModuleRule =
        new("CCC2002", "unknown-module", DiagnosticSeverity.Error, "A used ruleset is not among the files");

    private static readonly DiagnosticDescriptor WrongKindRule =
        new("CCC2003", "wrong-kind-of-name", DiagnosticSeverity.Error, "A name stands for another kind of thing than the place needs");

    private static readonly DiagnosticDescriptor ModuleNotUsedRule =
        new("CCC2004", "module-not-used", DiagnosticSeverity.Error, "A name of a ruleset that the file does not use");

    private static readonly DiagnosticDescriptor DuplicateNameRule =
        new("CCC2010", "duplicate-name", DiagnosticSeverity.Error, "Two declarations have one name");

    private static readonly DiagnosticDescriptor DuplicateModuleRule =
        new("CCC2011", "duplicate-ruleset", DiagnosticSeverity.Error, "Two files declare one ruleset");

    private static readonly DiagnosticDescriptor ConfusableNamesRule =
        new("CCC2012", "confusable-names", DiagnosticSeverity.Error, "Two names look alike");

    private static readonly DiagnosticDescriptor NotNormalizedRule =
        new("CCC2013", "name-not-normalized", DiagnosticSeverity.Error, "A name is not in Unicode normal form C");

    private static readonly DiagnosticDescriptor RepeatedClauseRule =
        new("CCC2014", "repeated-clause", DiagnosticSeverity.Error, "A declaration has a clause twice");

    private static readonly DiagnosticDescriptor MissingClauseRule =
        new("CCC2015", "missing-clause", DiagnosticSeverity.Error, "A declaration lacks a clause that it needs");

    private static readonly DiagnosticDescriptor MixedScriptsRule =
        new("CCC2016", "mixed-scripts", DiagnosticSeverity.Warning, "A name mixes letters of several scripts that look alike");

    private static readonly DiagnosticDescriptor AmbiguousNameRule =
        new("CCC2020", "ambiguous-name", DiagnosticSeverity.Error, "A name matches several things");

    private static readonly DiagnosticDescriptor SecondRecordRule =
        new("CCC2031", "second-record", DiagnosticSeverity.Error, "A ruleset has two records");

    private static readonly DiagnosticDescriptor CycleRule =
        new("CCC2040", "cycle", DiagnosticSeverity.Error, "Declarations need each other in a circle");

    private static readonly DiagnosticDescriptor UnusedRule =
        new("CCC9001", "unused-declaration", DiagnosticSeverity.Info, "Nothing uses a declaration", IsLint: true);

    private static readonly DiagnosticDescriptor MissingCitationRule =
        new("CCC9002", "missing-citation", DiagnosticSeverity.Info, "A norm cites nothing", IsLint: true);

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        UnknownNameRule,
        UnknownModuleRule,
        WrongKindRule,
        ModuleNotUsedRule,
        DuplicateNameRule,
        DuplicateModuleRule,
        ConfusableNamesRule,
        NotNormalizedRule,
        RepeatedClauseRule,
        MissingClauseRule,
        MixedScriptsRule,
        AmbiguousNameRule,
        SecondRecordRule,
        CycleRule,
        UnusedRule,
        MissingCitationRule,
    ];

    /// <param name="elsewhere">Rulesets that declare the name and are not used where it stands.</param>
    public static Diagnostic UnknownName(TextLocation at, string noun, string name, IEnumerable<string> candidates, ImmutableArray<string> elsewhere) =>
        UnknownName(at, noun, name, candidates) is var unknown && elsewhere.IsDefaultOrEmpty
            ? unknown
            : unknown with { Fixes = [.. elsewhere.Select(module => Ways.Advice($"`{name}` is declared in `{module}`: add `use {module}`")), .. unknown.Fixes] };

    public static Diagnostic UnknownName(TextLocation at, string noun, string name, IEnumerable<string> candidates) =>
        new(UnknownNameRule, at, $"unknown {noun} `{name}`")
        {
            Fixes = ForeignWords.Find(name) is { } word ? [Ways.Replace(at, word, $"the language says `{word}`")]
                : ForeignWords.AsksForKnowledge(name) ? [Ways.Advice("no rule can ask whether a fact is known; `is none` asks whether it is known not to be there")]
                : Suggestions.Rename(at, name, candidates, noun, Spelling),
        };

    public static Diagnostic UnknownModule(TextLocation at, string name, IEnumerable<string> candidates) =>
        new(UnknownModuleRule, at, $"unknown ruleset `{name}`")
        {
            Fixes = [.. Suggestions.Rename(at, name, candidates, "ruleset"), Ways.Advice("name the folder that holds it on the command line, or put it at the path that its name says")],
        };

    public static Diagnostic WrongKind(TextLocation at, Symbol found, string expected) =>
        new(WrongKindRule, at, $"`{found.Name}` is {Article(found.Noun)}, expected {expected}")
        {
            Labels = [new DiagnosticLabel(found.Location, "declared here")],
        };

    public static Diagnostic ModuleNotUsed(TextLocation at, string module) =>
        new(ModuleNotUsedRule, at, $"the ruleset `{module}` is not used here")
        {
            Fixes = [Ways.Advice($"add `use {module}`")],
        };

    public static Diagnostic DuplicateName(TextLocation at, string name, TextLocation first) =>
        new(DuplicateNameRule, at, $"the name `{name}` is taken")
        {
            Labels = [new DiagnosticLabel(first, "declared here")],
        };

    public static Diagnostic DuplicateModule(TextLocation at, string name, TextLocation first) =>
        new(DuplicateModuleRule, at, $"the ruleset `{name}` is declared twice")
        {
            Labels = [new DiagnosticLabel(first, "declared here")],
        };

    public static Diagnostic ConfusableNames(TextLocation at, string name, string otherName, TextLocation other) =>
        new(ConfusableNamesRule, at, $"the name `{name}` looks like `{otherName}` and is another")
        {
            Labels = [new DiagnosticLabel(other, "the other name")],
        };

    public static Diagnostic NotNormalized(TextLocation at, string name) =>
        new(NotNormalizedRule, at, $"the name `{name}` has a mark that stands apart from its letter")
        {
            Notes = ["names are compared in Unicode normal form C, in which a letter and its mark are one character"],
            Fixes = [Ways.Advice("type the letter with its mark as one character")],
        };

    public static Diagnostic RepeatedFact(TextLocation at, string fact) =>
        new(RepeatedClauseRule, at, $"`{fact}` is given twice");

    public static Diagnostic RepeatedClause(TextLocation at, string clause) =>
        new(RepeatedClauseRule, at, $"the clause `{clause}` is given twice");

    public static Diagnostic MissingClause(TextLocation at, string what, string clause) =>
        new(MissingClauseRule, at, $"{what} needs {clause}");

    public static Diagnostic MixedScripts(TextLocation at, string name) =>
        new(MixedScriptsRule, at, $"the name `{name}` mixes Latin letters with letters of another script that look like them");

    public static Diagnostic AmbiguousName(TextLocation at, string name, IEnumerable<Symbol> matches) =>
        new(AmbiguousNameRule, at, $"the name `{name}` can mean several things")
        {
            Labels = [.. matches.Select(match => new DiagnosticLabel(match.Location, $"{match.Noun} `{match.QualifiedName}`"))],
            Fixes = [.. matches.Where(match => match.Module is not null).Take(3).Select(match => Ways.Replace(at, match.QualifiedName, $"write `{match.QualifiedName}`"))],
        };

    public static Diagnostic SecondRecord(TextLocation at, string name, TextLocation first) =>
        new(SecondRecordRule, at, $"the record `{name}` is a second one")
        {
            Labels = [new DiagnosticLabel(first, "the first record")],
            Fixes = [Ways.Advice("one record describes a line; add fields to it with `extend`")],
        };

    /// <param name="path">From one declaration by those that it needs to itself again.</param>
    public static Diagnostic Cycle(TextLocation at, IReadOnlyList<Symbol> path) => CycleOf(at, path, "");

    /// <param name="path">The beginning of a circle that is too long to be followed to its end.</param>
    public static Diagnostic LongCycle(TextLocation at, IReadOnlyList<Symbol> path) => CycleOf(at, path, " → …");

    private static Diagnostic CycleOf(TextLocation at, IReadOnlyList<Symbol> path, string end)
    {
        var names = path.Select(symbol => $"`{symbol.Name}`").ToList();
        var shown = names.Count <= MostShownOfCycle ? names : [.. names.Take(MostShownOfCycle / 2), "…", .. names.TakeLast(MostShownOfCycle / 2)];
        return new(CycleRule, at, $"these declarations need each other: {string.Join(" → ", shown)}{end}")
        {
            Labels = [.. path.Skip(1).SkipLast(1).Take(MostShownOfCycle).Select(symbol => new DiagnosticLabel(symbol.Location, "and this one"))],
        };
    }

    public static Diagnostic Unused(TextLocation at, Symbol symbol) =>
        new(UnusedRule, at, $"nothing uses the {symbol.Noun} `{symbol.Name}`");

    public static Diagnostic MissingCitation(TextLocation at, Symbol symbol) =>
        new(MissingCitationRule, at, $"the {symbol.Noun} `{symbol.Name}` cites no source")
        {
            Fixes = [Ways.Advice("add `cites SOURCE \"place\"`")],
        };

    /// <summary>A name that is a word of the language stands in backticks.</summary>
    private static string Spelling(string name) =>
        SyntaxFacts.FixedKind(name) is { } kind && SyntaxFacts.IsReserved(kind) ? $"`{name}`" : name;

    private static string Article(string noun) => ("aeio".Contains(noun[0], StringComparison.Ordinal) ? "an " : "a ") + noun;
}
