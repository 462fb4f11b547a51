using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Lowering;

/// <summary>The facts of a ruleset by position: fields, then questions, then the evaluation date.</summary>
internal static class FactTable
{
    /// <summary>Name of the fact by which a record is judged.</summary>
    public const string EvaluationDate = "evaluation date";

    public static ImmutableDictionary<Symbol, int> Index(BoundRuleset ruleset) =>
        ruleset.Facts.SkipLast(1).OfType<Symbol>().Select((symbol, index) => (symbol, index)).ToImmutableDictionary(entry => entry.symbol, entry => entry.index);

    public static ImmutableArray<FactSchema> Facts(BoundRuleset ruleset)
    {
        var facts = ImmutableArray.CreateBuilder<FactSchema>();
        foreach (var field in ruleset.Fields)
        {
            facts.Add(Of(field, facts.Count));
        }

        foreach (var question in ruleset.Questions)
        {
            facts.Add(new FactSchema { Index = facts.Count, Name = question.Name, Kind = FactKind.YesNo, Role = FactRole.Question, Title = question.Title });
        }

        foreach (var calendar in ruleset.Calendars)
        {
            facts.Add(new FactSchema
            {
                Index = facts.Count,
                Name = calendar.Calendar.Name,
                Kind = FactKind.YesNo,
                Role = FactRole.Calendar,
                Title = $"{calendar.Calendar.Title}: nothing is known before {CivilDate.Format(calendar.FirstDay)} and after {CivilDate.Format(calendar.LastDay)}",
            });
        }

        var index = Index(ruleset);
        foreach (var call in ruleset.ListCalls)
        {
            facts.Add(new FactSchema
            {
                Index = facts.Count,
                Name = call.Fact.Name,
                Kind = call.Word == ListWord.Count ? FactKind.Integer : FactKind.YesNo,
                Role = FactRole.Derived,
                Title = call.Fact.Name,
                Origins = [index[call.Fact.List], .. Outer(call).Select(symbol => symbol is null ? index.Count : index[symbol]).Distinct().Order()],
            });
        }

        facts.Add(new FactSchema { Index = facts.Count, Name = EvaluationDate, Kind = FactKind.Date, Role = FactRole.EvaluationDate, Title = "The date by which the record is judged" });
        return facts.ToImmutable();
    }

    /// <summary>What a condition on entries reads of the record itself; null: the evaluation date.</summary>
    private static IEnumerable<Symbol?> Outer(BoundListCall call) => call.Condition is { } condition ? Outer(condition, call.Fact.List.Entry) : [];

    private static IEnumerable<Symbol?> Outer(BoundExpression expression, RecordSymbol? entry)
    {
        IEnumerable<Symbol?> own = expression switch
        {
            BoundField field when entry?.Fields.Contains(field.Field) != true => [field.Field],
            BoundQuestion question => [question.Question],
            BoundParameter { At: null } => [null],
            BoundWorkingDate moved => [moved.Calendar],
            _ => [],
        };
        return own.Concat(BoundTree.Parts(expression).SelectMany(part => Outer(part, entry)));
    }

    /// <summary>A field as a fact at a position.</summary>
    public static FactSchema Of(FieldSymbol field, int index) => new()
    {
        Index = index,
        Name = field.Name,
        Kind = KindOf(field.Type),
        AllowsNone = field.Type.AllowsNone,
        EmptyIsNone = field.EmptyIsNone,
        IsRequired = field.IsRequired,
        IsKey = field.IsKey,
        IsActionable = field.IsActionable,
        Unit = UnitOf(field.Type),
        Members = field.Type.Enumeration?.Members ?? [],
        Title = field.Title,
    };

    private static FactKind KindOf(TypeSymbol type) => type.Kind switch
    {
        TypeKind.YesNo => FactKind.YesNo,
        TypeKind.Number => type.IsInteger ? FactKind.Integer : FactKind.Decimal,
        TypeKind.Text => FactKind.Text,
        TypeKind.Date => FactKind.Date,
        TypeKind.Duration => type.Basis == DurationBasis.Months ? FactKind.Months : FactKind.Days,
        TypeKind.Member => FactKind.Member,
        TypeKind.MemberSet => FactKind.Members,
        TypeKind.Country => FactKind.Country,
        TypeKind.Hs => FactKind.HsCode,
        TypeKind.List => FactKind.List,
        _ => throw new UnreachableException(type.Kind.ToString()),
    };

    private static string? UnitOf(TypeSymbol type) => type.Kind == TypeKind.Duration
        ? type switch
        {
            { Basis: DurationBasis.Days, DurationScale: 7 } => "weeks",
            { Basis: DurationBasis.Days } => "days",
            { DurationScale: 12 } => "years",
            _ => "months",
        }
        : type.Unit?.Symbol;
}
