namespace CccRules.Compiler.Ir;

internal sealed partial class IrVerifier
{
    private void CheckStatusOrder()
    {
        for (var i = 0; i < _module.Logic.Length; i++)
        {
            if (_module.Logic[i] is IrStatus status)
            {
                foreach (var node in NormNodes(status.Norm))
                {
                    Check(node < i, "operands before users", $"n{i} asks about norm {status.Norm}, which uses n{node}");
                }
            }
        }
    }

    private IEnumerable<int> NormNodes(int norm)
    {
        var schema = _module.Norms[norm];
        int[] nodes = [schema.Applies, schema.Exempted, schema.InForce, schema.Fulfilled, schema.Deadline?.Overdue ?? -1, schema.Deadline?.Soon ?? -1];
        return nodes.Where(node => node >= 0);
    }

    /// <summary>
    /// Each list is in order by itself; a guard goes from values to logic and an atom from logic to values, so a ring over
    /// both is still possible and is looked for here, with a stack of its own.
    /// </summary>
    private void CheckCycles()
    {
        var logic = _module.Logic.Length;
        var states = new byte[logic + _module.Values.Length];
        var stack = new Stack<(int Entry, bool IsLeaving)>();
        for (var root = 0; root < states.Length; root++)
        {
            stack.Push((root, false));
            while (stack.TryPop(out var item))
            {
                if (item.IsLeaving)
                {
                    states[item.Entry] = 2;
                }
                else if (states[item.Entry] == 1)
                {
                    Check(false, "no cycles", $"{(item.Entry < logic ? 'n' : 'v')}{item.Entry % logic} uses itself");
                    return;
                }
                else if (states[item.Entry] == 0)
                {
                    states[item.Entry] = 1;
                    stack.Push((item.Entry, true));
                    foreach (var used in UsedBy(item.Entry))
                    {
                        stack.Push((used, false));
                    }
                }
            }
        }
    }

    /// <summary>What an entry uses: logic nodes by their positions, values by theirs after all logic nodes.</summary>
    private IEnumerable<int> UsedBy(int entry)
    {
        var logic = _module.Logic.Length;
        if (entry >= logic)
        {
            var value = _module.Values[entry - logic];
            var operands = IrOperands.Of(value).Select(operand => operand + logic);
            return IrOperands.GuardOf(value) is >= 0 and var guard ? operands.Append(guard) : operands;
        }

        return _module.Logic[entry] switch
        {
            IrAtomNode atom => IrOperands.Of(_module.Atoms[atom.Atom]).Select(value => value + logic),
            IrStatus status => NormNodes(status.Norm),
            var node => IrOperands.Of(node),
        };
    }
}
