using System.Collections.Immutable;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Planning;

/// <summary>
/// The steps of some processes and of all that these come after, in an order in which each stands after what it comes after. Steps are
/// numbered in that order.
/// </summary>
internal sealed class StepGraph
{
    private StepGraph(ImmutableArray<StepSymbol> steps, int[][] before, int[][] after, ImmutableArray<ProcessSymbol> processes, Dictionary<ProcessSymbol, int> groups)
    {
        Steps = steps;
        Before = before;
        After = after;
        Processes = processes;
        Groups = groups;
    }

    public ImmutableArray<StepSymbol> Steps { get; }

    /// <summary>What each step comes after.</summary>
    public int[][] Before { get; }

    /// <summary>What comes after each step.</summary>
    public int[][] After { get; }

    /// <summary>Each process after those that it needs.</summary>
    public ImmutableArray<ProcessSymbol> Processes { get; }

    /// <summary>The number of the group that a process belongs to: processes that come after each other are planned together.</summary>
    public Dictionary<ProcessSymbol, int> Groups { get; }

    public static StepGraph Of(ImmutableArray<ProcessSymbol> wanted)
    {
        var order = new List<StepSymbol>();
        var numbers = new Dictionary<StepSymbol, int>();
        var processes = new List<ProcessSymbol>();
        var seen = new HashSet<Symbol>();
        foreach (var process in wanted)
        {
            Visit(process, seen, order, numbers, processes);
        }

        var before = order.Select(step => step.After.SelectMany(LastSteps).Select(last => numbers[last]).Distinct().ToArray()).ToArray();
        var after = before.SelectMany((list, number) => list.Select(at => (at, number))).ToLookup(pair => pair.at, pair => pair.number);
        return new StepGraph([.. order], before, [.. order.Select((_, number) => after[number].ToArray())], [.. processes], GroupsOf(processes));
    }

    /// <summary>Walks without recursion, as chains of steps may be long. Binding has cut all circles.</summary>
    private static void Visit(ProcessSymbol wanted, HashSet<Symbol> seen, List<StepSymbol> order, Dictionary<StepSymbol, int> numbers, List<ProcessSymbol> processes)
    {
        var pending = new Stack<(Symbol Symbol, int Next)>();
        if (seen.Add(wanted))
        {
            pending.Push((wanted, 0));
        }

        while (pending.TryPop(out var visit))
        {
            ImmutableArray<Symbol> needed = visit.Symbol is StepSymbol step ? step.After : [.. ((ProcessSymbol)visit.Symbol).Steps];
            if (visit.Next < needed.Length)
            {
                pending.Push((visit.Symbol, visit.Next + 1));
                if (seen.Add(needed[visit.Next]))
                {
                    pending.Push((needed[visit.Next], 0));
                }
            }
            else if (visit.Symbol is StepSymbol done)
            {
                numbers[done] = order.Count;
                order.Add(done);
            }
            else
            {
                processes.Add((ProcessSymbol)visit.Symbol);
            }
        }
    }

    /// <summary>The steps that nothing of their process comes after: with them the process is over.</summary>
    private static IEnumerable<StepSymbol> LastSteps(Symbol symbol)
    {
        if (symbol is StepSymbol step)
        {
            return [step];
        }

        var process = (ProcessSymbol)symbol;
        var followed = process.Steps.SelectMany(inner => inner.After).ToHashSet();
        return process.Steps.Where(inner => !followed.Contains(inner));
    }

    private static Dictionary<ProcessSymbol, int> GroupsOf(List<ProcessSymbol> processes)
    {
        var groups = new Dictionary<ProcessSymbol, int>();
        for (var i = 0; i < processes.Count; i++)
        {
            // What a process comes after stands before it; the groups that it joins become one.
            var joined = processes[i].Steps.SelectMany(step => step.After).OfType<ProcessSymbol>().Select(other => groups[other]).ToHashSet();
            foreach (var other in processes.Take(i).Where(other => joined.Contains(groups[other])))
            {
                groups[other] = i;
            }

            groups[processes[i]] = i;
        }

        return groups;
    }
}
