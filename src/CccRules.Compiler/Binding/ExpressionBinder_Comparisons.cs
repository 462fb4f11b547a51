using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Compiler.Syntax.Nodes;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Binding;

/// <summary>Comparisons: types and units brought together, or told apart.</summary>
internal sealed partial class ExpressionBinder
{
    private const int MostPatternLength = 1_000;

    /// <summary>A match takes as many steps as the text is long, times this.</summary>
    private const int MostPatternSize = 1_000;

    private BoundExpression BindComparison(ComparisonExpressionSyntax syntax)
    {
        if (syntax.Left is not { } left || syntax.Tails.FirstOrDefault() is not { } tail)
        {
            return new BoundError(syntax);
        }

        if (FindNorm(left) is { } norm)
        {
            return BindStatusTest(syntax, norm, tail);
        }

        return tail switch
        {
            RelationalTailSyntax relational => BindPair(syntax, KindOf(relational.Operator.Kind), left, relational.Right),
            IsTailSyntax same => BindPair(syntax, same.IsNegated ? ComparisonKind.NotEqual : ComparisonKind.Equal, left, same.Right),
            InTailSyntax list => Negate(syntax, list.IsNegated, BindIn(syntax, left, list)),
            BetweenTailSyntax between => BindBetween(syntax, left, between),
            UnderTailSyntax under => Negate(syntax, under.IsNegated, BindUnder(syntax, left, under)),
            MatchesTailSyntax matches => BindMatches(syntax, left, matches),
            HasTailSyntax has => BindHas(syntax, left, has),
            _ => throw new UnreachableException(tail.Kind.ToString()),
        };
    }

    private static BoundExpression Negate(SyntaxElement syntax, bool isNegated, BoundExpression bound) =>
        isNegated && !bound.Type.IsError ? new BoundNot(syntax, bound) : bound;

    private static ComparisonKind KindOf(SyntaxKind sign) => sign switch
    {
        SyntaxKind.EqualsToken => ComparisonKind.Equal,
        SyntaxKind.NotEqualsToken => ComparisonKind.NotEqual,
        SyntaxKind.LessToken => ComparisonKind.Less,
        SyntaxKind.LessOrEqualToken => ComparisonKind.LessOrEqual,
        SyntaxKind.GreaterToken => ComparisonKind.Greater,
        _ => ComparisonKind.GreaterOrEqual,
    };

    private BoundExpression BindPair(SyntaxElement syntax, ComparisonKind kind, ExpressionSyntax leftSyntax, ExpressionSyntax? rightSyntax)
    {
        BoundExpression left, right;
        if (leftSyntax is NameExpressionSyntax { Name.HasMissing: false } name && FindInEntry(name.Name.Text) is null && scope.Find(name.Name.Text).IsEmpty && rightSyntax is not null and not NameExpressionSyntax { Name.HasMissing: true })
        {
            // `sale = purpose`: the name on the left takes its meaning from the right.
            right = Bind(rightSyntax);
            left = right.Type.IsError ? new BoundError(leftSyntax) : Bind(leftSyntax, right.Type);
        }
        else
        {
            left = Bind(leftSyntax);
            right = Bind(rightSyntax, left.Type);
        }

        return Compare(syntax, kind, left, right);
    }

    private BoundExpression Compare(SyntaxElement syntax, ComparisonKind kind, BoundExpression left, BoundExpression right)
    {
        if (left.Type.IsError || right.Type.IsError)
        {
            return new BoundError(syntax);
        }

        if (left.Type.Kind == TypeKind.None && right.Type.Kind != TypeKind.None)
        {
            (left, right, kind) = (right, left, Mirror(kind));
        }

        var type = left.Type;
        var isOrdering = kind is not (ComparisonKind.Equal or ComparisonKind.NotEqual);
        if (type.Kind is TypeKind.Hs && right.Type.Kind is TypeKind.Hs or TypeKind.Number)
        {
            return Fail(syntax, TypeDiagnostics.CompareHsWithUnder(At(syntax), $"{At(left.Syntax).SpanText} under {At(right.Syntax).SpanText}"));
        }

        if (right.Type.Kind == TypeKind.None)
        {
            return isOrdering ? Fail(syntax, TypeDiagnostics.NotOrdered(At(right.Syntax), right.Type))
                : !type.AllowsNone ? Fail(syntax, TypeDiagnostics.NoneNotAllowed(At(left.Syntax), type))
                : new BoundComparison(syntax, kind, left, ((BoundConstant)right) with { Type = type });
        }

        if (type.Kind != right.Type.Kind || type.Kind == TypeKind.MemberSet || (type.Kind == TypeKind.Member && !Equals(type.Enumeration, right.Type.Enumeration)))
        {
            return Fail(syntax, Incomparable(syntax, left, right));
        }

        if (isOrdering && !type.IsOrdered)
        {
            return Fail(syntax, TypeDiagnostics.NotOrdered(At(left.Syntax), type));
        }

        return CompareMeasured(syntax, kind, left, right);
    }

    /// <summary>Why two values do not compare, with the way out that is most likely meant.</summary>
    private Diagnostic Incomparable(SyntaxElement syntax, BoundExpression left, BoundExpression right)
    {
        if (right is BoundConstant { Value: TextConstant text } && IsWritten(text.Value, left.Type))
        {
            return TypeDiagnostics.NeedsNoQuotes(At(syntax), left.Type, At(right.Syntax), text.Value);
        }

        return left.Type.Kind == TypeKind.MemberSet
            ? TypeDiagnostics.CompareSetWithHas(At(syntax), left.Type, right.Type, $"{At(left.Syntax).SpanText} has {left.Type.Enumeration?.Members.FirstOrDefault() ?? "…"}")
            : TypeDiagnostics.CannotCompare(At(syntax), left.Type, right.Type);
    }

    /// <summary>A text is how a value of a type would be written.</summary>
    private static bool IsWritten(string text, TypeSymbol type) => type.Kind switch
    {
        TypeKind.Member => type.Enumeration?.Members.Contains(text) == true,
        TypeKind.Date => CivilDate.TryParse(text, out _),
        TypeKind.Country => Reference.CountryCodes.Exists(text),
        _ => false,
    };

    private BoundExpression CompareMeasured(SyntaxElement syntax, ComparisonKind kind, BoundExpression left, BoundExpression right)
    {
        if (left.Type.Kind == TypeKind.Number)
        {
            if (left is BoundConstant && right is not BoundConstant)
            {
                (left, right, kind) = (right, left, Mirror(kind));
            }

            right = ConvertNumber(right, left.Type);
            if (right.Type.IsError)
            {
                return right;
            }
        }
        else if (left.Type.Kind == TypeKind.Duration && (left.Type.Basis != right.Type.Basis || left.Type.Basis == DurationBasis.Mixed))
        {
            return Fail(syntax, TypeDiagnostics.DifferentDurations(At(syntax), left.Type, right.Type));
        }

        return new BoundComparison(syntax, kind, left, right);
    }

    private static ComparisonKind Mirror(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Less => ComparisonKind.Greater,
        ComparisonKind.LessOrEqual => ComparisonKind.GreaterOrEqual,
        ComparisonKind.Greater => ComparisonKind.Less,
        ComparisonKind.GreaterOrEqual => ComparisonKind.LessOrEqual,
        _ => kind,
    };

    private BoundExpression BindIn(SyntaxElement syntax, ExpressionSyntax leftSyntax, InTailSyntax list)
    {
        var left = Bind(leftSyntax);
        var items = list.Items.Select(item => Compare(item, ComparisonKind.Equal, left, Bind(item, left.Type))).ToImmutableArray();
        if (left.Type.IsError || items.Any(item => item.Type.IsError))
        {
            return new BoundError(syntax);
        }

        // `5 in (a, b)`: each item is compared with the constant in the item's own unit.
        return items.Any(item => !ReferenceEquals(((BoundComparison)item).Left, left))
            ? new BoundOr(syntax, items)
            : new BoundIn(syntax, left, [.. items.Select(item => ((BoundComparison)item).Right)]);
    }

    private BoundExpression BindBetween(SyntaxElement syntax, ExpressionSyntax leftSyntax, BetweenTailSyntax between)
    {
        var operand = Bind(leftSyntax);
        var low = Compare(syntax, ComparisonKind.GreaterOrEqual, operand, Bind(between.Low, operand.Type));
        var high = Compare(syntax, ComparisonKind.LessOrEqual, operand, Bind(between.High, operand.Type));
        if (low is not BoundComparison { Left: var left, Right: var from } || high is not BoundComparison { Left: var other, Right: var to })
        {
            return new BoundError(syntax);
        }

        // `5 between a and b`: the constant is compared with each bound in the bound's own unit.
        if (!ReferenceEquals(left, operand) || !ReferenceEquals(other, operand))
        {
            return new BoundAnd(syntax, [low, high]);
        }

        return IsAbove(from, to)
            ? Fail(syntax, NormDiagnostics.EmptyRange(At(between), At(from.Syntax).SpanText, At(to.Syntax).SpanText))
            : new BoundBetween(syntax, operand, from, to);
    }

    private static bool IsAbove(BoundExpression left, BoundExpression right) => (left, right) switch
    {
        (BoundConstant { Value: NumberConstant a }, BoundConstant { Value: NumberConstant b }) => a.Value > b.Value,
        (BoundConstant { Value: DateConstant a }, BoundConstant { Value: DateConstant b }) => a.Day > b.Day,
        (BoundConstant { Value: TextConstant a }, BoundConstant { Value: TextConstant b }) => string.CompareOrdinal(a.Value, b.Value) > 0,
        (BoundConstant { Value: DurationConstant a }, BoundConstant { Value: DurationConstant b }) => a.Months > b.Months || a.Days > b.Days,
        _ => false,
    };

    private BoundExpression BindMatches(SyntaxElement syntax, ExpressionSyntax leftSyntax, MatchesTailSyntax matches)
    {
        var left = Bind(leftSyntax);
        if (left.Type.IsError || matches.Pattern is not { } token)
        {
            return new BoundError(syntax);
        }

        if (left.Type.Kind != TypeKind.Text)
        {
            return Fail(syntax, TypeDiagnostics.CannotCompare(At(syntax), left.Type, TypeSymbol.Text));
        }

        var pattern = token.StringValue();
        if (pattern.Length > MostPatternLength)
        {
            return Fail(syntax, TypeDiagnostics.BadPattern(At(token), "it is too long"));
        }

        if (PatternSize.Of(pattern) > MostPatternSize)
        {
            return Fail(syntax, TypeDiagnostics.BadPattern(At(token), $"written out without its repeat counts it has more than {MostPatternSize} characters"));
        }

        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (RegexParseException problem)
        {
            return Fail(syntax, TypeDiagnostics.BadPattern(At(token), $"{problem.Error} at character {problem.Offset + 1}"));
        }
        catch (NotSupportedException)
        {
            return Fail(syntax, TypeDiagnostics.BadPattern(At(token), "it needs backtracking, or is too large"));
        }

        return new BoundMatches(syntax, left, pattern);
    }

    private BoundExpression BindHas(SyntaxElement syntax, ExpressionSyntax leftSyntax, HasTailSyntax has)
    {
        // What a table collects can be asked for here and nowhere else.
        var left = FindCollected(leftSyntax) is { } column ? BindColumn(leftSyntax, column) : Bind(leftSyntax);
        if (left.Type.IsError)
        {
            return left;
        }

        if (left.Type is not { Kind: TypeKind.MemberSet, Enumeration: { } enumeration })
        {
            return Fail(syntax, TypeDiagnostics.NotMembers(At(left.Syntax), left.Type));
        }

        return BindMembers(has.Members, enumeration) is { } mask ? new BoundHas(syntax, left, mask, has.IsAll) : new BoundError(syntax);
    }

    private ColumnSymbol? FindCollected(ExpressionSyntax syntax)
    {
        if (syntax is not NameExpressionSyntax { Name: { HasMissing: false } name } || name.Parts.Skip(1).FirstOrDefault() is not null
            || Entry is not null || scope.Find(name.Text) is not [ColumnSymbol { Table.Policy: HitPolicy.Collect } column])
        {
            return null;
        }

        info.Refer(name, column);
        return column;
    }

    /// <summary>Members to a bit each; null (and a message) where one is not known.</summary>
    public long? BindMembers(IEnumerable<NameSyntax> names, EnumerationSymbol enumeration)
    {
        long? mask = 0;
        foreach (var name in names)
        {
            var ordinal = enumeration.Members.IndexOf(name.Text);
            if (ordinal < 0 && !name.HasMissing)
            {
                bag.Add(TypeDiagnostics.UnknownMember(At(name), name.Text, enumeration, TypeKind.MemberSet));
            }

            mask = ordinal < 0 ? null : mask | (1L << ordinal);
        }

        return mask;
    }

    private NormSymbol? FindNorm(ExpressionSyntax left) =>
        Entry is null && left is NameExpressionSyntax { Name: { HasMissing: false } name }
            ? (name.Parts.Skip(1).FirstOrDefault() is null
                ? scope.Find(name.Text)
                : [.. scope.Modules.TryGetValue(name.Text[..name.Text.LastIndexOf('.')], out var other) && other.FindOwn(name.Parts.Last().Text) is { } found ? new[] { found } : []])
                is [NormSymbol norm] ? Refer(name, norm) : null
            : null;

    private NormSymbol? Refer(QualifiedNameSyntax name, NormSymbol norm) =>
        scope.ResolveAny(name, "obligation", bag, symbol => symbol is NormSymbol) is NormSymbol ? ReferTo(name, norm) : null;

    private NormSymbol ReferTo(QualifiedNameSyntax name, NormSymbol norm)
    {
        info.Refer(name, norm);
        return norm;
    }

    private BoundExpression BindStatusTest(SyntaxElement syntax, NormSymbol norm, ComparisonTailSyntax tail)
    {
        var (items, isNegated) = tail switch
        {
            IsTailSyntax { Right: { } right } same => ([right], same.IsNegated),
            RelationalTailSyntax { Right: { } right, Operator.Kind: SyntaxKind.EqualsToken or SyntaxKind.NotEqualsToken } same =>
                ([right], same.Operator.Kind == SyntaxKind.NotEqualsToken),
            InTailSyntax list => (list.Items.ToImmutableArray(), list.IsNegated),
            _ => (ImmutableArray<ExpressionSyntax>.Empty, false),
        };
        if (items.IsEmpty)
        {
            return Fail(syntax, TypeDiagnostics.NormIsNoCondition(At(syntax), norm));
        }

        var statuses = Outcome.Nothing;
        foreach (var item in items)
        {
            if (item is not NameExpressionSyntax { Name.HasMissing: false } name || StatusOf(norm, name.Name.Text) is not { } status)
            {
                return Fail(syntax, TypeDiagnostics.UnknownStatus(At(item), At(item).SpanText, StatusNames(norm)));
            }

            statuses |= status;
        }

        return definitions.Require(norm, At(syntax))
            ? Negate(syntax, isNegated, new BoundStatusTest(syntax, norm, statuses))
            : new BoundError(syntax);
    }

    public static IEnumerable<string> StatusNames(NormSymbol norm) =>
        Outcomes.StatusNames(norm.Kind).Where((_, bit) => (Possible(norm) >> bit & 1) != 0);

    /// <summary>The statuses that a norm of a kind can have.</summary>
    private static int Possible(NormSymbol norm) => (int)(norm.Kind switch
    {
        NormKind.Option => Outcome.NotApplicable | Outcome.NotInForce | Outcome.Fulfilled | Outcome.Required,
        NormKind.Deadline => Outcome.NotApplicable | Outcome.Fulfilled | Outcome.Breached | Outcome.Required | Outcome.Soon,
        _ => Outcome.NotApplicable | Outcome.Exempt | Outcome.NotInForce | Outcome.Fulfilled | Outcome.Breached | Outcome.Required,
    });

    /// <summary>A status by its name; null where the norm cannot have it.</summary>
    public static Outcome? StatusOf(NormSymbol norm, string name)
    {
        var names = Outcomes.StatusNames(norm.Kind);
        for (var bit = 0; bit < names.Count; bit++)
        {
            if (names[bit] == name && StatusNames(norm).Contains(name))
            {
                return (Outcome)(1 << bit);
            }
        }

        return null;
    }
}
