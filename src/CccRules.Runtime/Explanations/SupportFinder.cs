using CccRules.Runtime.Facts;
using CccRules.Runtime.Operations;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Explanations;

/// <summary>
/// Finds the facts that an open answer still hangs on, from the truths and values of one record. Walks the graph with
/// its own stack, each node once, so that neither depth nor sharing of conditions costs anything. Allocates nothing
/// once its stack has grown.
/// </summary>
internal sealed class SupportFinder
{
    private readonly RulesetManifest _manifest;
    private readonly RuleTables _tables;
    private readonly int[] _logicMarks;
    private readonly int[] _valueMarks;
    private readonly int[] _coarseMarks;
    private readonly int[] _normMarks;
    private Entry[] _stack = new Entry[64];
    private int _depth;
    private int _mark;

    public SupportFinder(RulesetManifest manifest, RuleTables tables)
    {
        _manifest = manifest;
        _tables = tables;
        _logicMarks = new int[manifest.Graph.Logic.Length];
        _valueMarks = new int[manifest.Graph.Values.Length];
        _coarseMarks = new int[manifest.Graph.Values.Length];
        _normMarks = new int[manifest.Norms.Length];
    }

    private enum EntryKind : byte
    {
        Logic,
        Value,

        /// <summary>A known HS code with too few digits.</summary>
        CoarseCode,
        Norm,
    }

    /// <summary>Adds the facts that an open outcome of a norm hangs on.</summary>
    public void OfNorm(int norm, in RecordState state, FactSet into) => Find(new Entry(EntryKind.Norm, norm), state, into);

    /// <summary>Adds the facts that an open logic node hangs on.</summary>
    public void OfNode(int node, in RecordState state, FactSet into)
    {
        if (state.Nodes[node] == Truth.Open)
        {
            Find(new Entry(EntryKind.Logic, node), state, into);
        }
    }

    private void Find(Entry start, in RecordState state, FactSet into)
    {
        _mark++;
        Push(start);
        while (_depth > 0)
        {
            var entry = _stack[--_depth];
            switch (entry.Kind)
            {
                case EntryKind.Logic:
                    VisitLogic(_manifest.Graph.Logic[entry.Index], state);
                    break;
                case EntryKind.Value:
                    VisitMissing(_manifest.Graph.Values[entry.Index], state, into);
                    break;
                case EntryKind.CoarseCode:
                    VisitCoarse(_manifest.Graph.Values[entry.Index], state, into);
                    break;
                default:
                    VisitNorm(_manifest.Norms[entry.Index], state);
                    break;
            }
        }
    }

    private void VisitNorm(NormSchema norm, in RecordState state)
    {
        if (norm.Deadline is { } deadline)
        {
            VisitDeadline(norm, deadline, state);
            return;
        }

        var (applies, exempted, inForce) = (state.Nodes[norm.Applies], state.Nodes[norm.Exempted], state.Nodes[norm.InForce]);
        PushOpen(norm.Applies, state);
        if (!Kleene.IsPossible(applies))
        {
            return;
        }

        PushOpen(norm.Exempted, state);
        if (Kleene.IsCertain(exempted))
        {
            return;
        }

        PushOpen(norm.InForce, state);
        if (norm.Fulfilled >= 0 && Kleene.IsPossible(inForce))
        {
            PushOpen(norm.Fulfilled, state);
        }
    }

    private void VisitDeadline(NormSchema norm, DeadlineSchema deadline, in RecordState state)
    {
        PushOpen(norm.Applies, state);
        if (!Kleene.IsPossible(state.Nodes[norm.Applies]))
        {
            return;
        }

        if (norm.Fulfilled >= 0)
        {
            PushOpen(norm.Fulfilled, state);
            if (Kleene.IsCertain(state.Nodes[norm.Fulfilled]))
            {
                return;
            }
        }

        PushOpen(deadline.Overdue, state);
        if (!Kleene.IsCertain(state.Nodes[deadline.Overdue]))
        {
            PushOpen(deadline.Soon, state);
        }
    }

    private void VisitLogic(LogicNode node, in RecordState state)
    {
        switch (node.Kind)
        {
            case LogicKind.Atom:
                VisitAtom(node, state);
                break;
            case LogicKind.IfThenElse:
                var guard = state.Nodes[node.Nodes[0]];
                PushOpen(node.Nodes[0], state);
                if (Kleene.IsPossible(guard))
                {
                    PushOpen(node.Nodes[1], state);
                }

                if (!Kleene.IsCertain(guard))
                {
                    PushOpen(node.Nodes[2], state);
                }

                break;
            case LogicKind.Status:
                Push(new Entry(EntryKind.Norm, node.Norm));
                break;
            default:
                foreach (var operand in node.Nodes)
                {
                    PushOpen(operand, state);
                }

                break;
        }
    }

    private void VisitAtom(LogicNode node, in RecordState state)
    {
        var isMissing = false;
        foreach (var value in node.Values)
        {
            isMissing |= state.IsMissing(value);
            PushMissing(value, state);
        }

        if (isMissing)
        {
            return;
        }

        // Open although every value is known: a code with too few digits.
        foreach (var value in node.Values)
        {
            Push(new Entry(EntryKind.CoarseCode, value));
        }
    }

    private void VisitMissing(ValueNode value, in RecordState state, FactSet into)
    {
        if (value.Fact >= 0)
        {
            AddFact(value.Fact, state, into);
            return;
        }

        if (value.Lookup >= 0)
        {
            VisitLookup(value, state);
            return;
        }

        if (value.IsLastResort && state.IsMissing(value.Values[0]))
        {
            PushMissing(value.Values[0], state);
            return;
        }

        if (value.Guard < 0)
        {
            foreach (var operand in value.Values)
            {
                PushMissing(operand, state);
            }

            return;
        }

        var guard = state.Nodes[value.Guard];
        PushOpen(value.Guard, state);
        if (Kleene.IsPossible(guard))
        {
            PushMissing(value.Values[0], state);
        }

        if (!Kleene.IsCertain(guard))
        {
            PushMissing(value.Values[1], state);
        }
    }

    /// <summary>What is derived from a list hangs on the list, and on what else its condition reads and is missing.</summary>
    private void AddFact(int fact, in RecordState state, FactSet into)
    {
        var origins = _manifest.Facts[fact].Origins;
        if (origins.IsEmpty)
        {
            into.Add(fact);
            return;
        }

        into.Add(origins[0]);
        foreach (var origin in origins.AsSpan()[1..])
        {
            if (state.FactOf(origin) == Fact.Missing)
            {
                into.Add(origin);
            }
        }
    }

    /// <summary>Of a table's inputs those on which it hangs which of its rows holds.</summary>
    private void VisitLookup(ValueNode value, in RecordState state)
    {
        var lookup = new Lookup(_tables, value.Lookup, state.Texts);
        foreach (var input in value.Values)
        {
            lookup.Add(state.ValueOf(input));
        }

        var open = lookup.OpenInputs(value.Output);
        for (var input = 0; input < value.Values.Length; input++)
        {
            if ((open >> input & 1) != 0)
            {
                Push(new Entry(state.IsMissing(value.Values[input]) ? EntryKind.Value : EntryKind.CoarseCode, value.Values[input]));
            }
        }
    }

    private void VisitCoarse(ValueNode value, in RecordState state, FactSet into)
    {
        if (value.Fact >= 0)
        {
            into.Add(value.Fact);
            return;
        }

        if (value.Guard < 0)
        {
            return;
        }

        // An open guard with a known value: both branches are that same code.
        var guard = state.Nodes[value.Guard];
        PushOpen(value.Guard, state);
        if (Kleene.IsPossible(guard))
        {
            Push(new Entry(EntryKind.CoarseCode, value.Values[0]));
        }

        if (!Kleene.IsCertain(guard))
        {
            Push(new Entry(EntryKind.CoarseCode, value.Values[1]));
        }
    }

    private void PushOpen(int node, in RecordState state)
    {
        if (state.Nodes[node] == Truth.Open)
        {
            Push(new Entry(EntryKind.Logic, node));
        }
    }

    private void PushMissing(int value, in RecordState state)
    {
        if (state.IsMissing(value))
        {
            Push(new Entry(EntryKind.Value, value));
        }
    }

    private void Push(Entry entry)
    {
        ref var mark = ref Marks(entry.Kind)[entry.Index];
        if (mark == _mark)
        {
            return;
        }

        mark = _mark;
        if (_depth == _stack.Length)
        {
            Array.Resize(ref _stack, 2 * _depth);
        }

        _stack[_depth++] = entry;
    }

    private int[] Marks(EntryKind kind) => kind switch
    {
        EntryKind.Logic => _logicMarks,
        EntryKind.Value => _valueMarks,
        EntryKind.CoarseCode => _coarseMarks,
        _ => _normMarks,
    };

    private readonly record struct Entry(EntryKind Kind, int Index);
}

/// <summary>The truths and values of an evaluated record.</summary>
internal readonly ref struct RecordState(
    RulesetManifest manifest,
    ReadOnlySpan<Truth> nodes,
    ReadOnlySpan<long> values,
    ReadOnlySpan<Int128> wideValues,
    ReadOnlySpan<long> facts,
    TextDictionary texts)
{
    private readonly ReadOnlySpan<long> _facts = facts;
    private readonly ReadOnlySpan<long> _values = values;
    private readonly ReadOnlySpan<Int128> _wideValues = wideValues;

    public ReadOnlySpan<Truth> Nodes { get; } = nodes;

    public TextDictionary Texts { get; } = texts;

    /// <summary>A fact of the record.</summary>
    public long FactOf(int fact) => _facts[fact];

    /// <summary>A value that is not wide.</summary>
    public long ValueOf(int value) => _values[value];

    public bool IsMissing(int value) =>
        manifest.Graph.Values[value].IsWide ? _wideValues[value] == WideOperations.Missing : _values[value] == Fact.Missing;
}
