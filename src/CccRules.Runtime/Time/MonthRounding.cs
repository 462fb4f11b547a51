namespace CccRules.Runtime.Time;

/// <summary>Which day counts when a date plus months falls on a day that its month does not have.</summary>
public enum MonthRounding : byte
{
    /// <summary>The last day of the month: 2026-01-31 plus 1 month is 2026-02-28.</summary>
    Down,

    /// <summary>The first day of the next month: 2026-01-31 plus 1 month is 2026-03-01.</summary>
    Up,
}
