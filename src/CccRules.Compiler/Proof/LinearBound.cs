using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Proof;

/// <summary>A number or date of the record, or a date some calendar months away from it.</summary>
internal readonly record struct Quantity(int Fact, long Months, MonthRounding Rounding) : IComparable<Quantity>
{
    public int CompareTo(Quantity other) =>
        (Fact, Months, Rounding).CompareTo((other.Fact, other.Months, other.Rounding));

    /// <summary>Where the fact has a value, the quantity's.</summary>
    public BigInteger Of(BigInteger value) =>
        Months == 0 ? value : CivilDate.AddPeriod((long)value, Months, 0, Rounding);
}

/// <summary>A sum of multiples of quantities plus a constant.</summary>
internal sealed record LinearForm(ImmutableSortedDictionary<Quantity, BigInteger> Terms, BigInteger Constant)
{
    public static LinearForm Of(BigInteger constant) => new(ImmutableSortedDictionary<Quantity, BigInteger>.Empty, constant);

    public static LinearForm Of(Quantity quantity) =>
        new(ImmutableSortedDictionary<Quantity, BigInteger>.Empty.Add(quantity, BigInteger.One), BigInteger.Zero);

    public LinearForm Times(BigInteger factor) => factor.IsZero
        ? Of(BigInteger.Zero)
        : new(Terms.ToImmutableSortedDictionary(term => term.Key, term => term.Value * factor), Constant * factor);

    public LinearForm Plus(LinearForm other)
    {
        var terms = Terms.ToBuilder();
        foreach (var (quantity, factor) in other.Terms)
        {
            var sum = terms.GetValueOrDefault(quantity) + factor;
            if (sum.IsZero)
            {
                terms.Remove(quantity);
            }
            else
            {
                terms[quantity] = sum;
            }
        }

        return new LinearForm(terms.ToImmutable(), Constant + other.Constant);
    }
}

/// <summary>A sum of multiples of quantities is at most a bound. The first factor is positive, and the factors share no divisor.</summary>
internal sealed record LinearBound(ImmutableArray<(Quantity Quantity, BigInteger Factor)> Terms, BigInteger Most)
{
    public string Key { get; } = string.Join(' ', Terms.Select(term => string.Create(
        CultureInfo.InvariantCulture, $"{term.Factor}*{term.Quantity.Fact}+{term.Quantity.Months}{term.Quantity.Rounding}"))) + string.Create(CultureInfo.InvariantCulture, $"<={Most}");

    /// <summary>The bound of a form that is at most zero, and whether it is that bound's opposite.</summary>
    public static (LinearBound Bound, bool IsNegated) AtMostZero(LinearForm form)
    {
        var divisor = form.Terms.Values.Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
        var most = Floor(-form.Constant, divisor);
        var terms = form.Terms.Select(term => (term.Key, Factor: term.Value / divisor)).ToImmutableArray();
        return terms[0].Factor.Sign > 0
            ? (new LinearBound(terms, most), false)
            : (new LinearBound([.. terms.Select(term => (term.Key, -term.Factor))], -most - 1), true);
    }

    /// <summary>Everything that is not within the bound.</summary>
    public LinearBound Opposite() => new([.. Terms.Select(term => (term.Quantity, -term.Factor))], -Most - 1);

    private static BigInteger Floor(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }
}
