using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Text;
using Ways = CccRules.Compiler.Diagnostics.Fixes;

namespace CccRules.Compiler.Binding;

/// <summary>What lists of nested records can have wrong: CCC305x. One method a message.</summary>
internal static class ListDiagnostics
{
    private static readonly DiagnosticDescriptor NotAListRule =
        new("CCC3050", "not-a-list", DiagnosticSeverity.Error, "`any`, `all` or `count` of something that is no list");

    private static readonly DiagnosticDescriptor ListAloneRule =
        new("CCC3051", "list-alone", DiagnosticSeverity.Error, "A list where a value is expected");

    private static readonly DiagnosticDescriptor EntryConditionRule =
        new("CCC3052", "entry-condition", DiagnosticSeverity.Error, "A condition on entries that names more than fields and questions");

    private static readonly DiagnosticDescriptor NestedListRule =
        new("CCC3053", "nested-list", DiagnosticSeverity.Error, "A list within a list");

    private static readonly DiagnosticDescriptor NoneListRule =
        new("CCC3054", "list-or-none", DiagnosticSeverity.Error, "A list that may be none");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        NotAListRule,
        ListAloneRule,
        EntryConditionRule,
        NestedListRule,
        NoneListRule,
    ];

    public static Diagnostic NotAList(TextLocation at, Symbol found) =>
        new(NotAListRule, at, $"`{found.Name}` is no list")
        {
            Labels = [new DiagnosticLabel(found.Location, "declared here")],
            Fixes = [Ways.Advice("name a field of type `list of RECORD`; conditions are counted with `any of (…)`, `all of (…)`, `at least N of (…)`")],
        };

    public static Diagnostic ListAlone(TextLocation at, string name) =>
        new(ListAloneRule, at, $"the list `{name}` is no value")
        {
            Fixes = [Ways.Advice($"ask for its entries: `any {name} where …`, `all {name} where …`, `count {name}`")],
        };

    public static Diagnostic EntryCondition(TextLocation at, Symbol found) =>
        new(EntryConditionRule, at, $"a condition on entries cannot name the {found.Noun} `{found.Name}`")
        {
            Notes = ["it is judged entry by entry while a record is read, before anything else is known of it"],
            Fixes = [Ways.Advice("use fields of the entry, fields of the record, questions, and parameters")],
        };

    public static Diagnostic NestedList(TextLocation at) =>
        new(NestedListRule, at, "the entries of a list hold no lists")
        {
            Fixes = [Ways.Advice("keep the inner entries in a list of the record, with a field that says where they belong")],
        };

    public static Diagnostic NoneList(TextLocation at) =>
        new(NoneListRule, at, "a list cannot be `none`")
        {
            Fixes = [Ways.Advice("a list without entries says that there are none")],
        };
}
