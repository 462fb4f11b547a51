using System.Collections.Immutable;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>
/// The order of computation. Values use logic (the guard of a guarded value) and logic uses values, so neither can be
/// computed as a whole first: the schedule puts both on levels. A level's values use earlier levels' logic; its logic uses
/// its own values. Most modules have one level or two.
/// </summary>
internal sealed class EmitSchedule
{
    private readonly IrModule _module;
    private readonly int[] _values;
    private readonly int[] _logic;

    public EmitSchedule(IrModule module)
    {
        _module = module;
        _values = new int[module.Values.Length];
        _logic = new int[module.Logic.Length];
        while (Raise())
        {
        }

        Levels = 1 + Math.Max(_values.DefaultIfEmpty(0).Max(), _logic.DefaultIfEmpty(0).Max());
    }

    public int Levels { get; }

    public int OfValue(int value) => _values[value];

    public int OfLogic(int node) => _logic[node];

    public int OfNorm(NormSchema norm) => OfNormNodes(norm).Max(node => _logic[node]);

    /// <summary>The nodes that a norm's outcome is made of.</summary>
    public static ImmutableArray<int> OfNormNodes(NormSchema norm) => (norm.Deadline, norm.Fulfilled) switch
    {
        ({ } deadline, < 0) => [norm.Applies, deadline.Overdue, deadline.Soon],
        ({ } deadline, _) => [norm.Applies, norm.Fulfilled, deadline.Overdue, deadline.Soon],
        (null, < 0) => [norm.Applies, norm.Exempted, norm.InForce],
        _ => [norm.Applies, norm.Exempted, norm.InForce, norm.Fulfilled],
    };

    /// <summary>One pass; true where a level rose. A verified module has no cycles, so the passes end.</summary>
    private bool Raise()
    {
        var hasRisen = false;
        for (var i = 0; i < _values.Length; i++)
        {
            var level = Highest(IrOperands.Of(_module.Values[i]), _values);
            if (IrOperands.GuardOf(_module.Values[i]) is >= 0 and var guard)
            {
                level = Math.Max(level, _logic[guard] + 1);
            }

            hasRisen |= level > _values[i];
            _values[i] = level;
        }

        for (var i = 0; i < _logic.Length; i++)
        {
            var level = _module.Logic[i] switch
            {
                IrAtomNode atom => Highest(IrOperands.Of(_module.Atoms[atom.Atom]), _values),
                IrStatus status => Highest(OfNormNodes(_module.Norms[status.Norm]), _logic),
                var node => Highest(IrOperands.Of(node), _logic),
            };
            hasRisen |= level > _logic[i];
            _logic[i] = level;
        }

        return hasRisen;
    }

    private static int Highest(ImmutableArray<int> operands, int[] levels)
    {
        var highest = 0;
        foreach (var operand in operands)
        {
            highest = Math.Max(highest, levels[operand]);
        }

        return highest;
    }
}
