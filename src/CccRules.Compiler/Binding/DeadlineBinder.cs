using System.Numerics;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;

namespace CccRules.Compiler.Binding;

/// <summary>Deadlines: the date due, once or again and again, and how one sees that it is met.</summary>
internal sealed class DeadlineBinder(Scope scope, IDefinitions definitions, DiagnosticBag bag, SemanticInfo info)
{
    private static readonly TypeSymbol Date = TypeSymbol.Date with { AllowsNone = true };

    private readonly ExpressionBinder _expressions = new(scope, definitions, bag, info);

    /// <summary>The deadline; null (and a message) where it has no date due.</summary>
    public BoundDeadline? Bind(NormSymbol norm)
    {
        var syntax = (DeadlineDeclarationSyntax)norm.Syntax;
        var owner = scope.Resolve<NormSymbol>(syntax.For?.Norm, "obligation", bag, info);
        if (owner is not null && !definitions.Require(owner, At(syntax.For ?? (SyntaxElement)syntax)))
        {
            owner = null;
        }

        var when = syntax.Whens.FirstOrDefault() is { } condition ? _expressions.BindCondition(condition.Condition) : null;
        var unless = syntax.Unlesses.FirstOrDefault() is { } exception ? _expressions.BindCondition(exception.Condition) : null;
        if (syntax.Due is not { } clause)
        {
            bag.Add(NameDiagnostics.MissingClause(norm.Location, $"the deadline `{norm.Name}`", "`due DATE`"));
            return null;
        }

        var due = clause.IsRecurring ? Recurring(clause, syntax.LastDone) : Once(clause);
        if (!clause.IsRecurring && syntax.LastDone is { } done)
        {
            bag.Add(DeadlineDiagnostics.Period(At(done), "`last done` belongs to what is due again and again"));
        }

        var met = syntax.Met is { } clauseMet ? new ExpressionBinder(scope, definitions, bag, info) { Due = due }.BindCondition(clauseMet.Condition) : null;
        var remind = syntax.Remind?.Period is { } period && _expressions.Bind(period) is BoundConstant { Value: DurationConstant duration } ? duration : null;
        var rounding = _expressions.RoundingFor(syntax.Remind ?? (SyntaxElement)syntax, remind is { Months.IsZero: false });
        return new BoundDeadline(norm, when, unless, owner, due, met, remind, rounding);
    }

    /// <summary><c>due 3 months before D</c>  is  <c>D - 3 months</c>.</summary>
    private BoundExpression Once(DueClauseSyntax clause)
    {
        var date = _expressions.BindValue(clause.Date, Date);
        if (clause.Period?.Length is not { } length || date.Type.IsError)
        {
            return date;
        }

        return _expressions.Bind(length) switch
        {
            BoundWorkingDays days => new BoundWorkingDate(clause, date, days.Calendar, clause.IsBefore ? -days.Count : days.Count),
            BoundConstant { Value: DurationConstant duration } period =>
                new BoundMovedDate(clause, date, [new BoundMove(period, clause.IsBefore)], _expressions.RoundingFor(clause, !duration.Months.IsZero)),
            var other => new BoundError(other.Syntax),
        };
    }

    private BoundExpression Recurring(DueClauseSyntax clause, LastDoneClauseSyntax? done)
    {
        var start = _expressions.BindValue(clause.Date, Date);
        var until = clause.Until?.Date is { } last ? _expressions.BindValue(last, Date) : null;
        var lastDone = done is null ? null : _expressions.BindValue(done.Date, Date);
        if (clause.Period?.Length is not { } length)
        {
            return new BoundError(clause);
        }

        if (_expressions.Bind(length) is not BoundConstant { Value: DurationConstant period })
        {
            bag.Add(DeadlineDiagnostics.Period(At(length), "what is due again and again has a period of calendar time"));
            return new BoundError(clause);
        }

        if (period.Months.IsZero == period.Days.IsZero)
        {
            bag.Add(DeadlineDiagnostics.Period(At(length), period.Months.IsZero ? "the period is empty" : "the period has months and days"));
            return new BoundError(clause);
        }

        return start.Type.IsError || until is { Type.IsError: true } || lastDone is { Type.IsError: true }
            ? new BoundError(clause)
            : new BoundRecurringDate(clause, start, period, lastDone, until, _expressions.RoundingFor(clause, period.Months > BigInteger.Zero));
    }

    private Text.TextLocation At(SyntaxElement syntax) => scope.Text.GetLocation(syntax.Span);
}
