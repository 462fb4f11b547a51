using System.Collections.Immutable;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Planning;

/// <summary>When each step has to begin and can be over, if every step takes its shortest time and if every one takes its longest.</summary>
/// <param name="Processes">Those asked for, in that order, after those that they need.</param>
public sealed record Plan(PlanRequest Request, ImmutableArray<ProcessPlan> Processes);

/// <summary>The plan of one process.</summary>
public sealed record ProcessPlan
{
    public required ProcessSymbol Process { get; init; }

    /// <summary>False where it is planned only because another comes after it.</summary>
    public required bool IsRequested { get; init; }

    public required Schedule Shortest { get; init; }

    public required Schedule Longest { get; init; }

    /// <summary>
    /// Steps without a length in the process, or in what it is planned together with: both schedules leave their time out, so
    /// that every end is "at the earliest" and every beginning "at the latest".
    /// </summary>
    public required ImmutableArray<StepSymbol> Unknown { get; init; }
}

/// <summary>One way that a process can go. Days are counted since 0001-01-01.</summary>
public sealed record Schedule
{
    /// <summary>The day on which it begins.</summary>
    public required long Start { get; init; }

    /// <summary>The day on which it is over.</summary>
    public required long Ready { get; init; }

    /// <summary>The last day on which it could begin to be over in time; the same as <see cref="Start"/> unless that day has passed.</summary>
    public required long LatestStart { get; init; }

    /// <summary>Days by which it comes too late; 0 where it is in time, or no day is set.</summary>
    public required long DaysLate { get; init; }

    /// <summary>The steps in the order in which they begin.</summary>
    public required ImmutableArray<ScheduledStep> Steps { get; init; }
}

/// <summary>A step on the calendar. It is over on the day on which the next may begin.</summary>
/// <param name="Length">Null: not known, and counted as nothing.</param>
/// <param name="IsCritical">It lies on the way that decides when all is ready: a day more here is a day more in all.</param>
public sealed record ScheduledStep(
    StepSymbol Step,
    StepLength? Length,
    long EarliestStart,
    long EarliestEnd,
    long LatestStart,
    long LatestEnd,
    bool IsCritical)
{
    /// <summary>Days that it may be put off without anything being late; less than 0 where it is late already.</summary>
    public long Slack => LatestStart - EarliestStart;
}
