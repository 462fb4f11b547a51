namespace CccRules.Runtime.Time;

/// <summary>What a month's arithmetic does where the target month lacks the day.</summary>
public enum MonthRounding : byte
{
    /// <summary>The month's last day (PRC Civil Code art. 202; Regulation (EEC, Euratom) 1182/71 art. 3).</summary>
    Down,

    /// <summary>The first day of the next month.</summary>
    Up,
}
