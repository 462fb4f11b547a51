using System.Diagnostics;
using System.Numerics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>
/// One logic method of the columnar form: a loop over vectors of rows in which nodes are locals (c17: certain, p17: possible).
/// Planes are read at their first use and written only where something outside the method reads them.
/// </summary>
internal sealed class LogicEmitter(IrModule module, BatchPlan plan, CSharpWriter writer)
{
    private const int OperandsPerStatement = 8;
    private const int Words = BatchFrame.BlockWords;

    private readonly Dictionary<int, PlanePair> _nodes = [];
    private readonly Dictionary<int, string[]> _outcomes = [];
    private readonly HashSet<int> _missing = [];
    private readonly List<string> _spreads = [];
    private int _scratch;

    /// <summary>Writes the method; the result is the number of single planes it needs for outcomes.</summary>
    public int Emit(string signature, LogicMethod method)
    {
        _scratch = 0;
        writer.Open(signature);
        writer.Open("for (var i = 0; i < frame.Steps; i++)");
        writer.Line("ref var step = ref frame.At(i);");
        foreach (var item in method.Items)
        {
            if (item.IsNorm)
            {
                EmitNorm(module.Norms[item.Index]);
            }
            else
            {
                EmitNode(item.Index);
            }
        }

        writer.Close();
        foreach (var spread in _spreads)
        {
            writer.Line(spread);
        }

        writer.Close();
        writer.Line();
        return _scratch;
    }

    private PlanePair Node(int node)
    {
        if (_nodes.TryGetValue(node, out var pair))
        {
            return pair;
        }

        if (module.Logic[node] is IrTruth truth)
        {
            pair = new PlanePair(PlaneExpression.Of(truth.IsTrue), PlaneExpression.Of(truth.IsTrue));
        }
        else
        {
            writer.Line($"var c{node} = {Load(plan.PlaneOf(node))};");
            var missing = plan.MissingPlaneOf(node);
            var possible = missing < 0 ? Load(plan.PlaneOf(node) + 1) : $"c{node} | {Missing(missing)}";
            writer.Line($"var p{node} = {possible};");
            pair = new PlanePair($"c{node}", $"p{node}");
        }

        _nodes.Add(node, pair);
        return pair;
    }

    private static string Load(int plane) => $"Planes.Load(ref step, {plane * Words})";

    /// <summary>Where a column is missing; read once for all its tests.</summary>
    private string Missing(int plane)
    {
        if (_missing.Add(plane))
        {
            writer.Line($"var m{plane} = {Load(plane)};");
        }

        return $"m{plane}";
    }

    private void EmitNode(int node)
    {
        var pair = module.Logic[node] switch
        {
            IrAnd and => Joined(node, and.Operands, PlaneExpression.And, "&="),
            IrOr or => Joined(node, or.Operands, PlaneExpression.Or, "|="),
            IrNot not => Not(Node(not.Operand)),
            IrIfThenElse condition => IfThenElse(node, condition),
            IrAtLeast atLeast => AtLeast(node, atLeast),
            IrStatus status => Status(node, status),
            _ => throw new UnreachableException(),
        };
        _nodes.Add(node, pair);
        if (plan.PlaneOf(node) is >= 0 and var plane)
        {
            writer.Line($"Planes.Store(ref step, {plane * Words}, {pair.Certain});");
            writer.Line($"Planes.Store(ref step, {(plane + 1) * Words}, {pair.Possible});");
        }
    }

    private PlanePair Joined(int node, IrList<int> operands, Join join, string assignment)
    {
        var pairs = operands.Items.Select(Node).ToList();
        return new PlanePair(
            Joined($"c{node}", pairs.Select(pair => pair.Certain), join, assignment),
            Joined($"p{node}", pairs.Select(pair => pair.Possible), join, assignment));
    }

    /// <summary>A join in statements of bounded length.</summary>
    private string Joined(string name, IEnumerable<string> planes, Join join, string assignment)
    {
        var chunks = planes.Chunk(OperandsPerStatement).Select(chunk => join(chunk)).ToList();
        if (chunks.Count == 1)
        {
            return Local(name, chunks[0]);
        }

        writer.Line($"var {name} = {chunks[0]};");
        foreach (var chunk in chunks.Skip(1))
        {
            writer.Line($"{name} {assignment} {chunk};");
        }

        return name;
    }

    private static PlanePair Not(PlanePair operand) =>
        new(PlaneExpression.Not(operand.Possible), PlaneExpression.Not(operand.Certain));

    private PlanePair IfThenElse(int node, IrIfThenElse condition)
    {
        var (guard, then, otherwise) = (Node(condition.Guard), Node(condition.Then), Node(condition.Else));
        var notGuard = PlaneExpression.Not(guard.Certain);
        var certain = PlaneExpression.And(
            PlaneExpression.Or(PlaneExpression.Not(guard.Possible), then.Certain),
            PlaneExpression.Or(guard.Certain, otherwise.Certain));
        var possible = PlaneExpression.Or(
            PlaneExpression.And(guard.Possible, then.Possible),
            PlaneExpression.And(notGuard, otherwise.Possible));
        return new PlanePair(Local($"c{node}", certain), Local($"p{node}", possible));
    }

    private PlanePair AtLeast(int node, IrAtLeast atLeast)
    {
        var pairs = atLeast.Operands.Items.Select(Node).ToList();
        return new PlanePair(
            Count($"c{node}", atLeast.Count, pairs.ConvertAll(pair => pair.Certain)),
            Count($"p{node}", atLeast.Count, pairs.ConvertAll(pair => pair.Possible)));
    }

    /// <summary>
    /// Counts in planes of binary digits, least first: each operand is a carry that runs up the digits. Then compares the
    /// digits with the wanted count.
    /// </summary>
    private string Count(string name, int count, List<string> planes)
    {
        if (count <= 0 || count > planes.Count)
        {
            return PlaneExpression.Of(count <= 0);
        }

        writer.Line($"Vector<ulong> {name};");
        writer.OpenBlock();
        var digits = BitOperations.Log2((uint)planes.Count) + 1;
        for (var digit = 0; digit < digits; digit++)
        {
            writer.Line($"var d{digit} = {PlaneExpression.Zero};");
        }

        writer.Line($"var carry = {PlaneExpression.Zero};");
        writer.Line($"var next = {PlaneExpression.Zero};");
        for (var i = 0; i < planes.Count; i++)
        {
            writer.Line($"carry = {planes[i]};");
            for (var digit = 0; digit <= BitOperations.Log2((uint)i + 1); digit++)
            {
                writer.Line($"next = d{digit} & carry;");
                writer.Line($"d{digit} ^= carry;");
                writer.Line("carry = next;");
            }
        }

        writer.Line($"{name} = {PlaneExpression.Ones};");
        for (var digit = 0; digit < digits; digit++)
        {
            writer.Line($"{name} {((count >> digit & 1) != 0 ? "&=" : "|=")} d{digit};");
        }

        writer.Close();
        return name;
    }

    private PlanePair Status(int node, IrStatus status)
    {
        var planes = Outcome(module.Norms[status.Norm]);
        var inside = new List<string>();
        var outside = new List<string>();
        for (var bit = 0; bit < planes.Length; bit++)
        {
            (((int)status.Statuses >> bit & 1) != 0 ? inside : outside).Add(planes[bit]);
        }

        return new PlanePair(
            Local($"c{node}", PlaneExpression.Not(PlaneExpression.Or([.. outside]))),
            Local($"p{node}", PlaneExpression.Or([.. inside])));
    }

    private void EmitNorm(NormSchema norm)
    {
        var planes = Outcome(norm);
        var first = plan.PlaneCount + _scratch;
        var statuses = 0;
        for (var bit = 0; bit < planes.Length; bit++)
        {
            if (planes[bit] != PlaneExpression.Zero)
            {
                statuses |= 1 << bit;
                writer.Line($"Planes.Store(ref step, {(plan.PlaneCount + _scratch++) * Words}, {planes[bit]});");
            }
        }

        _spreads.Add($"frame.Spread({norm.Index}, {first}, {statuses});");
    }

    /// <summary>The planes of a norm's possible statuses, lowest bit of <see cref="Runtime.Programs.Outcome"/> first.</summary>
    private string[] Outcome(NormSchema norm)
    {
        if (_outcomes.TryGetValue(norm.Index, out var planes))
        {
            return planes;
        }

        if (norm.Deadline is { } deadline)
        {
            return DeadlineOutcome(norm, deadline);
        }

        var (applies, exempted, inForce) = (Node(norm.Applies), Node(norm.Exempted), Node(norm.InForce));
        var name = $"o{norm.Index}s";
        var open = Local($"{name}open", PlaneExpression.And(applies.Possible, PlaneExpression.Not(exempted.Certain)));
        var due = Local($"{name}due", PlaneExpression.And(open, inForce.Possible));
        var undone = norm.Fulfilled < 0
            ? due
            : Local($"{name}4", PlaneExpression.And(due, PlaneExpression.Not(Node(norm.Fulfilled).Certain)));

        // Where nothing says what fulfils it, and for an option not taken, it is simply there to be done.
        var isOpenTask = norm.Fulfilled < 0 || norm.Kind == NormKind.Option;
        planes =
        [
            PlaneExpression.Not(applies.Certain),
            Local($"{name}1", PlaneExpression.And(applies.Possible, exempted.Possible)),
            Local($"{name}2", PlaneExpression.And(open, PlaneExpression.Not(inForce.Certain))),
            norm.Fulfilled < 0 ? PlaneExpression.Zero : Local($"{name}3", PlaneExpression.And(due, Node(norm.Fulfilled).Possible)),
            isOpenTask ? PlaneExpression.Zero : undone,
            isOpenTask ? undone : PlaneExpression.Zero,
        ];
        _outcomes.Add(norm.Index, planes);
        return planes;
    }

    private string[] DeadlineOutcome(NormSchema norm, DeadlineSchema deadline)
    {
        var (applies, overdue, soon) = (Node(norm.Applies), Node(deadline.Overdue), Node(deadline.Soon));
        var met = norm.Fulfilled < 0 ? new PlanePair(PlaneExpression.Zero, PlaneExpression.Zero) : Node(norm.Fulfilled);
        var name = $"o{norm.Index}s";
        var open = Local($"{name}open", PlaneExpression.And(applies.Possible, PlaneExpression.Not(met.Certain)));
        var ahead = Local($"{name}ahead", PlaneExpression.And(open, PlaneExpression.Not(overdue.Certain)));
        string[] planes =
        [
            PlaneExpression.Not(applies.Certain),
            PlaneExpression.Zero,
            PlaneExpression.Zero,
            Local($"{name}3", PlaneExpression.And(applies.Possible, met.Possible)),
            Local($"{name}4", PlaneExpression.And(open, overdue.Possible)),
            Local($"{name}5", PlaneExpression.And(ahead, PlaneExpression.Not(soon.Certain))),
            Local($"{name}6", PlaneExpression.And(ahead, soon.Possible)),
        ];
        _outcomes.Add(norm.Index, planes);
        return planes;
    }

    /// <summary>A name for an expression; constants and names stay as they are.</summary>
    private string Local(string name, string expression)
    {
        if (!expression.Contains(' ', StringComparison.Ordinal))
        {
            return expression;
        }

        writer.Line($"var {name} = {expression};");
        return name;
    }

    private delegate string Join(params ReadOnlySpan<string> planes);

    private readonly record struct PlanePair(string Certain, string Possible);
}
