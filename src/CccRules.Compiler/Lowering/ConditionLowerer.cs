using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Lowering;

/// <summary>
/// Bound conditions to logic over atoms. A comparison of one fact with constants becomes a test of the fact in a set, so that
/// every such condition is a set of cells of that fact's domain:
/// <code>
/// rated_energy * 2 > 1 kWh    →    rated_energy in [500000001 ..]
/// sold_on &lt;> 2026-03-01       →    not (sold_on in [2026-03-01])
/// a + b > c                   →    linear (1 * a + 1 * b) > c
/// </code>
/// </summary>
internal sealed class ConditionLowerer(IrBuilder builder, ImmutableDictionary<NormSymbol, int> norms)
{
    private readonly Dictionary<DefinitionSymbol, int> _definitions = [];
    private readonly Dictionary<BoundExpression, int> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(BoundWindow, int), int> _windows = [];

    public required ValueLowerer Values { get; init; }

    /// <summary>The node of a boolean definition or category that was lowered before.</summary>
    public int this[DefinitionSymbol definition] => _definitions[definition];

    public void Define(BoundDefine define)
    {
        // as A when g, as B otherwise  →  if g then A else B
        var result = Lower(define.Values[^1].Value);
        for (var i = define.Values.Length - 2; i >= 0; i--)
        {
            var (value, guard) = define.Values[i];
            result = builder.IfThenElse(Lower(guard ?? throw new UnreachableException()), Lower(value), result);
        }

        _definitions[define.Define] = result;
    }

    public void Define(BoundCategory category) => _definitions[category.Category] = Applies(category.When, category.Unless);

    /// <summary><c>when A unless B</c>  →  A and not B; without <c>when</c> always.</summary>
    public int Applies(BoundExpression? when, BoundExpression? unless) =>
        builder.And(when is null ? builder.True : Lower(when), unless is null ? builder.True : builder.Not(Lower(unless)));

    /// <summary>The node that each condition became.</summary>
    public IReadOnlyDictionary<BoundExpression, int> Nodes => _nodes;

    /// <summary>The node that each window became on a day, which is a value.</summary>
    public IReadOnlyDictionary<(BoundWindow Window, int Day), int> WindowNodes => _windows;

    /// <summary>Each part of a condition is lowered once, however often its norm and its reasons ask for it.</summary>
    public int Lower(BoundExpression expression) =>
        _nodes.TryGetValue(expression, out var known) ? known : _nodes[expression] = LowerCondition(expression);

    private int LowerCondition(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundConstant { Value: YesNoConstant constant }:
                return constant.Value ? builder.True : builder.False;
            case BoundField or BoundQuestion or BoundParameter or BoundColumn or BoundListCall:
                return builder.InSet(Values.Lower(expression), [1, 1], includesNone: false);
            case BoundDefineReference reference:
                return _definitions.TryGetValue(reference.Define, out var node) ? node : builder.InSet(Values.Lower(reference), [1, 1], includesNone: false);
            case BoundCategoryReference reference:
                return _definitions[reference.Category];
            case BoundStatusTest test:
                return builder.Add(new IrStatus(norms[test.Norm], test.Statuses));
            case BoundAnd and:
                return builder.And(and.Operands.Select(Lower));
            case BoundOr or:
                return builder.Or(or.Operands.Select(Lower));
            case BoundNot not:
                return builder.Not(Lower(not.Operand));
            case BoundAtLeast atLeast:
                return builder.AtLeast(atLeast.Count, [.. atLeast.Operands.Select(Lower)]);
            case BoundComparison comparison:
                return Compare(comparison.Kind, comparison.Left, comparison.Right);
            case BoundBetween between:
                var low = Compare(ComparisonKind.GreaterOrEqual, between.Operand, between.Low);
                var high = Compare(ComparisonKind.LessOrEqual, between.Operand, between.High);
                return builder.Intersect(low, high) ?? builder.And(low, high);
            case BoundIn list:
                return builder.Or(list.Items.Select(item => Compare(ComparisonKind.Equal, list.Operand, item)));
            case BoundUnder under:
                return Under(under);
            case BoundMatches matches:
                return builder.Add(new IrMatches(Values.Lower(matches.Operand), matches.Pattern));
            case BoundHas { Operand: BoundColumn { Column: { Table.Policy: HitPolicy.Collect } column } } has:
                return Values.Tables.Has(column, has.Mask, has.IsAll);
            case BoundHas has:
                return Has(has);
            default:
                throw new UnreachableException(expression.GetType().Name);
        }
    }

    /// <summary><c>from D until E where C</c> on day t  →  t in [D .. E] and C; ends that are no constants are compared.</summary>
    public int Window(BoundWindow window, int day)
    {
        var from = window.From is { } first ? DayAtLeast(day, first) : builder.True;
        var until = window.Until is { } last ? DayAtMost(day, last) : builder.True;
        var inside = builder.Intersect(from, until) ?? builder.And(from, until);
        return _windows[(window, day)] = builder.And(inside, window.Where is { } where ? Lower(where) : builder.True);
    }

    /// <summary>The module's own first and last day.</summary>
    public int Window(ModuleSymbol module, int day) =>
        module.FromDay is null && module.UntilDay is null ? builder.True : builder.InRange(day, module.FromDay, module.UntilDay);

    private int DayAtLeast(int day, BoundExpression first) => first is BoundConstant { Value: DateConstant date }
        ? builder.InRange(day, date.Day, null)
        : builder.Add(new IrCompare(IrComparison.LessOrEqual, Values.Lower(first), day, 1, 1));

    private int DayAtMost(int day, BoundExpression last) => last is BoundConstant { Value: DateConstant date }
        ? builder.InRange(day, null, date.Day)
        : builder.Add(new IrCompare(IrComparison.LessOrEqual, day, Values.Lower(last), 1, 1));

    private int Has(BoundHas has)
    {
        var value = Values.Lower(has.Operand);
        if (!has.IsAll)
        {
            return builder.Add(new IrHasAny(value, has.Mask, IncludesNone: false));
        }

        return builder.And(Enumerable.Range(0, 62).Where(bit => (has.Mask >> bit & 1) != 0).Select(bit => builder.Add(new IrHasAny(value, 1L << bit, IncludesNone: false))));
    }

    private int Under(BoundUnder under)
    {
        var bounds = HsBounds.Of(under.Included, under.Excluded);
        return builder.Add(new IrHsInSet(Values.Lower(under.Operand), new IrList<long>(bounds), IncludesNone: false));
    }

    private int Compare(ComparisonKind kind, BoundExpression left, BoundExpression right)
    {
        if (kind == ComparisonKind.NotEqual)
        {
            return builder.Not(Compare(ComparisonKind.Equal, left, right));
        }

        if (left is BoundConstant && right is not BoundConstant)
        {
            (left, right, kind) = (right, left, Mirror(kind));
        }

        if (left is BoundConstant { Value: NoneConstant } || right is BoundConstant { Value: NoneConstant })
        {
            return CompareWithNone(kind, left, right);
        }

        return left.Type.Kind switch
        {
            TypeKind.Number => CompareNumbers(kind, left, right),
            TypeKind.Text => CompareTexts(kind, left, right),
            TypeKind.YesNo when right is BoundConstant { Value: YesNoConstant flag } && !left.Type.AllowsNone =>
                flag.Value ? Lower(left) : builder.Not(Lower(left)),
            _ when right is BoundConstant constant => CompareWith(kind, left, FactEncoding.Encode(constant.Value, constant.Type)),
            _ => CompareValues(kind, Values.Lower(left), Values.Lower(right), 1, 1),
        };
    }

    /// <summary>
    /// <c>x = none</c> asks whether x is none. An ordering with none is false once x is known, and open until then; it is left to a
    /// comparison of values, which says so.
    /// </summary>
    private int CompareWithNone(ComparisonKind kind, BoundExpression left, BoundExpression right)
    {
        if (left is BoundConstant one && right is BoundConstant other)
        {
            return kind == ComparisonKind.Equal && one.Value is NoneConstant && other.Value is NoneConstant ? builder.True : builder.False;
        }

        // A constant stands on the right here.
        return kind == ComparisonKind.Equal
            ? IsNone(Values.Lower(left))
            : left.Type.Kind == TypeKind.Number ? CompareNumbers(kind, left, right)
            : CompareValues(kind, Values.Lower(left), Values.Lower(right), 1, 1);
    }

    private int IsNone(int value)
    {
        if (builder.ValueAt(value).Type.Kind == IrKind.HsCode)
        {
            return builder.Add(new IrHsInSet(value, new IrList<long>([]), IncludesNone: true));
        }

        return builder.ValueAt(value).Type.Kind switch
        {
            IrKind.Text => builder.Add(new IrTextInSet(value, new IrList<string>([]), IncludesNone: true)),
            IrKind.Members => builder.Add(new IrHasAny(value, 0, IncludesNone: true)),
            _ => builder.InSet(value, [], includesNone: true),
        };
    }

    private int CompareWith(ComparisonKind kind, BoundExpression left, BigInteger constant)
    {
        if (left is BoundConstant other)
        {
            return Holds(kind, FactEncoding.Encode(other.Value, other.Type).CompareTo(constant)) ? builder.True : builder.False;
        }

        return Threshold(kind, Values.Lower(left), new Rational(constant));
    }

    /// <summary>The set of whole numbers that compare so with a threshold that may lie between them.</summary>
    private int Threshold(ComparisonKind kind, int value, Rational threshold) => kind switch
    {
        ComparisonKind.Equal => threshold.IsWhole ? builder.InRange(value, threshold.Numerator, threshold.Numerator) : builder.InSet(value, [], includesNone: false),
        ComparisonKind.Less => builder.InRange(value, null, threshold.Ceiling() - 1),
        ComparisonKind.LessOrEqual => builder.InRange(value, null, threshold.Floor()),
        ComparisonKind.Greater => builder.InRange(value, threshold.Floor() + 1, null),
        ComparisonKind.GreaterOrEqual => builder.InRange(value, threshold.Ceiling(), null),
        _ => throw new UnreachableException(kind.ToString()),
    };

    private int CompareNumbers(ComparisonKind kind, BoundExpression left, BoundExpression right)
    {
        var difference = Values.Linear(left).Add(Values.Linear(right), -Rational.One);
        switch (difference.Terms)
        {
            case []:
                return Holds(kind, difference.Constant.CompareTo(Rational.Zero)) ? builder.True : builder.False;
            case [var (value, factor)] when factor != Rational.Zero && (left is BoundConstant || right is BoundConstant):
                // factor * value + constant <kind> 0: dividing by a negative factor turns the comparison round.
                return Threshold(factor < Rational.Zero ? Mirror(kind) : kind, value, -difference.Constant / factor);
            default:
                var (a, b) = (Values.Lower(left), Values.Lower(right));
                var (over, under) = (builder.ValueAt(a).Type.Denominator, builder.ValueAt(b).Type.Denominator);
                var common = NumberRange.LeastCommonMultiple(over, under);
                return CompareValues(kind, a, b, common / over, common / under);
        }
    }

    private int CompareTexts(ComparisonKind kind, BoundExpression left, BoundExpression right)
    {
        if (left is BoundConstant { Value: TextConstant a } && right is BoundConstant { Value: TextConstant b })
        {
            return Holds(kind, string.CompareOrdinal(a.Value, b.Value)) ? builder.True : builder.False;
        }

        return kind == ComparisonKind.Equal && right is BoundConstant { Value: TextConstant text }
            ? builder.Add(new IrTextInSet(Values.Lower(left), new IrList<string>([text.Value]), IncludesNone: false))
            : CompareValues(kind, Values.Lower(left), Values.Lower(right), 1, 1);
    }

    private int CompareValues(ComparisonKind kind, int left, int right, BigInteger leftFactor, BigInteger rightFactor) => kind switch
    {
        ComparisonKind.Equal => builder.Add(new IrCompare(IrComparison.Equal, left, right, leftFactor, rightFactor)),
        ComparisonKind.Less => builder.Add(new IrCompare(IrComparison.Less, left, right, leftFactor, rightFactor)),
        ComparisonKind.LessOrEqual => builder.Add(new IrCompare(IrComparison.LessOrEqual, left, right, leftFactor, rightFactor)),
        ComparisonKind.Greater => builder.Add(new IrCompare(IrComparison.Less, right, left, rightFactor, leftFactor)),
        ComparisonKind.GreaterOrEqual => builder.Add(new IrCompare(IrComparison.LessOrEqual, right, left, rightFactor, leftFactor)),
        _ => throw new UnreachableException(kind.ToString()),
    };

    private static bool Holds(ComparisonKind kind, int sign) => kind switch
    {
        ComparisonKind.Equal => sign == 0,
        ComparisonKind.Less => sign < 0,
        ComparisonKind.LessOrEqual => sign <= 0,
        ComparisonKind.Greater => sign > 0,
        ComparisonKind.GreaterOrEqual => sign >= 0,
        _ => throw new UnreachableException(kind.ToString()),
    };

    private static ComparisonKind Mirror(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Less => ComparisonKind.Greater,
        ComparisonKind.LessOrEqual => ComparisonKind.GreaterOrEqual,
        ComparisonKind.Greater => ComparisonKind.Less,
        ComparisonKind.GreaterOrEqual => ComparisonKind.LessOrEqual,
        _ => kind,
    };
}
