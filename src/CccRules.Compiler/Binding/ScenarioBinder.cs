using System.Collections.Immutable;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Binding;

/// <summary>Scenarios: facts to values, expectations to outcomes.</summary>
internal sealed class ScenarioBinder(Scope scope, IDefinitions definitions, DiagnosticBag bag, SemanticInfo info)
{
    private const string EvaluationDate = "evaluation date";

    private readonly ExpressionBinder _expressions = new(scope, definitions, bag, info);

    public BoundScenario Bind(ScenarioDeclarationSyntax syntax)
    {
        var description = syntax.Description?.StringValue() ?? "";
        var symbol = new ScenarioSymbol(scope.Module, description, scope.Text.GetLocation((syntax.Description ?? syntax.Keyword).Span));
        info.Declare(syntax, symbol);
        if (!syntax.Expectations.Any())
        {
            bag.Add(NameDiagnostics.MissingClause(symbol.Location, "the scenario", "`expect …`"));
        }

        return new BoundScenario(
            symbol,
            syntax,
            BindFacts(syntax),
            [.. syntax.Assumptions.Select(BindAssumption).OfType<(QuestionSymbol, bool)>()],
            syntax.AsOf.FirstOrDefault() is { } asOf && _expressions.BindConstant(asOf.Date, TypeSymbol.Date) is DateConstant date ? date.Day : null,
            syntax.Known.FirstOrDefault()?.Date is { } known ? BindDay(known) : null,
            [.. syntax.Expectations.Select(expect => BindExpectation(expect.Expectation)).OfType<BoundExpectation>()])
        {
            Lists = BindLists(syntax),
        };
    }

    private ImmutableArray<(FieldSymbol, ConstantValue)> BindFacts(ScenarioDeclarationSyntax syntax)
    {
        var facts = ImmutableArray.CreateBuilder<(FieldSymbol, ConstantValue)>();
        var given = new HashSet<FieldSymbol>();
        foreach (var fact in syntax.Facts)
        {
            if (scope.Resolve<FieldSymbol>(fact.Field, "field", bag, info) is not { } field)
            {
                continue;
            }

            if (!given.Add(field))
            {
                bag.Add(NameDiagnostics.RepeatedFact(scope.Text.GetLocation(fact.Span), field.Name));
            }
            else if (BindFact(field, fact) is { } value)
            {
                facts.Add((field, value));
            }
        }

        return facts.ToImmutable();
    }

    private ImmutableArray<(FieldSymbol, ImmutableArray<ImmutableArray<(FieldSymbol, ConstantValue)>>)> BindLists(ScenarioDeclarationSyntax syntax)
    {
        var lists = ImmutableArray.CreateBuilder<(FieldSymbol, ImmutableArray<ImmutableArray<(FieldSymbol, ConstantValue)>>)>();
        foreach (var fact in syntax.Facts.Where(fact => fact.Value is { IsList: true }))
        {
            if (fact.Field is { HasMissing: false } name && scope.Find(name.Text) is [FieldSymbol { Type.Kind: TypeKind.List, Entry: { } entry } list])
            {
                lists.Add((list, [.. fact.Value?.Records.Select(record => BindEntry(entry, record)) ?? []]));
            }
        }

        return lists.ToImmutable();
    }

    private ImmutableArray<(FieldSymbol, ConstantValue)> BindEntry(RecordSymbol entry, GivenRecordSyntax syntax)
    {
        var facts = ImmutableArray.CreateBuilder<(FieldSymbol, ConstantValue)>();
        foreach (var fact in syntax.Facts.Where(fact => fact.Field is { HasMissing: false }))
        {
            var name = fact.Field?.Text ?? "";
            var field = entry.Fields.FirstOrDefault(field => field.Name == name);
            if (field is null)
            {
                bag.Add(NameDiagnostics.UnknownName(scope.Text.GetLocation((fact.Field ?? (SyntaxElement)fact).Span), "field", name, entry.Fields.Select(other => other.Name)));
            }
            else if (facts.Any(given => given.Item1 == field))
            {
                bag.Add(NameDiagnostics.RepeatedClause(scope.Text.GetLocation(fact.Span), name));
            }
            else if (BindFact(field, fact) is { } value)
            {
                facts.Add((field, value));
            }
        }

        return facts.ToImmutable();
    }

    private ConstantValue? BindFact(FieldSymbol field, GivenFactSyntax fact)
    {
        if (field.Type.Kind == TypeKind.List || fact.Value is { IsList: true })
        {
            if (field.Type.Kind != TypeKind.List || fact.Value is not { IsList: true })
            {
                bag.Add(field.Type.Kind == TypeKind.List
                    ? ListDiagnostics.ListAlone(scope.Text.GetLocation(fact.Span), field.Name)
                    : ListDiagnostics.NotAList(scope.Text.GetLocation(fact.Span), field));
            }

            return null;
        }

        if (fact.Value is not { } value || field.Type.IsError)
        {
            return null;
        }

        if (field.Type is { Kind: TypeKind.MemberSet, Enumeration: { } enumeration })
        {
            var names = value.Value is NameExpressionSyntax single ? single.Name.Parts : value.Members;
            return value.Value is NoneLiteralSyntax ? _expressions.BindConstant(value.Value, field.Type)
                : _expressions.BindMembers(names, enumeration) is { } mask ? new MembersConstant(mask)
                : null;
        }

        if (value.Value is null && value.Members.FirstOrDefault() is { } member)
        {
            bag.Add(TypeDiagnostics.NotMembers(scope.Text.GetLocation(member.Span), field.Type));
            return null;
        }

        return _expressions.BindConstant(value.Value, field.Type);
    }

    private (QuestionSymbol, bool)? BindAssumption(AssumeClauseSyntax syntax) =>
        scope.Resolve<QuestionSymbol>(syntax.Question, "question", bag, info) is { } question ? (question, syntax.IsYes) : null;

    private long? BindDay(SyntaxToken token)
    {
        if (CivilDate.TryParse(token.Text, out var day))
        {
            return day;
        }

        bag.Add(TypeDiagnostics.NotADate(scope.Text.GetLocation(token.Span)));
        return null;
    }

    private BoundExpectation? BindExpectation(ExpectationSyntax? syntax)
    {
        switch (syntax)
        {
            case ExpectMissingSyntax missing:
                return new BoundExpectedMissing(missing, [.. missing.Facts.Select(BindMissing).Where(fact => fact.IsBound).Select(fact => fact.Symbol)]);
            case ExpectAppliesSyntax applies:
                return scope.Resolve<NormSymbol>(applies.Norm, "obligation", bag, info) is { } norm && applies.Date is { } date && BindDay(date) is { } day
                    ? new BoundExpectedApplies(applies, norm, day)
                    : null;
            case ExpectDueSyntax due:
                return BindDue(due);
            case ExpectOutcomeSyntax outcome when outcome.Subject is { HasMissing: false } subject:
                return BindOutcome(outcome, subject);
            default:
                return null;
        }
    }

    /// <summary>One date, <c>none</c>, or the earliest and the latest that are possible.</summary>
    private BoundExpectedDue? BindDue(ExpectDueSyntax syntax)
    {
        if (scope.Resolve<NormSymbol>(syntax.Deadline, "deadline", bag, info) is not { } norm)
        {
            return null;
        }

        if (!norm.IsDeadline)
        {
            bag.Add(NameDiagnostics.WrongKind(scope.Text.GetLocation((syntax.Deadline ?? (SyntaxElement)syntax).Span), norm, "a deadline"));
            return null;
        }

        var dates = syntax.Dates.Select(BindDay).ToList();
        return syntax.IsNone ? new BoundExpectedDue(syntax, norm, Fact.None, Fact.None)
            : dates is [{ } only] ? new BoundExpectedDue(syntax, norm, only, only)
            : dates is [{ } earliest, { } latest] ? new BoundExpectedDue(syntax, norm, earliest, latest)
            : null;
    }

    /// <summary>A field, a question, a calendar, or (no symbol) the evaluation date, which is written <c>`evaluation date`</c>.</summary>
    private (Symbol? Symbol, bool IsBound) BindMissing(QualifiedNameSyntax name)
    {
        if (name.Text == EvaluationDate)
        {
            return (null, true);
        }

        if (name.HasMissing || scope.ResolveAny(name, "field", bag, symbol => symbol is FieldSymbol or QuestionSymbol or CalendarSymbol) is not { } symbol)
        {
            return (null, false);
        }

        if (symbol is not (FieldSymbol or QuestionSymbol or CalendarSymbol))
        {
            bag.Add(NameDiagnostics.WrongKind(scope.Text.GetLocation(name.Span), symbol, "a field or a question"));
            return (null, false);
        }

        info.Refer(name, symbol);
        return (symbol, true);
    }

    private BoundExpectation? BindOutcome(ExpectOutcomeSyntax syntax, QualifiedNameSyntax subject)
    {
        var symbol = scope.ResolveAny(subject, "obligation", bag, candidate => candidate is NormSymbol or CategorySymbol);
        var outcomes = syntax.Outcomes.Where(outcome => !outcome.HasMissing).ToList();
        switch (symbol)
        {
            case null:
                return null;
            case NormSymbol norm:
                info.Refer(subject, norm);
                var statuses = Outcome.Nothing;
                foreach (var outcome in outcomes)
                {
                    if (ExpressionBinder.StatusOf(norm, outcome.Text) is { } status)
                    {
                        statuses |= status;
                    }
                    else
                    {
                        bag.Add(TypeDiagnostics.UnknownStatus(scope.Text.GetLocation(outcome.Span), outcome.Text, ExpressionBinder.StatusNames(norm)));
                        return null;
                    }
                }

                return new BoundExpectedOutcome(syntax, norm, statuses);
            case CategorySymbol category:
                info.Refer(subject, category);
                if (outcomes is [{ Text: "yes" or "no" or "open" } only])
                {
                    return new BoundExpectedCategory(syntax, category, only.Text switch { "yes" => true, "no" => false, _ => null });
                }

                var wrong = TextSpan.FromBounds(outcomes.FirstOrDefault()?.Span.Start ?? syntax.Span.Start, syntax.Span.End);
                bag.Add(TypeDiagnostics.UnknownStatus(scope.Text.GetLocation(wrong), string.Join(" or ", outcomes.Select(outcome => outcome.Text)), ["yes", "no", "open"]));
                return null;
            default:
                bag.Add(NameDiagnostics.WrongKind(scope.Text.GetLocation(subject.Span), symbol, "an obligation, an option, or a category"));
                return null;
        }
    }
}
