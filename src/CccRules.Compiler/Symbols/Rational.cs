using System.Globalization;
using System.Numerics;

namespace CccRules.Compiler.Symbols;

/// <summary>An exact number: a fraction in lowest terms with a positive denominator.</summary>
public readonly record struct Rational : IComparable<Rational>
{
    private readonly BigInteger _denominator;

    public Rational(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        _denominator = denominator / divisor;
    }

    public Rational(BigInteger whole)
        : this(whole, BigInteger.One)
    {
    }

    public static Rational Zero => new(BigInteger.Zero);

    public static Rational One => new(BigInteger.One);

    public BigInteger Numerator { get; }

    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    public bool IsWhole => Denominator.IsOne;

    public static Rational operator +(Rational left, Rational right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Rational operator -(Rational left, Rational right) => left + -right;

    public static Rational operator -(Rational value) => new(-value.Numerator, value.Denominator);

    public static Rational operator *(Rational left, Rational right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>Division; the divisor must not be zero.</summary>
    public static Rational operator /(Rational left, Rational right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public static bool operator <(Rational left, Rational right) => left.CompareTo(right) < 0;

    public static bool operator >(Rational left, Rational right) => left.CompareTo(right) > 0;

    public static bool operator <=(Rational left, Rational right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Rational left, Rational right) => left.CompareTo(right) >= 0;

    /// <summary>Reads digits, underscores between them, and at most one point.</summary>
    public static Rational Parse(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            return new Rational(BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));
        }

        var whole = BigInteger.Parse(digits.Remove(point, 1), NumberStyles.None, CultureInfo.InvariantCulture);
        return new Rational(whole, BigInteger.Pow(10, digits.Length - point - 1));
    }

    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>The largest whole number that is not larger.</summary>
    public BigInteger Floor()
    {
        var quotient = BigInteger.DivRem(Numerator, Denominator, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The smallest whole number that is not smaller.</summary>
    public BigInteger Ceiling() => -(-this).Floor();

    /// <summary>A decimal where it ends, else a fraction.</summary>
    public override string ToString()
    {
        if (IsWhole)
        {
            return Numerator.ToString(CultureInfo.InvariantCulture);
        }

        for (var places = 1; places <= 30; places++)
        {
            var scaled = this * new Rational(BigInteger.Pow(10, places));
            if (scaled.IsWhole)
            {
                var text = BigInteger.Abs(scaled.Numerator).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
                return $"{(scaled.Numerator.Sign < 0 ? "-" : "")}{text[..^places]}.{text[^places..]}";
            }
        }

        return $"{Numerator.ToString(CultureInfo.InvariantCulture)}/{Denominator.ToString(CultureInfo.InvariantCulture)}";
    }
}
