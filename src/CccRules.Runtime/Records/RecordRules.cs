using System.Collections.Immutable;
using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Records;

/// <summary>What can be found about a type that is bound, CCC83xx: one row a number, one method a message.</summary>
public static class RecordRules
{
    /// <summary>Numbers and what they mean in general.</summary>
    public static ImmutableArray<(string Code, string Title)> All { get; } =
    [
        ("CCC8301", "A property names a fact that the rules do not have"),
        ("CCC8302", "A property's type cannot hold its fact"),
        ("CCC8303", "A property holds its number in another unit than the rules"),
        ("CCC8304", "A member of an enumeration is no member of the fact"),
        ("CCC8305", "Two properties hold one fact, or one property could hold two"),
        ("CCC8306", "A fact that the rules require has no property"),
        ("CCC8307", "A property can say none, and its fact cannot be none"),
        ("CCC8308", "A property is no fact of the rules"),
        ("CCC8309", "A fact that the rules read has no property, so that it is never known"),
        ("CCC8310", "A property cannot say none, and its fact can be none"),
        ("CCC8311", "An answer is given to a question that the rules do not ask"),
        ("CCC8312", "A record has a name that is no fact of the rules"),
        ("CCC8313", "A value of a record has a type that its fact cannot have"),
    ];

    internal static RecordDiagnostic UnknownFact(string property, string name, string? nearest) =>
        Error("CCC8301", property, $"the rules have no fact `{name}`", nearest is null ? "name a field of the rules' record" : $"a similar name exists: `{nearest}`");

    internal static RecordDiagnostic WrongType(string property, FactSchema fact, string type, string expected) =>
        Error("CCC8302", property, $"a `{type}` cannot hold `{fact.Name}`, which is {Words(fact)}", $"declare it as {expected}");

    internal static RecordDiagnostic WrongUnit(string property, FactSchema fact, string unit) =>
        Error(
            "CCC8303",
            property,
            fact.Unit is null ? $"it holds `{unit}`, and `{fact.Name}` has no unit" : $"it holds `{unit}`, and the rules read `{fact.Name}` in `{fact.Unit}`",
            fact.Unit is null ? "leave the unit out" : $"give the number in `{fact.Unit}`");

    internal static RecordDiagnostic UnknownMember(string property, FactSchema fact, string member, string? nearest) =>
        Error(
            "CCC8304",
            property,
            $"`{member}` is no member of `{fact.Name}`",
            $"{(nearest is null ? "" : $"a similar one exists: `{nearest}`; ")}name the rules' member with [RecordFact(\"…\")], or mark what says nothing with [MissingFact]");

    internal static RecordDiagnostic Ambiguous(string property, string message) =>
        Error("CCC8305", property, message, "say which with [RecordFact(\"…\")], or mark the other with [NotAFact]");

    internal static RecordDiagnostic RequiredFact(string type, FactSchema fact) =>
        Error("CCC8306", type, $"the rules require `{fact.Name}`, and no property holds it", $"add a property `{fact.Name}`, which is {Words(fact)}");

    internal static RecordDiagnostic CannotBeNone(string property, FactSchema fact) =>
        Error("CCC8307", property, $"it can say none, and `{fact.Name}` cannot be none", "let null say that the fact is not known, or declare the field `or none` in the rules");

    internal static RecordDiagnostic UnknownProperty(string property, string? nearest) =>
        Info("CCC8308", property, "it is no fact of the rules", nearest is null ? "mark it with [NotAFact] to say so" : $"a similar fact exists: `{nearest}`");

    internal static RecordDiagnostic UnheldFact(string type, FactSchema fact) =>
        Info("CCC8309", type, $"no property holds `{fact.Name}`, so that it is never known", $"add a property, which is {Words(fact)}");

    internal static RecordDiagnostic CannotSayNone(string property, FactSchema fact, string type) =>
        Info("CCC8310", property, $"`{fact.Name}` can be none, and the property cannot say so", $"declare it as Fact<{type}>, or let null say it with [RecordFact(NullIsNone = true)]");

    internal static RecordDiagnostic UnknownQuestion(string type, string name, string? nearest) =>
        Error("CCC8311", type, $"the rules ask no question `{name}`", nearest is null ? "name a question of the rules" : $"a similar one exists: `{nearest}`");

    /// <summary>A fact's kind in the words of the language.</summary>
    internal static string Words(FactSchema fact) => fact.Kind switch
    {
        FactKind.YesNo => "a yes/no",
        FactKind.Integer => $"an integer{Unit(fact)}",
        FactKind.Decimal => $"a decimal{Unit(fact)}",
        FactKind.Text => "a text",
        FactKind.Date => "a date",
        FactKind.Days => "a duration in days",
        FactKind.Months => "a duration in months",
        FactKind.Member => $"one of ({string.Join(", ", fact.Members.Take(4))}{(fact.Members.Length > 4 ? ", …" : "")})",
        FactKind.Members => $"a set of ({string.Join(", ", fact.Members.Take(4))}{(fact.Members.Length > 4 ? ", …" : "")})",
        FactKind.Country => "a country",
        FactKind.HsCode => "an HS code",
        FactKind.List => "a list of entries",
        _ => "of another kind",
    };

    private static string Unit(FactSchema fact) => fact.Unit is null ? "" : $" in {fact.Unit}";

    private static RecordDiagnostic Error(string code, string property, string message, string help) =>
        new(code, RecordDiagnosticSeverity.Error, property, message, help);

    private static RecordDiagnostic Info(string code, string property, string message, string help) =>
        new(code, RecordDiagnosticSeverity.Info, property, message, help);
}
