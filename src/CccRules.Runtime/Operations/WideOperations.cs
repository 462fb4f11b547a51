using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Operations;

/// <summary>Exact arithmetic in 128 bits. The two smallest numbers mean missing and none. Called by emitted code.</summary>
public static class WideOperations
{
    /// <summary>Larger than any day or duration that a calendar can use, small enough that sums of a few stay in 64 bits.</summary>
    private const long FarAway = 1L << 60;

    /// <summary>The wide form of <see cref="Fact.Missing"/>.</summary>
    public static Int128 Missing => Int128.MinValue;

    /// <summary>The wide form of <see cref="Fact.None"/>.</summary>
    public static Int128 None => Int128.MinValue + 1;

    /// <summary>A 64-bit value in 128 bits.</summary>
    public static Int128 Widen(long value) => value > Fact.None ? value : value == Fact.Missing ? Missing : None;

    /// <summary>A wide value in 64 bits; one too large to be a day or a duration becomes one that is just as far out of reach.</summary>
    public static long Narrow(Int128 value)
    {
        if (value <= None)
        {
            return value == Missing ? Fact.Missing : Fact.None;
        }

        return value > FarAway ? FarAway : value < -FarAway ? -FarAway : (long)value;
    }

    /// <summary>A multiple.</summary>
    public static Int128 Times(Int128 value, Int128 factor) => value > None ? value * factor : value;

    /// <summary>The smaller; none is skipped.</summary>
    public static Int128 Least(Int128 left, Int128 right)
    {
        if (left > None && right > None)
        {
            return Int128.Min(left, right);
        }

        return left == Missing || right == Missing ? Missing : Int128.Max(left, right);
    }

    /// <summary>The larger; none is skipped.</summary>
    public static Int128 Largest(Int128 left, Int128 right) =>
        left == Missing || right == Missing ? Missing : Int128.Max(left, right);

    /// <summary>The branch that the guard chooses; with an open guard missing, unless both are the same.</summary>
    public static Int128 Select(Truth guard, Int128 then, Int128 otherwise) => guard switch
    {
        Truth.True => then,
        Truth.False => otherwise,
        _ => then == otherwise ? then : Missing,
    };
}

/// <summary>A sum of multiples, term by term. The compiler has shown that no step leaves 127 bits.</summary>
public struct LinearSum(Int128 constant)
{
    private Int128 _sum = constant;
    private bool _isMissing;
    private bool _isNone;

    /// <summary>The sum so far; missing where a term was, else none where a term was.</summary>
    public readonly Int128 Result => _isMissing ? WideOperations.Missing : _isNone ? WideOperations.None : _sum;

    /// <summary>Adds a multiple.</summary>
    public void Add(Int128 value, Int128 factor)
    {
        if (value > WideOperations.None)
        {
            _sum += value * factor;
        }
        else if (value == WideOperations.Missing)
        {
            _isMissing = true;
        }
        else
        {
            _isNone = true;
        }
    }
}
