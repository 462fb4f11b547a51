using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Records;

/// <summary>When a deadline is due.</summary>
/// <param name="On">The date due; null while it is open, where nothing is due, and for norms that are no deadlines.</param>
/// <param name="Earliest">The earliest that it can be; null where nothing bounds it.</param>
/// <param name="Latest">The latest that it can be; null where nothing bounds it.</param>
/// <param name="IsOpen">A date is due or may be, and which one hangs on what is missing.</param>
public readonly record struct DueDate(DateOnly? On, DateOnly? Earliest, DateOnly? Latest, bool IsOpen)
{
    internal static DueDate Of(DueDates dates, bool isDeadline) => new(
        RecordRun.DateOf(dates.Due),
        RecordRun.DateOf(dates.Earliest),
        RecordRun.DateOf(dates.Latest),
        isDeadline && dates.Due == Fact.Missing);
}
