using System.Collections.Immutable;
using System.Diagnostics;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Binding;

/// <summary>
/// Expressions of one module: names to symbols, literals to values, units to one unit. Always gives a bound expression; a
/// <see cref="BoundError"/> means that an error was reported, and silences those that would follow from it.
/// </summary>
internal sealed partial class ExpressionBinder(Scope scope, IDefinitions definitions, DiagnosticBag bag, SemanticInfo info)
{
    private readonly TypeBinder _types = new(bag);

    /// <summary>What <c>due</c> means; null outside a deadline.</summary>
    public BoundExpression? Due { get; init; }

    /// <summary>Binds a condition.</summary>
    public BoundExpression BindCondition(ExpressionSyntax? syntax)
    {
        if (syntax is null)
        {
            return new BoundError(MissingSyntax);
        }

        var bound = Bind(syntax);
        if (bound.Type.IsError || bound.Type is { Kind: TypeKind.YesNo, AllowsNone: false })
        {
            return bound;
        }

        return Fail(syntax, TypeDiagnostics.NotACondition(At(syntax), bound.Type));
    }

    /// <summary>Binds a value that must be of a type; numbers are converted to its unit.</summary>
    public BoundExpression BindValue(ExpressionSyntax? syntax, TypeSymbol expected) =>
        syntax is null ? new BoundError(MissingSyntax) : Convert(Bind(syntax, expected), expected);

    /// <summary>Binds an expression.</summary>
    /// <param name="hint">The type of what it is compared with, from which a bare name or <c>none</c> takes its meaning.</param>
    public BoundExpression Bind(ExpressionSyntax? syntax, TypeSymbol? hint = null)
    {
        if (syntax is null)
        {
            return new BoundError(MissingSyntax);
        }

        var bound = syntax switch
        {
            OrExpressionSyntax either => BindOperands(either.Operands, operands => new BoundOr(either, operands), either),
            AndExpressionSyntax both => BindOperands(both.Operands, operands => new BoundAnd(both, operands), both),
            NotExpressionSyntax not => BindNot(not),
            ComparisonExpressionSyntax comparison => BindComparison(comparison),
            AdditiveExpressionSyntax sum => BindSum(sum),
            MultiplicativeExpressionSyntax product => BindProduct(product),
            UnaryExpressionSyntax minus => BindNegation(minus),
            AtExpressionSyntax at => BindAt(at),
            ParenthesizedExpressionSyntax parenthesized => Bind(parenthesized.Expression, hint),
            NumberLiteralSyntax number => BindNumber(number),
            DurationLiteralSyntax duration => BindDuration(duration),
            WorkingDaysLiteralSyntax days => BindWorkingDays(days),
            DateLiteralSyntax date => BindDate(date),
            TextLiteralSyntax text => new BoundConstant(text, TypeSymbol.Text, new TextConstant(text.Text)),
            HsLiteralSyntax code when hint is { Kind: TypeKind.Date } => Fail(code, TypeDiagnostics.NotADate(At(code))),
            HsLiteralSyntax code => Fail(code, TypeDiagnostics.CompareHsWithUnder(At(code))),
            YesNoLiteralSyntax literal => new BoundConstant(literal, TypeSymbol.YesNo, new YesNoConstant(literal.IsYes)),
            NoneLiteralSyntax none => new BoundConstant(none, TypeSymbol.None, NoneConstant.Instance),
            ExtremeCallSyntax extreme => BindExtreme(extreme),
            QuantifierCallSyntax quantifier => BindQuantifier(quantifier),
            AtLeastCallSyntax atLeast => BindAtLeast(atLeast),
            ListCallSyntax call => BindListCall(call),
            SpanCallSyntax span => BindSpan(span),
            YearCallSyntax year => BindYear(year),
            NameExpressionSyntax name => BindName(name, hint),
            _ => throw new UnreachableException(syntax.Kind.ToString()),
        };
        info.Bind(syntax, bound);
        return bound;
    }

    private static readonly SyntaxToken MissingSyntax = new(SyntaxKind.UnexpectedToken, new TextSpan(0, 0), "", [], isMissing: true);

    private TextLocation At(SyntaxElement syntax) => scope.Text.GetLocation(syntax.Span);

    private BoundError Fail(SyntaxElement syntax, Diagnostic diagnostic)
    {
        bag.Add(diagnostic);
        return new BoundError(syntax);
    }

    private BoundExpression BindOperands(IEnumerable<ExpressionSyntax> syntax, Func<ImmutableArray<BoundExpression>, BoundExpression> combine, SyntaxElement whole)
    {
        var operands = syntax.Select(BindCondition).ToImmutableArray();
        return operands.Any(operand => operand.Type.IsError) ? new BoundError(whole)
            : operands.Length == 1 ? operands[0]
            : combine(operands);
    }

    private BoundExpression BindNot(NotExpressionSyntax syntax)
    {
        var operand = BindCondition(syntax.Operand);
        return operand.Type.IsError ? operand : new BoundNot(syntax, operand);
    }

    private BoundExpression BindQuantifier(QuantifierCallSyntax syntax) =>
        BindOperands(syntax.Arguments, operands => syntax.IsAll ? new BoundAnd(syntax, operands) : new BoundOr(syntax, operands), syntax);

    private BoundExpression BindAtLeast(AtLeastCallSyntax syntax)
    {
        var operands = syntax.Arguments.Select(BindCondition).ToImmutableArray();
        if (syntax.Count is not { } count || operands.Any(operand => operand.Type.IsError))
        {
            return new BoundError(syntax);
        }

        var number = Rational.Parse(count.Text);
        return number >= Rational.One && number <= new Rational(operands.Length)
            ? new BoundAtLeast(syntax, (int)number.Numerator, operands)
            : Fail(syntax, TypeDiagnostics.CountOutOfRange(At(count), operands.Length));
    }

    private BoundExpression BindName(NameExpressionSyntax syntax, TypeSymbol? hint)
    {
        if (syntax.Name.HasMissing)
        {
            return new BoundError(syntax);
        }

        var isPlain = syntax.Name.Parts.Skip(1).FirstOrDefault() is null;
        if (isPlain && Due is not null && syntax.Name.Text == "due")
        {
            return Due;
        }

        if (isPlain && BindContextual(syntax, syntax.Name.Text, hint) is { } constant)
        {
            return constant;
        }

        var symbol = (isPlain ? FindInEntry(syntax.Name.Text) : null) ?? scope.ResolveAny(syntax.Name, "name", bag, IsValue);
        if (symbol is null)
        {
            return new BoundError(syntax);
        }

        info.Refer(syntax.Name, symbol);
        if (Entry is not null && symbol is not (FieldSymbol or QuestionSymbol or ParameterSymbol))
        {
            return Fail(syntax, ListDiagnostics.EntryCondition(At(syntax), symbol));
        }

        switch (symbol)
        {
            case FieldSymbol { Type.Kind: TypeKind.List } list:
                return Fail(syntax, ListDiagnostics.ListAlone(At(syntax), list.Name));
            case FieldSymbol field:
                return field.Type.IsError ? new BoundError(syntax) : new BoundField(syntax, field);
            case QuestionSymbol question:
                return new BoundQuestion(syntax, question);
            case CategorySymbol category:
                return definitions.Require(category, At(syntax)) ? new BoundCategoryReference(syntax, category) : new BoundError(syntax);
            case DefineSymbol define:
                return definitions.TypeOf(define, At(syntax)) is { IsError: false } type ? new BoundDefineReference(syntax, type, define) : new BoundError(syntax);
            case ParameterSymbol parameter:
                return BindParameter(syntax, parameter, at: null);
            case ColumnSymbol { Table.Policy: HitPolicy.Collect } column:
                return Fail(syntax, TableDiagnostics.Collected(At(syntax), column));
            case ColumnSymbol column:
                return BindColumn(syntax, column);
            case NormSymbol norm:
                return Fail(syntax, TypeDiagnostics.NormIsNoCondition(At(syntax), norm));
            default:
                return Fail(syntax, NameDiagnostics.WrongKind(At(syntax), symbol, "a value"));
        }
    }

    /// <summary>A plain name that means nothing by itself; beside a value of an enumeration it may be a member.</summary>
    public bool IsBareMember(ExpressionSyntax syntax) =>
        syntax is NameExpressionSyntax { Name: { HasMissing: false } name } && name.Parts.Skip(1).FirstOrDefault() is null && FindInEntry(name.Text) is null && scope.Find(name.Text).IsEmpty;

    private static bool IsValue(Symbol symbol) =>
        symbol is FieldSymbol or QuestionSymbol or CategorySymbol or DefineSymbol or ParameterSymbol or ColumnSymbol;

    /// <summary>A member or a country, where the other side of the comparison asks for one.</summary>
    private BoundExpression? BindContextual(NameExpressionSyntax syntax, string name, TypeSymbol? hint)
    {
        if (hint is { Kind: TypeKind.Member, Enumeration: { } enumeration })
        {
            var ordinal = enumeration.Members.IndexOf(name);
            var others = FindInEntry(name) is { } inEntry ? [inEntry] : scope.Find(name);
            if (ordinal >= 0 && others.OfType<FieldSymbol>().Any(field => field.Type.Enumeration is { } own && own.Equals(enumeration)))
            {
                return Fail(syntax, NameDiagnostics.AmbiguousName(At(syntax), name, others));
            }

            if (ordinal >= 0)
            {
                return new BoundConstant(syntax, hint with { AllowsNone = false }, new MemberConstant(ordinal));
            }

            return others.IsEmpty ? Fail(syntax, TypeDiagnostics.UnknownMember(At(syntax), name, enumeration)) : null;
        }

        if (hint is { Kind: TypeKind.Country })
        {
            if (Reference.CountryCodes.Exists(name))
            {
                return new BoundConstant(syntax, TypeSymbol.Country, new CountryConstant(name));
            }

            return FindInEntry(name) is null && scope.Find(name).IsEmpty ? Fail(syntax, TypeDiagnostics.UnknownCountry(At(syntax), name)) : null;
        }

        return hint is { Kind: TypeKind.MemberSet, Enumeration: { } set } && set.Members.Contains(name) && scope.Find(name).IsEmpty
            ? Fail(syntax, TypeDiagnostics.CompareSetWithHas(At(syntax), hint, null, $"has {name}"))
            : null;
    }

    private BoundExpression BindColumn(SyntaxElement syntax, ColumnSymbol column) =>
        !column.Type.IsError && definitions.Require(column.Table, At(syntax)) ? new BoundColumn(syntax, column) : new BoundError(syntax);

    private BoundExpression BindParameter(SyntaxElement syntax, ParameterSymbol parameter, BoundExpression? at)
    {
        var entries = definitions.EntriesOf(parameter, At(syntax));
        if (entries.IsEmpty || parameter.Type.IsError)
        {
            return new BoundError(syntax);
        }

        if (entries is [{ FromDay: null } only])
        {
            return new BoundConstant(syntax, parameter.Type, only.Value);
        }

        if (entries.All(entry => entry.Value is NoneConstant))
        {
            // None before its first day and after: none on a day that nobody knows as well.
            return new BoundConstant(syntax, parameter.Type, NoneConstant.Instance);
        }

        // Before its first day a parameter has no value.
        var type = entries[0].FromDay is null && at is not { Type.AllowsNone: true } ? parameter.Type : parameter.Type with { AllowsNone = true };
        return new BoundParameter(syntax, type, parameter, entries, at);
    }

    private BoundExpression BindAt(AtExpressionSyntax syntax)
    {
        var date = BindValue(syntax.Date, TypeSymbol.Date with { AllowsNone = true });
        if (syntax.Parameter is not NameExpressionSyntax { Name.HasMissing: false } name)
        {
            return syntax.Parameter is null ? new BoundError(syntax) : Fail(syntax, TypeDiagnostics.AtNeedsParameter(At(syntax.Parameter)));
        }

        if (scope.ResolveAny(name.Name, "parameter", bag, symbol => symbol is ParameterSymbol) is not { } symbol)
        {
            return new BoundError(syntax);
        }

        info.Refer(name.Name, symbol);
        return symbol is not ParameterSymbol parameter ? Fail(syntax, TypeDiagnostics.AtNeedsParameter(At(name)))
            : date.Type.IsError ? date
            : BindParameter(syntax, parameter, date);
    }
}

/// <summary>What an expression may ask about other definitions. Asking binds them first, and reports a cycle.</summary>
internal interface IDefinitions
{
    /// <summary>The type of a definition; the error type where it does not bind.</summary>
    TypeSymbol TypeOf(DefineSymbol define, TextLocation at);

    /// <summary>The values of a parameter by their days; empty where it does not bind.</summary>
    ImmutableArray<ParameterEntry> EntriesOf(ParameterSymbol parameter, TextLocation at);

    /// <summary>Sees to it that a category or norm is bound before its user; false in a cycle.</summary>
    bool Require(DefinitionSymbol symbol, TextLocation at);
}
