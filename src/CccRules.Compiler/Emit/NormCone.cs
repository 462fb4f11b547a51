using System.Collections.Immutable;
using CccRules.Compiler.Ir;

namespace CccRules.Compiler.Emit;

/// <summary>All that a norm's outcome hangs on, each list ascending; other norms too where a condition asks about their outcomes.</summary>
internal sealed record NormCone(ImmutableArray<int> Values, ImmutableArray<int> Logic, ImmutableArray<int> Norms)
{
    public int Size => Values.Length + Logic.Length + Norms.Length;

    public static NormCone Of(IrModule module, int norm)
    {
        var (values, logic, norms) = (new SortedSet<int>(), new SortedSet<int>(), new SortedSet<int>());
        var open = new Stack<(bool IsLogic, int At)>();
        AddNorm(norm);
        while (open.TryPop(out var entry))
        {
            if (entry.IsLogic && logic.Add(entry.At))
            {
                AddLogic(module.Logic[entry.At]);
            }
            else if (!entry.IsLogic && values.Add(entry.At))
            {
                AddValue(module.Values[entry.At]);
            }
        }

        return new NormCone([.. values], [.. logic], [.. norms]);

        void AddNorm(int index)
        {
            if (norms.Add(index))
            {
                Push(true, EmitSchedule.OfNormNodes(module.Norms[index]));
            }
        }

        void AddLogic(IrLogic node)
        {
            switch (node)
            {
                case IrAtomNode atom:
                    Push(false, IrOperands.Of(module.Atoms[atom.Atom]));
                    break;
                case IrStatus status:
                    AddNorm(status.Norm);
                    break;
                default:
                    Push(true, IrOperands.Of(node));
                    break;
            }
        }

        void AddValue(IrValue value)
        {
            Push(false, IrOperands.Of(value));
            if (value is IrSelect select)
            {
                open.Push((true, select.Guard));
            }
        }

        void Push(bool isLogic, ImmutableArray<int> entries)
        {
            foreach (var at in entries)
            {
                open.Push((isLogic, at));
            }
        }
    }
}
