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

    public static Cone Of(IrModule module, IEnumerable<int> roots)
    {
        var logic = new SortedSet<int>();
        var facts = new List<int>();
        var values = new HashSet<int>();
        var stack = new Stack<(bool IsLogic, int At)>(roots.Reverse().Select(root => (true, root)));
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
        return [schema.Applies, schema.Exempted, schema.InForce, .. schema.Fulfilled < 0 ? Array.Empty<int>() : [schema.Fulfilled]];
    }

    private static IEnumerable<(bool IsLogic, int At)> UsedByLogic(IrModule module, int node) => module.Logic[node] switch
    {
        IrAtomNode atom => IrOperands.Of(module.Atoms[atom.Atom]).Select(value => (false, value)),
        IrStatus status => NodesOf(module, status.Norm).Select(used => (true, used)),
        var other => IrOperands.Of(other).Select(used => (true, used)),
    };

    private static IEnumerable<(bool IsLogic, int At)> UsedByValue(IrModule module, int value)
    {
        var operands = IrOperands.Of(module.Values[value]).Select(operand => (false, operand));
        return module.Values[value] is IrSelect select ? operands.Prepend((true, select.Guard)) : operands;
    }
}
