using System.Collections.Immutable;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Time;

namespace CccRules.Compiler.Planning;

/// <summary>
/// The critical path method on the calendar: backwards from a day on which all has to be over, or forwards from a day on which all
/// begins; once with every step's shortest time and once with its longest.
/// </summary>
public static class Planner
{
    /// <exception cref="ArgumentException">Not one of <see cref="PlanRequest.ReadyBy"/> and <see cref="PlanRequest.Start"/> is given.</exception>
    public static Plan Plan(PlanRequest request)
    {
        if (request.ReadyBy is null == request.Start is null)
        {
            throw new ArgumentException("A plan needs a day on which all is ready, or one on which it begins.", nameof(request));
        }

        var graph = StepGraph.Of(request.Processes);
        var shortest = new SchedulePass(request, graph, step => request.Lengths.TryGetValue(step, out var known) ? known.Shortest : step.Shortest);
        var longest = new SchedulePass(request, graph, step => request.Lengths.TryGetValue(step, out var known) ? known.Longest : step.Longest);
        return new Plan(request, [.. graph.Processes.Select(process => new ProcessPlan
        {
            Process = process,
            IsRequested = request.Processes.Contains(process),
            Shortest = shortest.ScheduleOf(process),
            Longest = longest.ScheduleOf(process),
            Unknown = [.. longest.UnknownWith(process)],
        })]);
    }
}

/// <summary>One way through all steps: each has one length.</summary>
internal sealed class SchedulePass
{
    private readonly PlanRequest _request;
    private readonly StepGraph _graph;
    private readonly StepLength?[] _lengths;
    private readonly long[] _earliestStart;
    private readonly long[] _earliestEnd;
    private readonly long[] _latestStart;
    private readonly long[] _latestEnd;

    /// <summary>The latest beginnings that would still be in time, also where they have passed.</summary>
    private readonly long[] _inTime;
    private readonly bool[] _isCritical;

    public SchedulePass(PlanRequest request, StepGraph graph, Func<StepSymbol, StepLength?> lengthOf)
    {
        _request = request;
        _graph = graph;
        _lengths = [.. graph.Steps.Select(lengthOf)];
        _earliestStart = new long[_lengths.Length];
        _earliestEnd = new long[_lengths.Length];
        _latestStart = new long[_lengths.Length];
        _latestEnd = new long[_lengths.Length];
        _inTime = new long[_lengths.Length];
        _isCritical = new bool[_lengths.Length];
        foreach (var group in Enumerable.Range(0, _lengths.Length).GroupBy(GroupOf))
        {
            Schedule([.. group]);
        }
    }

    public Schedule ScheduleOf(ProcessSymbol process)
    {
        ImmutableArray<int> steps = [.. Enumerable.Range(0, _lengths.Length).Where(step => _graph.Steps[step].Process == process)];
        var ready = steps.Select(step => _earliestEnd[step]).DefaultIfEmpty().Max();
        return new Schedule
        {
            Start = steps.Select(step => _earliestStart[step]).DefaultIfEmpty().Min(),
            Ready = ready,
            LatestStart = steps.Select(step => _inTime[step]).DefaultIfEmpty().Min(),
            DaysLate = _request.ReadyBy is { } day ? Math.Max(0, ready - day) : 0,
            Steps =
            [
                .. steps.OrderBy(step => _earliestStart[step]).ThenBy(step => _earliestEnd[step]).ThenBy(step => step).Select(step => new ScheduledStep(
                    _graph.Steps[step], _lengths[step], _earliestStart[step], _earliestEnd[step], _latestStart[step], _latestEnd[step], _isCritical[step])),
            ],
        };
    }

    /// <summary>Steps without a length among all that is planned together with a process.</summary>
    public IEnumerable<StepSymbol> UnknownWith(ProcessSymbol process) =>
        Enumerable.Range(0, _lengths.Length).Where(step => _lengths[step] is null && GroupOf(step) == _graph.Groups[process]).Select(step => _graph.Steps[step]);

    private int GroupOf(int step) => _graph.Groups[_graph.Steps[step].Process];

    /// <summary>
    /// Backwards from the day that is set, then forwards from the first day that this leaves. Where that day has passed, forwards from
    /// today and backwards from when all is over then: the slack is that of the plan that is left.
    /// </summary>
    private void Schedule(ImmutableArray<int> steps)
    {
        if (_request.ReadyBy is not { } readyBy)
        {
            Forwards(steps, _request.Start ?? 0);
            Backwards(steps, EndOf(steps));
            Remember(steps);
        }
        else
        {
            Backwards(steps, readyBy);
            Remember(steps);
            var start = steps.Min(step => _latestStart[step]);
            Forwards(steps, Math.Max(start, _request.Today ?? start));
            if (EndOf(steps) > readyBy)
            {
                Backwards(steps, EndOf(steps));
            }
        }

        MarkCritical(steps);
    }

    private void Remember(ImmutableArray<int> steps)
    {
        foreach (var step in steps)
        {
            _inTime[step] = _latestStart[step];
        }
    }

    private long EndOf(ImmutableArray<int> steps) => steps.Max(step => _earliestEnd[step]);

    private void Forwards(ImmutableArray<int> steps, long start)
    {
        foreach (var step in steps)
        {
            var begin = start;
            foreach (var before in _graph.Before[step])
            {
                begin = Math.Max(begin, _earliestEnd[before]);
            }

            _earliestStart[step] = begin;
            _earliestEnd[step] = _lengths[step] is { } length ? StepCalendar.End(begin, length, Rounding(step)) : begin;
        }
    }

    private void Backwards(ImmutableArray<int> steps, long ready)
    {
        foreach (var step in steps.Reverse())
        {
            var end = ready;
            foreach (var after in _graph.After[step])
            {
                end = Math.Min(end, _latestStart[after]);
            }

            _latestEnd[step] = end;
            _latestStart[step] = _lengths[step] is { } length ? StepCalendar.LatestBegin(end, length, Rounding(step)) : end;
        }
    }

    /// <summary>
    /// From what is over last, back along what each step waited for. Found so and not by a slack of nothing: where months are rounded,
    /// the way that decides can have a day or two to spare.
    /// </summary>
    private void MarkCritical(ImmutableArray<int> steps)
    {
        var end = EndOf(steps);
        foreach (var step in steps.Reverse())
        {
            _isCritical[step] = _earliestEnd[step] == end
                || _graph.After[step].Any(after => _isCritical[after] && _earliestStart[after] == _earliestEnd[step]);
        }
    }

    private MonthRounding Rounding(int step) => _graph.Steps[step].Process.Module?.Rounding ?? MonthRounding.Down;
}
