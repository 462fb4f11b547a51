using System.Collections.Immutable;
using System.Globalization;
using CccRules.Compiler.Planning;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Time;

namespace CccRules.Cli.Planning;

/// <summary>What every form of a plan says in the same words.</summary>
internal static class PlanWords
{
    public const string Legend = "critical: a day more here is a day more in all";

    public static string Day(long day) => CivilDate.IsInRange(day) ? CivilDate.Format(day) : "outside the years 1 to 9999";

    public static string Days(long days) => $"{days.ToString("N0", CultureInfo.InvariantCulture)} {(Math.Abs(days) == 1 ? "day" : "days")}";

    /// <summary>How long a step takes, as the rules or the command say it.</summary>
    public static string Length(ScheduledStep longest, ProcessPlan plan)
    {
        var shortest = plan.Shortest.Steps.First(step => step.Step == longest.Step);
        return shortest.Length is { } least && longest.Length is { } most ? StepLength.Format(least, most) : "not known";
    }

    /// <summary>Where a process stands: its market, where the ruleset names one.</summary>
    public static string Heading(ProcessPlan plan) =>
        plan.Process.Module?.Jurisdiction is { } market ? $"{market}: {plan.Process.Title}" : plan.Process.Title;

    /// <summary>When to begin, when it is over, and by how much it comes too late.</summary>
    public static ImmutableArray<string> Summary(ProcessPlan plan, PlanRequest request)
    {
        var (best, worst) = (plan.Shortest, plan.Longest);
        var isSame = best.Start == worst.Start && best.Ready == worst.Ready;
        var lines = ImmutableArray.CreateBuilder<string>();
        if (request.ReadyBy is not { } readyBy)
        {
            lines.Add(isSame
                ? $"Begun on {Day(worst.Start)}, it is over on {Day(worst.Ready)}."
                : $"Begun on {Day(worst.Start)}, it is over on {Day(best.Ready)} at the earliest, on {Day(worst.Ready)} if every step takes its longest.");
        }
        else if (best.DaysLate > 0)
        {
            lines.Add($"Cannot be ready by {Day(readyBy)}. Begun on {Day(best.Start)}, it is over on {Day(best.Ready)} at the earliest: {Days(best.DaysLate)} late."
                + (isSame ? "" : $" If every step takes its longest, on {Day(worst.Ready)}: {Days(worst.DaysLate)} late."));
            lines.Add(isSame
                ? $"It had to begin by {Day(best.LatestStart)}."
                : $"It had to begin by {Day(worst.LatestStart)}, or by {Day(best.LatestStart)} if every step takes its shortest.");
        }
        else if (worst.DaysLate > 0)
        {
            lines.Add($"Ready by {Day(readyBy)} only if steps take less than their longest. Begun on {Day(worst.Start)}, it is over on {Day(worst.Ready)} if every step takes its longest: {Days(worst.DaysLate)} late.");
            lines.Add($"To be safe it had to begin by {Day(worst.LatestStart)}; the last day of all is {Day(best.LatestStart)}, if every step takes its shortest.");
        }
        else
        {
            lines.Add(isSame
                ? $"To be ready by {Day(readyBy)}, begin by {Day(worst.LatestStart)}."
                : $"To be ready by {Day(readyBy)}, begin by {Day(worst.LatestStart)}; by {Day(best.LatestStart)} at the very latest, if every step takes its shortest.");
        }

        if (!plan.Unknown.IsEmpty)
        {
            lines.Add($"Not counted, as the sources give no time: {string.Join(", ", plan.Unknown.Select(step => StepName(step, plan)))}. "
                + "So every end is at the earliest, and every beginning at the latest.");
        }

        return lines.ToImmutable();
    }

    public static string StepName(StepSymbol step, ProcessPlan plan) => step.Process == plan.Process ? step.Name : $"{step.Process.Name}.{step.Name}";

    /// <summary>What a step comes after, in the reader's words.</summary>
    public static string After(StepSymbol step) => string.Join(" and ", step.After.Select(symbol => symbol.Title));

    public static string Citations(ImmutableArray<CitationSymbol> citations) =>
        string.Join("; ", citations.Select(citation => citation.Locator is { } place ? $"{citation.Source.Title}, {place}" : citation.Source.Title).Distinct(StringComparer.Ordinal));
}
