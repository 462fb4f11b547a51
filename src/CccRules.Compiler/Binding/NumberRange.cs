using System.Numerics;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Binding;

/// <summary>How large a number can get: the bound of its numerator over a fixed denominator.</summary>
internal readonly record struct NumberBound(BigInteger Largest, BigInteger Denominator);

/// <summary>
/// Follows how far exact arithmetic can go, so that evaluation never overflows: numerators stay below 2^126 on every step.
/// The lowering gives each number the denominator that is found here.
/// </summary>
internal sealed class NumberRange
{
    public static readonly BigInteger Limit = BigInteger.One << 126;

    private static readonly BigInteger FactLimit = BigInteger.One << 63;

    private readonly Dictionary<DefineSymbol, NumberBound> _defines = [];

    public void Remember(BoundDefine define)
    {
        if (define.Type.Kind == TypeKind.Number)
        {
            _defines[define.Define] = Join(define.Values.Select(entry => Of(entry.Value)));
        }
    }

    /// <summary>The bound of a number; other types count as one.</summary>
    public NumberBound Of(BoundExpression expression) => expression switch
    {
        BoundConstant { Value: NumberConstant number } => new(BigInteger.Abs(number.Value.Numerator), number.Value.Denominator),
        BoundField { Type.Kind: TypeKind.Number } field => new(FactLimit, field.Type.IsInteger ? BigInteger.One : Fact.DecimalScale),
        BoundColumn { Type.Kind: TypeKind.Number } column => new(FactLimit, column.Column.Type.IsInteger ? BigInteger.One : Fact.DecimalScale),
        BoundParameter { Type.Kind: TypeKind.Number } parameter => new(FactLimit, parameter.Parameter.Type.IsInteger ? BigInteger.One : Fact.DecimalScale),
        BoundDefineReference { Type.Kind: TypeKind.Number } reference => _defines.GetValueOrDefault(reference.Define, new(FactLimit, BigInteger.One)),
        BoundSum sum => OfSum(sum),
        BoundExtreme { Type.Kind: TypeKind.Number } extreme => Join(extreme.Operands.Select(Of)),
        _ => new(FactLimit, BigInteger.One),
    };

    /// <summary>The innermost place where a sum or a comparison could leave the exact range; null where none can.</summary>
    public SyntaxElement? FirstTooLarge(BoundExpression expression)
    {
        foreach (var part in BoundTree.Parts(expression))
        {
            if (FirstTooLarge(part) is { } inner)
            {
                return inner;
            }
        }

        var isTooLarge = expression switch
        {
            BoundSum sum => OfSum(sum).Largest >= Limit,
            BoundExtreme { Type.Kind: TypeKind.Number } => Of(expression).Largest >= Limit,
            BoundComparison { Left.Type.Kind: TypeKind.Number } comparison => IsTooLarge(comparison.Left, comparison.Right),
            BoundBetween { Operand.Type.Kind: TypeKind.Number } between => IsTooLarge(between.Operand, between.Low) || IsTooLarge(between.Operand, between.High),
            BoundIn { Operand.Type.Kind: TypeKind.Number } list => list.Items.Any(item => IsTooLarge(list.Operand, item)),
            _ => false,
        };
        return isTooLarge ? expression.Syntax : null;
    }

    private bool IsTooLarge(BoundExpression left, BoundExpression right)
    {
        var joined = Join([Of(left), Of(right)]);
        return joined.Largest >= Limit;
    }

    /// <summary>The bound over the least common denominator.</summary>
    private static NumberBound Join(IEnumerable<NumberBound> bounds)
    {
        var list = bounds.ToList();
        var denominator = list.Aggregate(BigInteger.One, (common, bound) => LeastCommonMultiple(common, bound.Denominator));
        return new(list.Max(bound => bound.Largest * (denominator / bound.Denominator)), denominator);
    }

    private NumberBound OfSum(BoundSum sum)
    {
        var terms = sum.Terms.Select(term => (Bound: Of(term.Operand), term.Factor)).ToList();
        var denominator = terms.Aggregate(BigInteger.One, (common, term) => LeastCommonMultiple(common, term.Bound.Denominator * term.Factor.Denominator));
        var largest = BigInteger.Zero;
        foreach (var (bound, factor) in terms)
        {
            largest += bound.Largest * BigInteger.Abs(factor.Numerator) * (denominator / (bound.Denominator * factor.Denominator));
        }

        return new(largest, denominator);
    }

    public static BigInteger LeastCommonMultiple(BigInteger left, BigInteger right) =>
        left / BigInteger.GreatestCommonDivisor(left, right) * right;
}
