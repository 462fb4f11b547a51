using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Lowering;

/// <summary>The facts of a ruleset by position: fields, then questions, then the evaluation date.</summary>
internal static class FactTable
{
    /// <summary>Name of the fact by which a record is judged.</summary>
    public const string EvaluationDate = "evaluation date";

    public static ImmutableDictionary<Symbol, int> Index(BoundRuleset ruleset) =>
        ruleset.Fields.Cast<Symbol>().Concat(ruleset.Questions).Select((symbol, index) => (symbol, index)).ToImmutableDictionary(entry => entry.symbol, entry => entry.index);

    public static ImmutableArray<FactSchema> Facts(BoundRuleset ruleset)
    {
        var facts = ImmutableArray.CreateBuilder<FactSchema>();
        foreach (var field in ruleset.Fields)
        {
            facts.Add(new FactSchema
            {
                Index = facts.Count,
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
            });
        }

        foreach (var question in ruleset.Questions)
        {
            facts.Add(new FactSchema { Index = facts.Count, Name = question.Name, Kind = FactKind.YesNo, Role = FactRole.Question, Title = question.Title });
        }

        facts.Add(new FactSchema { Index = facts.Count, Name = EvaluationDate, Kind = FactKind.Date, Role = FactRole.EvaluationDate, Title = "The date by which the record is judged" });
        return facts.ToImmutable();
    }

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
