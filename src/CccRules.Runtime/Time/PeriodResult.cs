namespace CccRules.Runtime.Time;

/// <summary>How a checked addition of a period to a date ended.</summary>
public enum PeriodResult : byte
{
    /// <summary>There is one date, and it lies in the years 1 to 9999.</summary>
    Ok,

    /// <summary>The target month lacks the day, and no rounding says which day to take.</summary>
    Ambiguous,

    /// <summary>The start or the result lies outside the years 1 to 9999.</summary>
    OutOfRange,
}
