using System.Diagnostics;
using System.Numerics;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Analysis;

/// <summary>Comparisons of terms as sets of one fact's values. None equals none; an ordering with it is false.</summary>
internal static class TermComparison
{
    /// <summary>The set of a comparison; null where it is not over one fact.</summary>
    public static ConditionSet? Compare(ComparisonKind kind, Term? left, Term? right) => (left, right) switch
    {
        (null, _) or (_, null) => null,
        (FactTerm one, FactTerm other) => Same(kind, one, other),
        (FactTerm fact, _) => new ConditionSet(fact.Fact, Values(kind, fact, right)),
        (_, FactTerm fact) => new ConditionSet(fact.Fact, Values(Mirror(kind), fact, left)),
        (NoneTerm, NoneTerm) => ConditionSet.Of(kind == ComparisonKind.Equal),
        (NoneTerm, _) or (_, NoneTerm) => ConditionSet.Of(kind == ComparisonKind.NotEqual),
        (TextTerm one, TextTerm other) => ConditionSet.Of(Holds(kind, string.CompareOrdinal(one.Text, other.Text))),
        (NumberTerm one, NumberTerm other) => ConditionSet.Of(Holds(kind, one.Value.CompareTo(other.Value))),
        _ => throw new UnreachableException(),
    };

    /// <summary>A fact with itself: their difference with nothing, except that none equals none.</summary>
    private static ConditionSet? Same(ComparisonKind kind, FactTerm left, FactTerm right)
    {
        if (left.Fact != right.Fact || left.Step != right.Step)
        {
            return null;
        }

        var difference = left with { Factor = left.Factor - right.Factor, Offset = left.Offset - right.Offset };
        var values = Values(kind, difference, new NumberTerm(Rational.Zero));
        return new ConditionSet(left.Fact, values.WithNone(kind == ComparisonKind.Equal && left.Fact.Domain.HasNone));
    }

    private static ValueSet Values(ComparisonKind kind, FactTerm fact, Term constant)
    {
        var domain = fact.Fact.Domain;
        if (kind == ComparisonKind.NotEqual)
        {
            return Values(ComparisonKind.Equal, fact, constant).Complement(domain);
        }

        return constant switch
        {
            NoneTerm => kind == ComparisonKind.Equal ? ValueSet.None.Intersect(domain) : ValueSet.Empty,
            TextTerm text => Texts(kind, FactPoint.Of(text.Text)),
            NumberTerm number when fact.Factor == Rational.Zero =>
                Holds(kind, fact.Offset.CompareTo(number.Value)) ? domain.WithNone(false) : ValueSet.Empty,
            NumberTerm number => Numbers(
                fact.Factor < Rational.Zero ? Mirror(kind) : kind,
                fact,
                (number.Value - fact.Offset) / fact.Factor).Intersect(domain),
            _ => throw new UnreachableException(),
        };
    }

    private static ValueSet Texts(ComparisonKind kind, FactPoint text)
    {
        var first = FactPoint.Of("");
        return kind switch
        {
            ComparisonKind.Equal => ValueSet.From(text, text.Next),
            ComparisonKind.Less => ValueSet.From(first, text),
            ComparisonKind.LessOrEqual => ValueSet.From(first, text.Next),
            ComparisonKind.Greater => ValueSet.From(text.Next),
            ComparisonKind.GreaterOrEqual => ValueSet.From(text),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Where the fact's step, a whole number, stands so to a threshold.</summary>
    private static ValueSet Numbers(ComparisonKind kind, FactTerm fact, Rational threshold)
    {
        var least = fact.Fact.Domain.Intervals[0].Low;
        FactPoint From(BigInteger bound) => FactPoint.Of(fact.Step is null ? bound : First(fact.Step, bound));
        return kind switch
        {
            ComparisonKind.Equal => threshold.IsWhole ? ValueSet.From(From(threshold.Numerator), From(threshold.Numerator + 1)) : ValueSet.Empty,
            ComparisonKind.Less => ValueSet.From(least, From(threshold.Ceiling())),
            ComparisonKind.LessOrEqual => ValueSet.From(least, From(threshold.Floor() + 1)),
            ComparisonKind.Greater => ValueSet.From(From(threshold.Floor() + 1)),
            ComparisonKind.GreaterOrEqual => ValueSet.From(From(threshold.Ceiling())),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The first day from which on a function that keeps order is not below a bound; found by halving.</summary>
    private static long First(Func<long, long> step, BigInteger bound)
    {
        var (low, high) = (CivilDate.MinDay, CivilDate.MaxDay + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (step(middle) >= bound)
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

    private static bool Holds(ComparisonKind kind, int order) => kind switch
    {
        ComparisonKind.Equal => order == 0,
        ComparisonKind.NotEqual => order != 0,
        ComparisonKind.Less => order < 0,
        ComparisonKind.LessOrEqual => order <= 0,
        ComparisonKind.Greater => order > 0,
        ComparisonKind.GreaterOrEqual => order >= 0,
        _ => throw new UnreachableException(),
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
