using System.Collections.Immutable;
using CccRules.Compiler.Ir;

namespace CccRules.Compiler.Proof;

/// <summary>Everything of a module that some conditions depend on.</summary>
internal sealed class Cone
{
    private Cone(ImmutableArray<int> logic, ImmutableArray<int> facts)
    {
        Logic = logic;
        Facts = facts;
    }

    /// <summary>Logic nodes, ascending: each after all that it uses.</summary>
    public ImmutableArray<int> Logic { get; }

    /// <summary>Facts in the order in which the conditions come upon them.</summary>
    public ImmutableArray<int> Facts { get; }

    public static Cone Of(IrModule module, IEnumerable<int> roots) => From(module, roots.Select(root => (true, root)));

    /// <summary>What a value is computed from.</summary>
    public static Cone OfValue(IrModule module, int value) => From(module, [(false, value)]);

    private static Cone From(IrModule module, IEnumerable<(bool IsLogic, int At)> roots)
    {
        var logic = new SortedSet<int>();
        var facts = new List<int>();
        var values = new HashSet<int>();
        var stack = new Stack<(bool IsLogic, int At)>(roots.Reverse());
        while (stack.TryPop(out var item))
        {
            if (!(item.IsLogic ? logic.Add(item.At) : values.Add(item.At)))
            {
                continue;
            }

            var used = item.IsLogic ? UsedByLogic(module, item.At) : UsedByValue(module, item.At);
            foreach (var next in used.Reverse())
            {
                stack.Push(next);
            }

            if (!item.IsLogic && module.Values[item.At] is IrFact fact && !facts.Contains(fact.Fact))
            {
                facts.Add(fact.Fact);
            }
        }

        return new Cone([.. logic], [.. facts]);
    }

    /// <summary>The nodes that a norm's outcome is made of.</summary>
    public static ImmutableArray<int> NodesOf(IrModule module, int norm)
    {
        var schema = module.Norms[norm];
        return
        [
            schema.Applies,
            schema.Exempted,
            schema.InForce,
            .. schema.Fulfilled < 0 ? Array.Empty<int>() : [schema.Fulfilled],
            .. schema.Deadline is { } deadline ? [deadline.Overdue, deadline.Soon] : Array.Empty<int>(),
        ];
    }

    private static IEnumerable<(bool IsLogic, int At)> UsedByLogic(IrModule module, int node) => module.Logic[node] switch
    {
        IrAtomNode atom => IrOperands.Of(module.Atoms[atom.Atom]).Select(value => (false, value)),
        IrStatus status => NodesOf(module, status.Norm).Select(used => (true, used)),
        var other => IrOperands.Of(other).Select(used => (true, used)),
    };

    private static IEnumerable<(bool IsLogic, int At)> UsedByValue(IrModule module, int value)
    {
        // What a calendar does not know is no fact that a record could have.
        var operands = (module.Values[value] is IrAddWorkingDays add ? [add.Date] : IrOperands.Of(module.Values[value])).Select(operand => (false, operand));
        return IrOperands.GuardOf(module.Values[value]) is >= 0 and var guard ? operands.Prepend((true, guard)) : operands;
    }
}
