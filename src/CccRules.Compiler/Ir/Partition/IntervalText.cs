using System.Diagnostics;
using System.Numerics;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Ir.Partition;

/// <summary>Intervals of dates, numbers and durations in a reader's words.</summary>
internal static class IntervalText
{
    private const long MostDecimal = 999_999_999_999_999_999;
    private const long MostDays = 3_652_424;
    private const long MostMonths = 119_988;

    private static readonly TextDictionary NoTexts = new();

    /// <summary>The smallest and largest number that a fact of a kind can be in data.</summary>
    public static (BigInteger Least, BigInteger Most) Domain(FactKind kind) => kind switch
    {
        FactKind.Date => (0, CivilDate.MaxDay),
        FactKind.Integer => (Fact.None + 1, long.MaxValue),
        FactKind.Decimal => (-MostDecimal, MostDecimal),
        FactKind.Days => (-MostDays, MostDays),
        FactKind.Months => (-MostMonths, MostMonths),
        _ => throw new UnreachableException(),
    };

    /// <summary>Such as <c>before 2026-03-01</c>, <c>from 2026-03-01 to 2027-02-28</c>, <c>above 10 Wh</c>; both bounds belong to it.</summary>
    public static string Of(FactSchema fact, BigInteger low, BigInteger high)
    {
        var (least, most) = Domain(fact.Kind);
        return (low <= least, high >= most) switch
        {
            (true, true) => "any value",
            _ when low == high => fact.Kind == FactKind.Date ? $"on {Value(fact, low)}" : Written(fact, low),
            (true, false) => Upper(fact, high),
            (false, true) => Lower(fact, low),
            (false, false) when fact.Kind == FactKind.Date => $"from {Value(fact, low)} to {Value(fact, high)}",
            (false, false) => $"{Lower(fact, low)} {Upper(fact, high)}",
        };
    }

    private static string Lower(FactSchema fact, BigInteger low) => fact.Kind == FactKind.Decimal && IsRounder(low - 1, low)
        ? $"above {Written(fact, low - 1)}"
        : $"from {Written(fact, low)}";

    private static string Upper(FactSchema fact, BigInteger high) => fact.Kind switch
    {
        FactKind.Date => $"before {Value(fact, high + 1)}",
        FactKind.Decimal when IsRounder(high + 1, high) => $"below {Written(fact, high + 1)}",
        _ => $"up to {Written(fact, high)}",
    };

    /// <summary>A decimal has fewer digits than its neighbour, so it is the one that the rules name.</summary>
    private static bool IsRounder(BigInteger number, BigInteger neighbour)
    {
        static int Zeros(BigInteger number)
        {
            var zeros = 0;
            for (; !number.IsZero && number % 10 == 0; zeros++)
            {
                number /= 10;
            }

            return number.IsZero ? int.MaxValue : zeros;
        }

        return Zeros(number) > Zeros(neighbour);
    }

    private static string Written(FactSchema fact, BigInteger number) =>
        fact is { Unit: { } unit, Kind: FactKind.Integer or FactKind.Decimal } ? $"{Value(fact, number)} {unit}" : Value(fact, number);

    private static string Value(FactSchema fact, BigInteger number) => FactFormatter.Format(fact, (long)number, NoTexts);
}
