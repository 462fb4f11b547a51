using System.Globalization;

namespace CccRules.Compiler.Symbols;

/// <summary>What the length of a step is counted in.</summary>
public enum LengthUnit : byte
{
    Days,
    Weeks,
    Months,
    Years,
}

/// <summary>How long a step takes, as its author counts it: <c>8 weeks</c> is not <c>2 months</c>.</summary>
/// <param name="Number">0 to <see cref="MostYears"/> years in the unit.</param>
public readonly record struct StepLength(int Number, LengthUnit Unit)
{
    /// <summary>No step takes longer; keeps every plan within exact range.</summary>
    public const int MostYears = 100;

    /// <summary>The largest number that a unit may have.</summary>
    public static int MostOf(LengthUnit unit) => unit switch
    {
        LengthUnit.Days => MostYears * 366,
        LengthUnit.Weeks => MostYears * 53,
        LengthUnit.Months => MostYears * 12,
        _ => MostYears,
    };

    /// <summary>Months of the length, years included; 0 where it is counted in days.</summary>
    public int Months => Unit switch
    {
        LengthUnit.Months => Number,
        LengthUnit.Years => 12 * Number,
        _ => 0,
    };

    /// <summary>Days of the length, weeks included; 0 where it is counted in months.</summary>
    public int Days => Unit switch
    {
        LengthUnit.Days => Number,
        LengthUnit.Weeks => 7 * Number,
        _ => 0,
    };

    /// <summary>True where this length ends no later than the other from every day of the calendar.</summary>
    public bool IsNeverLongerThan(StepLength other) => MostDays <= other.FewestDays || (Days <= other.Days && Months <= other.Months);

    /// <summary>Such as <c>1 week</c>, <c>8 weeks</c>.</summary>
    public override string ToString() => $"{Number.ToString(CultureInfo.InvariantCulture)} {Name(Unit, Number)}";

    /// <summary>Such as <c>6 weeks</c>, <c>4 to 8 weeks</c>, <c>6 weeks to 3 months</c>.</summary>
    public static string Format(StepLength shortest, StepLength longest) =>
        shortest == longest ? longest.ToString()
        : shortest.Unit == longest.Unit ? $"{shortest.Number.ToString(CultureInfo.InvariantCulture)} to {longest}"
        : $"{shortest} to {longest}";

    /// <summary>Fewest and most days of so many months in a row, however months are rounded.</summary>
    private static ReadOnlySpan<short> FewestDaysOfMonths => [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];

    private static ReadOnlySpan<short> MostDaysOfMonths => [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337];

    private long FewestDays => Days + (Months / 12 * 365L) + FewestDaysOfMonths[Months % 12];

    private long MostDays => Days + (Months / 12 * 366L) + MostDaysOfMonths[Months % 12];

    private static string Name(LengthUnit unit, int number) => unit switch
    {
        LengthUnit.Days => number == 1 ? "day" : "days",
        LengthUnit.Weeks => number == 1 ? "week" : "weeks",
        LengthUnit.Months => number == 1 ? "month" : "months",
        _ => number == 1 ? "year" : "years",
    };
}
