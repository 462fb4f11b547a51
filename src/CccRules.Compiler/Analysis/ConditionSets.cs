using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Analysis;

/// <summary>A condition over one fact: the values for which it holds.</summary>
internal sealed record ConditionSet(FieldSymbol Field, ValueSet Values);

/// <summary>
/// Conditions as sets of one fact's values, where they are that; exact, or not at all. Follows named conditions. Asks what
/// holds once the fact is known; it never says that an unknown fact is known.
/// </summary>
internal sealed class ConditionSets
{
    private readonly Dictionary<DefinitionSymbol, ConditionSet?> _named = [];

    public void Define(DefinitionSymbol symbol, ConditionSet? set) => _named[symbol] = set;

    /// <summary>Every value that a field can have.</summary>
    public static ValueSet? Domain(FieldSymbol field)
    {
        (BigInteger Low, BigInteger High)? range = field.Type switch
        {
            { Kind: TypeKind.YesNo } => (0, 1),
            { Kind: TypeKind.Member, Enumeration: { Members.Length: > 0 } members } => (0, members.Members.Length - 1),
            { Kind: TypeKind.Date } => (CivilDate.MinDay, CivilDate.MaxDay),
            { Kind: TypeKind.Number } => (Fact.None + 1, long.MaxValue),
            { Kind: TypeKind.Duration } => (int.MinValue + 2, int.MaxValue),
            { Kind: TypeKind.Hs } => (0, 9_999_999_999_999),
            _ => null,
        };
        return range is { } known ? new ValueSet([known], field.Type.AllowsNone) : null;
    }

    /// <summary>The set of a condition; null where it is not over one fact, or over one that is not a range.</summary>
    public ConditionSet? Of(BoundExpression condition)
    {
        switch (condition)
        {
            case BoundField { Field: { Type.Kind: TypeKind.YesNo } field }:
                return new ConditionSet(field, ValueSet.Range(1, 1));
            case BoundCategoryReference reference:
                return _named.GetValueOrDefault(reference.Category);
            case BoundDefineReference reference:
                return _named.GetValueOrDefault(reference.Define);
            case BoundNot not:
                return Of(not.Operand) is { } inner && Domain(inner.Field) is { } domain ? inner with { Values = inner.Values.Complement(domain) } : null;
            case BoundAnd and:
                return Join(and.Operands.Select(Of), sets => sets.Aggregate((left, right) => left.Intersect(right)));
            case BoundOr or:
                return Join(or.Operands.Select(Of), ValueSet.Union);
            case BoundComparison comparison:
                return Compare(comparison.Kind, comparison.Left, comparison.Right);
            case BoundBetween between:
                return Join(
                    [Compare(ComparisonKind.GreaterOrEqual, between.Operand, between.Low), Compare(ComparisonKind.LessOrEqual, between.Operand, between.High)],
                    sets => sets.Aggregate((left, right) => left.Intersect(right)));
            case BoundIn list:
                return Join(list.Items.Select(item => Compare(ComparisonKind.Equal, list.Operand, item)), ValueSet.Union);
            case BoundUnder { Operand: BoundField { Field: var code } } under:
                var bounds = HsBounds.Of(under.Included, under.Excluded);
                return new ConditionSet(code, ValueSet.Of(Enumerable.Range(0, bounds.Length / 2).Select(i => ((BigInteger)bounds[2 * i], (BigInteger)bounds[(2 * i) + 1])), false));
            default:
                return null;
        }
    }

    /// <summary>Sets over one fact put together; null where any is missing or over another fact.</summary>
    public static ConditionSet? Join(IEnumerable<ConditionSet?> parts, Func<IReadOnlyCollection<ValueSet>, ValueSet> combine)
    {
        var sets = new List<ValueSet>();
        FieldSymbol? field = null;
        foreach (var part in parts)
        {
            if (part is null || (field is not null && part.Field != field))
            {
                return null;
            }

            field = part.Field;
            sets.Add(part.Values);
        }

        return field is null ? null : new ConditionSet(field, combine(sets));
    }

    private static ConditionSet? Compare(ComparisonKind kind, BoundExpression left, BoundExpression right)
    {
        if (right is not BoundConstant constant)
        {
            return null;
        }

        if (left is BoundMovedDate { Date: BoundField { Field: var start } } moved && constant.Value is DateConstant date)
        {
            return Moved(kind, start, moved, date.Day);
        }

        var (field, factor, offset) = left switch
        {
            BoundField plain => (plain.Field, Rational.One, Rational.Zero),
            BoundSum sum => SingleTerm(sum),
            _ => default,
        };
        if (field is null || factor == Rational.Zero || Domain(field) is not { } domain)
        {
            return null;
        }

        if (constant.Value is NoneConstant)
        {
            var none = new ValueSet([], true);
            return new ConditionSet(field, kind == ComparisonKind.Equal ? none : none.Complement(domain));
        }

        var scale = field.Type.Kind == TypeKind.Number ? field.Type.IsInteger ? Rational.One : new Rational(Fact.DecimalScale) : Rational.One;
        var value = constant.Value is NumberConstant number ? number.Value : new Rational(FactEncoding.Encode(constant.Value, constant.Type));

        // factor * x + offset <kind> value, with x = fact / scale
        var threshold = (value - offset) / factor * scale;
        return new ConditionSet(field, Holding(factor < Rational.Zero ? Mirror(kind) : kind, threshold, domain));
    }

    private static (FieldSymbol? Field, Rational Factor, Rational Offset) SingleTerm(BoundSum sum)
    {
        FieldSymbol? field = null;
        var (factor, offset) = (Rational.Zero, Rational.Zero);
        foreach (var term in sum.Terms)
        {
            switch (term.Operand)
            {
                case BoundConstant { Value: NumberConstant number }:
                    offset += number.Value * term.Factor;
                    break;
                case BoundField plain when field is null || field == plain.Field:
                    field = plain.Field;
                    factor += term.Factor;
                    break;
                default:
                    return default;
            }
        }

        return (field, factor, offset);
    }

    private static ValueSet Holding(ComparisonKind kind, Rational threshold, ValueSet domain)
    {
        var (least, most) = domain.Intervals[0];
        return kind switch
        {
            ComparisonKind.Equal => threshold.IsWhole ? ValueSet.Range(threshold.Numerator, threshold.Numerator).Intersect(domain) : ValueSet.Empty,
            ComparisonKind.NotEqual => Holding(ComparisonKind.Equal, threshold, domain).Complement(domain),
            ComparisonKind.Less => ValueSet.Range(least, threshold.Ceiling() - 1).Intersect(domain),
            ComparisonKind.LessOrEqual => ValueSet.Range(least, threshold.Floor()).Intersect(domain),
            ComparisonKind.Greater => ValueSet.Range(threshold.Floor() + 1, most).Intersect(domain),
            _ => ValueSet.Range(threshold.Ceiling(), most).Intersect(domain),
        };
    }

    /// <summary>Moving a date keeps its order (whichever way months are rounded), so each bound is found by halving.</summary>
    private static ConditionSet? Moved(ComparisonKind kind, FieldSymbol field, BoundMovedDate moved, long day)
    {
        BigInteger months = 0, days = 0;
        foreach (var move in moved.Moves)
        {
            if (move.Duration is not BoundConstant { Value: DurationConstant duration })
            {
                return null;
            }

            var sign = move.IsBackwards ? -1 : 1;
            months += sign * duration.Months;
            days += sign * duration.Days;
        }

        long First(long target)
        {
            var (low, high) = (CivilDate.MinDay, CivilDate.MaxDay + 1);
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                if (CivilDate.AddPeriod(middle, (long)months, (long)days, moved.Rounding) >= target)
                {
                    high = middle;
                }
                else
                {
                    low = middle + 1;
                }
            }

            return low;
        }

        var (from, after) = (First(day), First(day + 1));
        var set = kind switch
        {
            ComparisonKind.Equal or ComparisonKind.NotEqual => ValueSet.Range(from, after - 1),
            ComparisonKind.Less => ValueSet.Range(CivilDate.MinDay, from - 1),
            ComparisonKind.LessOrEqual => ValueSet.Range(CivilDate.MinDay, after - 1),
            ComparisonKind.Greater => ValueSet.Range(after, CivilDate.MaxDay),
            _ => ValueSet.Range(from, CivilDate.MaxDay),
        };
        return kind == ComparisonKind.NotEqual
            ? Domain(field) is { } domain ? new ConditionSet(field, set.Complement(domain)) : null
            : new ConditionSet(field, set);
    }

    private static ComparisonKind Mirror(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Less => ComparisonKind.Greater,
        ComparisonKind.LessOrEqual => ComparisonKind.GreaterOrEqual,
        ComparisonKind.Greater => ComparisonKind.Less,
        ComparisonKind.GreaterOrEqual => ComparisonKind.LessOrEqual,
        _ => kind,
    };
}
