using System.Collections.Immutable;
using CccRules.Compiler;
using CccRules.Compiler.Planning;
using CccRules.Compiler.Symbols;
using CccRules.Compiler.Syntax;
using CccRules.Runtime.Time;

namespace CccRules.Tests.Planning;

/// <summary>The planner against the calendar itself: every latest day is tried, and the day after it too.</summary>
public sealed class PlannerTests
{
    private const string Small =
        """
        ruleset test.small
        months round down
        source guide issued 2026-01-01
        process small "Small"
          cites guide
          step a lasts 5..10 days
          step b lasts 1..2 months after a
          step c lasts 2 weeks after a
          step d lasts 0..1 day after b and c
        """;

    [Fact]
    public void Backwards_every_step_begins_as_late_as_it_can()
    {
        var plan = Backwards(Small, "2027-03-01");
        Assert.Equal(
            ["a 2026-12-21 2026-12-31 0 critical", "b 2026-12-31 2027-02-28 0 critical", "c 2027-02-14 2027-02-28 45", "d 2027-02-28 2027-03-01 0 critical"],
            plan.Longest.Steps.OrderBy(step => step.Step.Name, StringComparer.Ordinal).Select(Latest));
        Assert.Equal(("2026-12-21", "2027-03-01", 0L), (Text(plan.Longest.Start), Text(plan.Longest.Ready), plan.Longest.DaysLate));
        Assert.Equal("2027-01-27", Text(plan.Shortest.Start));
    }

    [Fact]
    public void Forwards_every_step_begins_as_soon_as_it_can()
    {
        var plan = Plan(Small, new PlanRequest { Processes = [], Start = Day("2026-01-21") });
        Assert.Equal(
            ["a 2026-01-21 2026-01-31", "c 2026-01-31 2026-02-14", "b 2026-01-31 2026-03-31", "d 2026-03-31 2026-04-01"],
            plan.Longest.Steps.Select(step => $"{step.Step.Name} {Text(step.EarliestStart)} {Text(step.EarliestEnd)}"));
        Assert.Equal("2026-02-26", Text(plan.Shortest.Ready));
    }

    [Theory]
    [InlineData("2026-01-01", 0, 0)]
    [InlineData("2027-01-26", 0, 36)]
    [InlineData("2027-02-10", 14, 51)]
    public void A_day_that_has_passed_makes_a_plan_late_by_so_many_days(string today, long shortest, long longest)
    {
        var plan = Plan(Small, new PlanRequest { Processes = [], ReadyBy = Day("2027-03-01"), Today = Day(today) });
        Assert.Equal((shortest, longest), (plan.Shortest.DaysLate, plan.Longest.DaysLate));
        Assert.Equal("2026-12-21", Text(plan.Longest.LatestStart));
        Assert.All(plan.Longest.Steps, step => Assert.True(step.Slack >= 0));
    }

    [Fact]
    public void A_step_of_unknown_length_is_named_and_not_counted_until_somebody_says_it()
    {
        const string text =
            """
            ruleset test.open
            source guide issued 2026-01-01
            process open cites guide
              step a lasts 5 days
              step b lasts unknown after a
            """;
        var plan = Backwards(text, "2026-02-01");
        Assert.Equal("b", Assert.Single(plan.Unknown).Name);
        Assert.Equal("2026-01-27", Text(plan.Longest.Start));
        var step = plan.Process.Steps[1];
        var known = Planner.Plan(new PlanRequest
        {
            Processes = [plan.Process],
            ReadyBy = Day("2026-02-01"),
            Lengths = ImmutableDictionary<StepSymbol, (StepLength, StepLength)>.Empty.Add(step, (new StepLength(1, LengthUnit.Weeks), new StepLength(2, LengthUnit.Weeks))),
        }).Processes[0];
        Assert.Empty(known.Unknown);
        Assert.Equal(("2026-01-20", "2026-01-13"), (Text(known.Shortest.Start), Text(known.Longest.Start)));
    }

    [Fact]
    public void A_process_waits_for_the_whole_of_another_and_both_are_planned()
    {
        const string text =
            """
            ruleset test.two
            source guide issued 2026-01-01
            process first cites guide
              step a lasts 1 week
              step b lasts 2 weeks
            process second cites guide
              step c lasts 1 day after first
              step d lasts 3 days
            process third cites guide
              step e lasts 1 day
            """;
        var compilation = Compile(text);
        var plan = Planner.Plan(new PlanRequest { Processes = [compilation.Processes[2], compilation.Processes[1]], ReadyBy = Day("2026-02-01") });
        Assert.Equal(["third", "first", "second"], plan.Processes.Select(process => process.Process.Name));
        Assert.Equal([true, false, true], plan.Processes.Select(process => process.IsRequested));
        Assert.Equal(["2026-01-31", "2026-01-17", "2026-01-17"], plan.Processes.Select(process => Text(process.Longest.Start)));
        Assert.Equal(["b", "c"], plan.Processes.SelectMany(process => process.Longest.Steps).Where(step => step.IsCritical && step.Step.Process.Name != "third").Select(step => step.Step.Name));
    }

    [Theory]
    [InlineData(MonthRounding.Down)]
    [InlineData(MonthRounding.Up)]
    public void The_latest_beginning_is_the_last_day_that_ends_in_time(MonthRounding rounding)
    {
        foreach (var length in Lengths(new Random(7), 60))
        {
            for (var end = Day("2027-12-25"); end < Day("2028-03-05"); end++)
            {
                var begin = StepCalendar.LatestBegin(end, length, rounding);
                Assert.True(StepCalendar.End(begin, length, rounding) <= end, $"{length} {Text(end)}");
                Assert.True(StepCalendar.End(begin + 1, length, rounding) > end, $"{length} {Text(end)}");
            }
        }
    }

    [Fact]
    public void On_random_processes_the_latest_start_is_in_time_and_a_day_later_is_not()
    {
        var random = new Random(11);
        for (var round = 0; round < 60; round++)
        {
            var process = Compile(RandomProcess(random)).Processes[0];
            var readyBy = Day("2026-01-01") + random.Next(1200);
            var backwards = Planner.Plan(new PlanRequest { Processes = [process], ReadyBy = readyBy }).Processes[0];
            foreach (var schedule in new[] { backwards.Shortest, backwards.Longest })
            {
                Assert.True(End(process, schedule, schedule.Start) <= readyBy);
                Assert.True(End(process, schedule, schedule.Start + 1) > readyBy);
                Assert.All(schedule.Steps, step => Assert.True(step.LatestStart >= step.EarliestStart && step.LatestEnd <= readyBy));
                Assert.Contains(schedule.Steps, step => step.IsCritical && step.Step.After.IsEmpty);
            }

            Assert.True(backwards.Longest.Start <= backwards.Shortest.Start);
        }
    }

    [Fact]
    public void A_chain_of_ten_thousand_steps_takes_no_stack()
    {
        var text = "ruleset test.long\nsource guide issued 2026-01-01\nprocess long cites guide\n  step s0 lasts 1 day\n"
            + string.Concat(Enumerable.Range(1, 9_999).Select(step => $"  step s{step} lasts 1 day after s{step - 1}\n"));
        var plan = Backwards(text, "2053-05-19");
        Assert.Equal(10_000, plan.Longest.Steps.Length);
        Assert.Equal(10_000, plan.Longest.Ready - plan.Longest.Start);
    }

    [Fact]
    public void What_was_not_known_on_a_day_is_no_process_of_that_day()
    {
        var trees = new[] { SyntaxTree.Parse(Small, "small.ccc") };
        Assert.Empty(Compilation.Create(trees, new CompilationOptions { KnownOn = Day("2025-12-31") }).Processes);
        Assert.Single(Compilation.Create(trees, new CompilationOptions { KnownOn = Day("2026-01-01") }).Processes);
    }

    /// <summary>When all is over that begins on a day: the definition, without the planner.</summary>
    private static long End(ProcessSymbol process, Schedule schedule, long start)
    {
        var ends = new Dictionary<Symbol, long>();
        var lengths = schedule.Steps.ToDictionary(step => step.Step, step => step.Length);
        while (ends.Count < process.Steps.Length)
        {
            foreach (var step in process.Steps.Where(step => !ends.ContainsKey(step) && step.After.All(ends.ContainsKey)))
            {
                var begin = step.After.Select(before => ends[before]).Append(start).Max();
                var length = lengths[step] ?? default;
                ends[step] = CivilDate.AddPeriod(begin, length.Months, length.Days, process.Module?.Rounding ?? MonthRounding.Down);
            }
        }

        return ends.Values.Max();
    }

    private static string RandomProcess(Random random)
    {
        var steps = Enumerable.Range(0, random.Next(1, 9)).Select(step =>
        {
            var length = Lengths(random, 1).Single();
            var after = Enumerable.Range(0, step).Where(_ => random.Next(3) == 0).Select(before => $"s{before}").ToList();
            return $"  step s{step} lasts {Math.Min(length.Number, random.Next(length.Number + 1))}..{length}{(after.Count == 0 ? "" : $" after {string.Join(" and ", after)}")}\n";
        });
        return $"ruleset test.random\nmonths round {(random.Next(2) == 0 ? "down" : "up")}\nsource guide issued 2026-01-01\nprocess random cites guide\n{string.Concat(steps)}";
    }

    private static IEnumerable<StepLength> Lengths(Random random, int count) => Enumerable.Range(0, count).Select(_ => random.Next(4) switch
    {
        0 => new StepLength(random.Next(100), LengthUnit.Days),
        1 => new StepLength(random.Next(20), LengthUnit.Weeks),
        2 => new StepLength(random.Next(18), LengthUnit.Months),
        _ => new StepLength(random.Next(3), LengthUnit.Years),
    });

    private static ProcessPlan Backwards(string text, string readyBy) => Plan(text, new PlanRequest { Processes = [], ReadyBy = Day(readyBy) });

    private static ProcessPlan Plan(string text, PlanRequest request) => Planner.Plan(request with { Processes = [Compile(text).Processes[0]] }).Processes[0];

    private static Compilation Compile(string text)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(text, "test.ccc"));
        Assert.Empty(compilation.Diagnostics.Where(diagnostic => diagnostic.Severity == Compiler.Diagnostics.DiagnosticSeverity.Error));
        return compilation;
    }

    private static string Latest(ScheduledStep step) => $"{step.Step.Name} {Text(step.LatestStart)} {Text(step.LatestEnd)} {step.Slack}{(step.IsCritical ? " critical" : "")}";

    private static long Day(string text) => CivilDate.TryParse(text, out var day) ? day : throw new FormatException(text);

    private static string Text(long day) => CivilDate.Format(day);
}
