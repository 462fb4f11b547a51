using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Binding;

/// <summary>Binds the clauses of one definition. The binder calls it in an order without cycles.</summary>
internal sealed class DefinitionBinder(IDefinitions definitions, DataFiles files, DiagnosticBag bag, SemanticInfo info)
{
    /// <summary>Exemptions by the norm they lift; filled before any norm is bound.</summary>
    private readonly Dictionary<NormSymbol, List<ExemptionSymbol>> _exemptions = [];

    private readonly Dictionary<ExemptionSymbol, ImmutableArray<NormSymbol>> _lifts = [];
    private readonly Dictionary<CalendarSymbol, BoundCalendar> _calendars = [];

    /// <summary>Numbers of definitions by name, to see how far arithmetic can go.</summary>
    private readonly NumberRange _ranges = new();

    /// <summary>Names in clauses that need no order: citations, actors, authorities, lifted norms.</summary>
    public void BindReferences(DefinitionSymbol symbol, Scope scope)
    {
        if (symbol is ColumnSymbol)
        {
            return;
        }

        symbol.Citations = [.. symbol.Syntax.Citations.Select(citation => BindCitation(citation, scope)).OfType<CitationSymbol>()];
        if (symbol is NormSymbol norm)
        {
            norm.Actor = scope.Resolve<ActorSymbol>(symbol.Syntax.Node<OnClauseSyntax>()?.Actor, "actor", bag, info);
            norm.Authority = scope.Resolve<AuthoritySymbol>(symbol.Syntax.Node<LedByClauseSyntax>()?.Authority, "authority", bag, info);
            norm.Jointly = [.. symbol.Syntax.Nodes<JointlyClauseSyntax>().SelectMany(clause => clause.Authorities)
                .Select(name => scope.Resolve<AuthoritySymbol>(name, "authority", bag, info)).OfType<AuthoritySymbol>()];
        }
        else if (symbol is ExemptionSymbol exemption)
        {
            BindLifts(exemption, scope);
        }
    }

    public BoundDeclaration? Bind(DefinitionSymbol symbol, Scope scope)
    {
        var expressions = new ExpressionBinder(scope, definitions, bag, info);
        return symbol switch
        {
            DefineSymbol define => BindDefine(define, expressions, scope),
            CategorySymbol category => BindCategory(category, expressions, scope),
            ExemptionSymbol exemption => BindExemption(exemption, expressions, scope),
            NormSymbol { IsDeadline: true } norm => new DeadlineBinder(scope, definitions, bag, info).Bind(norm),
            NormSymbol norm => BindNorm(norm, expressions, scope),
            QuestionSymbol => null,
            TableSymbol table => BindTable(table, expressions, scope),
            ColumnSymbol => null,
            CalendarSymbol calendar => BindCalendar(calendar, scope),
            _ => throw new UnreachableException(symbol.Noun),
        };
    }

    public ImmutableArray<ParameterEntry> BindParameter(ParameterSymbol parameter, Scope scope)
    {
        var syntax = (ParameterDeclarationSyntax)parameter.Syntax;
        var expressions = new ExpressionBinder(scope, definitions, bag, info);
        var entries = new List<(ParameterEntry Entry, SyntaxElement Syntax)>();
        if (parameter.Type.Kind is TypeKind.Hs or TypeKind.MemberSet)
        {
            bag.Add(TypeDiagnostics.ParameterType(scope.Text.GetLocation((syntax.Type ?? (SyntaxElement)syntax).Span), parameter.Type));
            return [];
        }

        foreach (var value in syntax.Values)
        {
            long? from = null;
            if (value.From is { } date)
            {
                if (!CivilDate.TryParse(date.Text, out var day))
                {
                    bag.Add(TypeDiagnostics.NotADate(scope.Text.GetLocation(date.Span)));
                    continue;
                }

                from = day;
            }

            if (expressions.BindConstant(value.Value, parameter.Type) is { } constant)
            {
                entries.Add((new ParameterEntry(from, constant), value));
            }
        }

        if (!syntax.Values.Any())
        {
            bag.Add(NameDiagnostics.MissingClause(parameter.Location, $"the parameter `{parameter.Name}`", "`as VALUE`"));
        }

        entries.Sort((left, right) => Nullable.Compare(left.Entry.FromDay, right.Entry.FromDay));
        for (var i = 1; i < entries.Count; i++)
        {
            if (entries[i].Entry.FromDay == entries[i - 1].Entry.FromDay)
            {
                bag.Add(NormDiagnostics.ParameterDates(scope.Text.GetLocation(entries[i].Syntax.Span)));
            }
        }

        return [.. entries.Select(entry => entry.Entry)];
    }

    private CitationSymbol? BindCitation(CitationSyntax syntax, Scope scope) =>
        scope.Resolve<SourceSymbol>(syntax.Source, "source", bag, info) is { } source ? new CitationSymbol(source, syntax.Locator?.StringValue()) : null;

    private void BindLifts(ExemptionSymbol exemption, Scope scope)
    {
        var syntax = (ExemptionDeclarationSyntax)exemption.Syntax;
        var lifted = ImmutableArray.CreateBuilder<NormSymbol>();
        foreach (var name in syntax.Lifts.SelectMany(lifts => lifts.Norms))
        {
            if (scope.Resolve<NormSymbol>(name, "obligation", bag, info) is not { } norm)
            {
                continue;
            }

            if (norm.Kind != NormKind.Obligation)
            {
                bag.Add(NameDiagnostics.WrongKind(scope.Text.GetLocation(name.Span), norm, "an obligation"));
            }
            else if (!lifted.Contains(norm))
            {
                lifted.Add(norm);
                if (!_exemptions.TryGetValue(norm, out var list))
                {
                    _exemptions[norm] = list = [];
                }

                list.Add(exemption);
            }
        }

        if (!syntax.Lifts.Any())
        {
            bag.Add(NormDiagnostics.LiftsNothing(exemption.Location, exemption.Name));
        }

        _lifts[exemption] = lifted.ToImmutable();
    }

    private BoundDefine? BindDefine(DefineSymbol define, ExpressionBinder expressions, Scope scope)
    {
        var values = ((DefineDeclarationSyntax)define.Syntax).Values.ToList();
        if (values.Count == 0)
        {
            bag.Add(NameDiagnostics.MissingClause(define.Location, $"the definition `{define.Name}`", "`as VALUE`"));
            return null;
        }

        // A bare name may be a member: it takes its meaning from the first value that has a type of its own.
        var typed = values.Find(value => value.Value is not (null or NoneLiteralSyntax) && !expressions.IsBareMember(value.Value));
        var type = typed is null ? null : expressions.Bind(typed.Value).Type is { IsError: false } known ? known : null;
        var bound = new List<(BoundExpression Value, BoundExpression? Guard)>();
        for (var i = 0; i < values.Count; i++)
        {
            var guard = values[i].Guard is { } syntax ? expressions.BindCondition(syntax) : null;
            var value = expressions.Bind(values[i].Value, type);
            type = type is null || type.Kind == TypeKind.None ? value.Type.IsError ? type : value.Type : type;
            bound.Add((value, guard));
            if (guard is null && i < values.Count - 1)
            {
                bag.Add(TypeDiagnostics.GuardAfterOtherwise(scope.Text.GetLocation(values[i + 1].Span)));
                return null;
            }
        }

        if (values[^1].Guard is not null)
        {
            bag.Add(TypeDiagnostics.OtherwiseMissing(scope.Text.GetLocation(values[^1].Span)));
            return null;
        }

        if (type is null || bound.Any(entry => entry.Value.Type.IsError || entry.Guard is { Type.IsError: true }))
        {
            return null;
        }

        if (bound.Find(entry => ExpressionBinder.IsMixed(entry.Value)).Value is { } mixed)
        {
            bag.Add(TypeDiagnostics.MixedDuration(scope.Text.GetLocation(mixed.Syntax.Span)));
            return null;
        }

        var common = type with { AllowsNone = true };
        var converted = bound.Select(entry => new BoundGuardedValue(expressions.ConvertTo(entry.Value, common), entry.Guard)).ToImmutableArray();
        if (converted.Any(entry => entry.Value.Type.IsError))
        {
            return null;
        }

        common = common with
        {
            AllowsNone = converted.Any(entry => entry.Value.Type.AllowsNone),
            IsInteger = converted.All(entry => entry.Value.Type.IsInteger || entry.Value is BoundConstant { Value: NoneConstant }),
        };
        var result = new BoundDefine(define, common, converted);
        CheckRanges(scope, converted.SelectMany(entry => new[] { entry.Value, entry.Guard }));
        _ranges.Remember(result);
        return result;
    }

    /// <summary>The days of a calendar that was bound; null where it has errors.</summary>
    public BoundCalendar? CalendarOf(CalendarSymbol calendar) => _calendars.GetValueOrDefault(calendar);

    private BoundDeclaration? BindCalendar(CalendarSymbol calendar, Scope scope)
    {
        if (new CalendarBinder(scope, files, bag).Bind(calendar) is { } bound)
        {
            _calendars[calendar] = bound;
        }

        return null;
    }

    private BoundTable? BindTable(TableSymbol table, ExpressionBinder expressions, Scope scope)
    {
        var bound = new TableBinder(scope, expressions, files, bag).Bind(table);
        CheckRanges(scope, bound?.Inputs.AsEnumerable<BoundExpression?>() ?? []);
        return bound;
    }

    private BoundCategory BindCategory(CategorySymbol category, ExpressionBinder expressions, Scope scope)
    {
        var syntax = (CategoryDeclarationSyntax)category.Syntax;
        var (when, unless) = BindConditions(expressions, syntax.Whens, syntax.Unlesses);
        if (when is null && unless is null)
        {
            bag.Add(NameDiagnostics.MissingClause(category.Location, $"the category `{category.Name}`", "`when CONDITION`"));
        }

        CheckRanges(scope, [when, unless]);
        return new BoundCategory(category, when, unless);
    }

    private BoundExemption BindExemption(ExemptionSymbol exemption, ExpressionBinder expressions, Scope scope)
    {
        var syntax = (ExemptionDeclarationSyntax)exemption.Syntax;
        var (when, unless) = BindConditions(expressions, syntax.Whens, syntax.Unlesses);
        var windows = BindWindows(expressions, syntax.Windows, scope);
        CheckRanges(scope, windows.Select(window => window.Where).Append(when).Append(unless));
        return new BoundExemption(exemption, _lifts.GetValueOrDefault(exemption, []), when, unless, windows);
    }

    private BoundNorm BindNorm(NormSymbol norm, ExpressionBinder expressions, Scope scope)
    {
        var exemptions = _exemptions.GetValueOrDefault(norm, []).OrderBy(exemption => exemption.QualifiedName, StringComparer.Ordinal).ToImmutableArray();
        exemptions = [.. exemptions.Where(exemption => definitions.Require(exemption, exemption.Location))];
        var syntax = (NormDeclarationSyntax)norm.Syntax;
        var (when, unless) = BindConditions(expressions, syntax.Whens, syntax.Unlesses);
        var date = syntax.Node<AsOfClauseSyntax>() is { } asOf ? expressions.BindValue(asOf.Date, TypeSymbol.Date with { AllowsNone = true }) : null;
        var windows = BindWindows(expressions, syntax.Windows, scope);
        var fulfilled = syntax.Node<FulfilledClauseSyntax>() is { } clause ? expressions.BindCondition(clause.Condition) : null;
        CheckRanges(scope, windows.Select(window => window.Where).Append(when).Append(unless).Append(fulfilled));
        return new BoundNorm(norm, when, unless, date, windows, fulfilled, exemptions);
    }

    private static (BoundExpression? When, BoundExpression? Unless) BindConditions(ExpressionBinder expressions, IEnumerable<WhenClauseSyntax> whens, IEnumerable<UnlessClauseSyntax> unlesses) =>
        (whens.FirstOrDefault() is { } when ? expressions.BindCondition(when.Condition) : null,
         unlesses.FirstOrDefault() is { } unless ? expressions.BindCondition(unless.Condition) : null);

    private ImmutableArray<BoundWindow> BindWindows(ExpressionBinder expressions, IEnumerable<WindowClauseSyntax> syntax, Scope scope)
    {
        var date = TypeSymbol.Date with { AllowsNone = true };
        var windows = ImmutableArray.CreateBuilder<BoundWindow>();
        foreach (var window in syntax)
        {
            var from = window.From is { } first ? expressions.BindValue(first, date) : null;
            var until = window.Until?.Date is { } last ? expressions.BindValue(last, date) : null;
            var where = window.Where is { } part ? expressions.BindCondition(part.Condition) : null;
            if (from is BoundConstant { Value: DateConstant start } && until is BoundConstant { Value: DateConstant end } && end.Day < start.Day)
            {
                bag.Add(NormDiagnostics.ReversedWindow(scope.Text.GetLocation(window.Span), CivilDate.Format(start.Day), CivilDate.Format(end.Day)));
            }

            windows.Add(new BoundWindow(from, until, where));
        }

        return windows.ToImmutable();
    }

    private void CheckRanges(Scope scope, IEnumerable<BoundExpression?> expressions)
    {
        foreach (var place in expressions.OfType<BoundExpression>().Select(_ranges.FirstTooLarge).OfType<SyntaxElement>())
        {
            bag.Add(TypeDiagnostics.TooComplex(scope.Text.GetLocation(place.Span)));
        }
    }
}
