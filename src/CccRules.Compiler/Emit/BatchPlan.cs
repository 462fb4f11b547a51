using System.Collections.Immutable;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>
/// What the columnar form computes and in which order: only what norms and categories need. Logic is walked norm by norm, so that
/// the nodes of a norm stand together and most of them need no plane in memory.
/// </summary>
internal sealed class BatchPlan
{
    /// <summary>Bounds of a logic method: enough to share loads, few enough for the just-in-time compiler.</summary>
    private const int MostWeight = 150;
    private const int MostNorms = 24;

    private readonly IrModule _module;
    private readonly EmitSchedule _schedule;
    private readonly BatchRoots _roots;
    private readonly bool[] _isNeeded;
    private readonly bool[] _isNormReached;
    private readonly bool[] _isNormAsked;
    private readonly bool[] _isValueNeeded;
    private readonly int[] _planes;
    private readonly int[] _missingPlanes;
    private readonly int[] _methodOf;
    private readonly List<LogicItem> _order = [];

    public BatchPlan(IrModule module, EmitSchedule schedule, BatchRoots roots)
    {
        _module = module;
        _schedule = schedule;
        _isNeeded = new bool[module.Logic.Length];
        _isNormReached = new bool[module.Norms.Length];
        _isNormAsked = new bool[module.Norms.Length];
        _isValueNeeded = new bool[module.Values.Length];
        _planes = new int[module.Logic.Length];
        _methodOf = new int[module.Logic.Length];
        _missingPlanes = new int[module.Logic.Length];
        Array.Fill(_planes, -1);
        Array.Fill(_missingPlanes, -1);
        Array.Fill(_methodOf, -1);
        _roots = roots;
        foreach (var norm in roots.Norms)
        {
            Walk(new LogicItem(norm, IsNorm: true));
        }

        foreach (var node in roots.Nodes.Concat(MarkNeeded(roots.Values)))
        {
            Walk(new LogicItem(node, IsNorm: false));
        }

        Methods = CutIntoMethods();
        AssignPlanes();
    }

    /// <summary>Logic methods, in order of their levels.</summary>
    public ImmutableArray<LogicMethod> Methods { get; }

    /// <summary>Columns that are tested, each with its tests' nodes.</summary>
    public ImmutableArray<TestedColumn> Columns { get; private set; } = [];

    /// <summary>Planes kept in memory.</summary>
    public int PlaneCount { get; private set; }

    public bool IsValueNeeded(int value) => _isValueNeeded[value];

    public bool IsNodeNeeded(int node) => _isNeeded[node];

    /// <summary>The norm's outcome is asked for, or another condition asks about it.</summary>
    public bool IsNormNeeded(int norm) => _isNormReached[norm] || _isNormAsked[norm];

    /// <summary>The plane that holds where a kept node is certain, or -1.</summary>
    public int PlaneOf(int node) => _planes[node];

    /// <summary>
    /// For a test whose "possibly" is put together, the plane that holds where its column is missing; for any other kept node -1: its
    /// "possibly" is in the plane after its own.
    /// </summary>
    public int MissingPlaneOf(int node) => _missingPlanes[node];

    /// <summary>The nodes that are atoms, in order.</summary>
    public IEnumerable<(int Node, IrAtom Atom)> NeededAtoms()
    {
        for (var node = 0; node < _module.Logic.Length; node++)
        {
            if (_isNeeded[node] && _module.Logic[node] is IrAtomNode atom)
            {
                yield return (node, _module.Atoms[atom.Atom]);
            }
        }
    }

    /// <summary>The logic nodes whose planes a norm or a node reads.</summary>
    public ImmutableArray<int> OperandsOf(LogicItem item) => item.IsNorm
        ? EmitSchedule.OfNormNodes(_module.Norms[item.Index])
        : _module.Logic[item.Index] is IrStatus status
            ? EmitSchedule.OfNormNodes(_module.Norms[status.Norm])
            : IrOperands.Of(_module.Logic[item.Index]);

    /// <summary>Visits an item after all that it uses, with a stack of its own: conditions may be deep.</summary>
    private void Walk(LogicItem root)
    {
        var stack = new Stack<(LogicItem Item, bool IsLeaving)>();
        stack.Push((root, false));
        while (stack.TryPop(out var entry))
        {
            if (entry.IsLeaving)
            {
                _order.Add(entry.Item);
            }
            else if (Enter(entry.Item))
            {
                stack.Push((entry.Item, true));
                var operands = OperandsOf(entry.Item);
                for (var i = operands.Length - 1; i >= 0; i--)
                {
                    stack.Push((new LogicItem(operands[i], IsNorm: false), false));
                }

                foreach (var guard in GuardsOf(entry.Item))
                {
                    stack.Push((new LogicItem(guard, IsNorm: false), false));
                }
            }
        }
    }

    private bool Enter(LogicItem item)
    {
        var marks = item.IsNorm ? _isNormReached : _isNeeded;
        if (!item.IsNorm && _module.Logic[item.Index] is IrStatus status)
        {
            _isNormAsked[status.Norm] = true;
        }

        var isNew = !marks[item.Index];
        marks[item.Index] = true;
        return isNew;
    }

    /// <summary>Marks the values that an atom needs; the result is the logic nodes that those values need.</summary>
    private List<int> GuardsOf(LogicItem item)
    {
        return item.IsNorm || _module.Logic[item.Index] is not IrAtomNode atom ? [] : MarkNeeded(IrOperands.Of(_module.Atoms[atom.Atom]));
    }

    private List<int> MarkNeeded(IEnumerable<int> values)
    {
        var guards = new List<int>();
        var stack = new Stack<int>(values);
        while (stack.TryPop(out var value))
        {
            if (_isValueNeeded[value])
            {
                continue;
            }

            _isValueNeeded[value] = true;
            foreach (var operand in IrOperands.Of(_module.Values[value]))
            {
                stack.Push(operand);
            }

            if (IrOperands.GuardOf(_module.Values[value]) is >= 0 and var guard)
            {
                guards.Add(guard);
            }
        }

        return guards;
    }

    private ImmutableArray<LogicMethod> CutIntoMethods()
    {
        var methods = ImmutableArray.CreateBuilder<LogicMethod>();
        for (var level = 0; level < _schedule.Levels; level++)
        {
            var items = new List<LogicItem>();
            var (weight, norms) = (0, 0);
            foreach (var item in _order)
            {
                if (LevelOf(item) != level || (!item.IsNorm && _module.Logic[item.Index] is IrAtomNode or IrTruth))
                {
                    continue;
                }

                if (weight >= MostWeight || norms >= MostNorms)
                {
                    methods.Add(new LogicMethod(level, [.. items]));
                    items.Clear();
                    (weight, norms) = (0, 0);
                }

                items.Add(item);
                weight += 1 + OperandsOf(item).Length;
                norms += item.IsNorm ? 1 : 0;
                if (!item.IsNorm)
                {
                    _methodOf[item.Index] = methods.Count;
                }
            }

            if (items.Count != 0)
            {
                methods.Add(new LogicMethod(level, [.. items]));
            }
        }

        return methods.ToImmutable();
    }

    private int LevelOf(LogicItem item) =>
        item.IsNorm ? _schedule.OfNorm(_module.Norms[item.Index]) : _schedule.OfLogic(item.Index);

    /// <summary>Planes for atoms, a column's tests together; for what another method reads; for categories, and for guards.</summary>
    private void AssignPlanes()
    {
        var readAsPair = new HashSet<int>(_roots.Nodes);
        for (var value = 0; value < _module.Values.Length; value++)
        {
            if (_isValueNeeded[value] && IrOperands.GuardOf(_module.Values[value]) is >= 0 and var guard && _module.Logic[guard] is not IrTruth)
            {
                readAsPair.Add(guard);
            }
        }

        Columns =
        [
            .. NeededAtoms()
                .Where(entry => AtomForms.Of(entry.Atom, _module) == AtomForm.Test)
                .GroupBy(entry => IrOperands.Of(entry.Atom)[0], entry => entry.Node)
                .OrderBy(group => group.Key)
                .Select(group => Column(group.Key, [.. group], readAsPair)),
        ];
        foreach (var (node, _) in NeededAtoms())
        {
            KeepPair(node);
        }

        for (var method = 0; method < Methods.Length; method++)
        {
            foreach (var operand in Methods[method].Items.SelectMany(item => OperandsOf(item)))
            {
                if (_methodOf[operand] != method && _module.Logic[operand] is not IrTruth)
                {
                    KeepPair(operand);
                }
            }
        }

        foreach (var node in readAsPair.Order())
        {
            KeepPair(node);
        }
    }

    private TestedColumn Column(int value, ImmutableArray<int> nodes, HashSet<int> readAsPair)
    {
        // A known HS code can be open. Any other value is open only where it is missing: one plane for all tests of the column.
        var canBeOpen = _module.Values[value].Type.Kind == IrKind.HsCode;
        var missing = canBeOpen ? -1 : PlaneCount++;
        foreach (var node in nodes)
        {
            if (canBeOpen || readAsPair.Contains(node))
            {
                KeepPair(node);
            }
            else
            {
                _planes[node] = PlaneCount++;
                _missingPlanes[node] = missing;
            }
        }

        return new TestedColumn(value, missing, nodes);
    }

    private void KeepPair(int node)
    {
        if (_planes[node] < 0)
        {
            _planes[node] = PlaneCount;
            PlaneCount += 2;
        }
    }
}

/// <summary>
/// What a columnar form is asked for: outcomes of norms, truths of logic nodes, and values' columns.
/// </summary>
internal sealed record BatchRoots(ImmutableArray<int> Norms, ImmutableArray<int> Nodes, ImmutableArray<int> Values)
{
    /// <summary>Every norm, category and day due.</summary>
    public static BatchRoots All(IrModule module) =>
        new([.. module.Norms.Select(norm => norm.Index)], [.. module.Categories.Select(category => category.Node)], [.. DueValues(module).Distinct()]);

    /// <summary>The dates of deadlines: the columns of the result besides the outcomes.</summary>
    public static IEnumerable<int> DueValues(IrModule module) =>
        module.Norms.Select(norm => norm.Deadline).OfType<DeadlineSchema>().SelectMany(deadline => new[] { deadline.Due, deadline.Earliest, deadline.Latest });

    /// <summary>What candidates leave over, and what they look at.</summary>
    public static BatchRoots Without(CandidatePlanner candidates, IrModule module, bool hasCategories)
    {
        var all = All(module);
        return new BatchRoots(
            [.. all.Norms.Except(candidates.Picked)],
            [.. hasCategories ? all.Nodes : [], .. candidates.Columns.Nodes(candidates.UsedColumns)],
            [.. all.Values, .. candidates.Columns.Values(candidates.UsedColumns)]);
    }
}

/// <summary>A value whose column is tested, the plane that holds where it is missing (-1: none), and the nodes of its tests.</summary>
internal sealed record TestedColumn(int Value, int MissingPlane, ImmutableArray<int> Nodes);

/// <summary>A logic node, or a norm whose outcome is to be computed.</summary>
internal readonly record struct LogicItem(int Index, bool IsNorm);

/// <summary>Nodes and norms whose planes are computed in one loop.</summary>
internal sealed record LogicMethod(int Level, ImmutableArray<LogicItem> Items);
