using System.Collections.Immutable;
using System.Globalization;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>
/// The form for batches. Tests of single columns are data that kernels carry out (<see cref="ColumnTests"/>); derived values and
/// tests of several values are loops over rows around the operations of single records; logic is loops over bit planes.
/// </summary>
internal sealed class BatchEmitter(IrModule module, EmitSchedule schedule, BatchRoots roots, TableBuilder tables, CSharpWriter writer)
{
    private readonly BatchPlan _plan = new(module, schedule, roots);
    private readonly ValueEmitter _values = new(module, tables);
    private readonly AtomEmitter _atoms = new(module, tables);
    private readonly ImmutableArray<ColumnTests>.Builder _tests = ImmutableArray.CreateBuilder<ColumnTests>();
    private readonly List<string> _calls = [];

    /// <summary>Tests of columns, by the positions that the emitted code names.</summary>
    public ImmutableArray<ColumnTests> Tests => _tests.ToImmutable();

    /// <summary>By category: its plane.</summary>
    public ImmutableArray<int> CategoryPlanes => [.. module.Categories.Select(category => _plan.PlaneOf(category.Node))];

    /// <summary>What is computed, and where it is kept.</summary>
    public BatchPlan Plan => _plan;

    /// <summary>Planes that the form needs.</summary>
    public int PlaneCount { get; private set; }

    /// <summary>Writes the methods, then <c>Classify</c>, which calls them.</summary>
    public void Emit()
    {
        EmitLoads();
        var scratch = 0;
        for (var level = 0; level < schedule.Levels; level++)
        {
            EmitValues(level);
            EmitAtoms(level);
            foreach (var method in _plan.Methods.Where(method => method.Level == level))
            {
                var name = $"Logic{_calls.Count}";
                _calls.Add($"{name}(frame);");
                scratch = Math.Max(scratch, new LogicEmitter(module, _plan, writer).Emit($"private static void {name}(BatchFrame frame)", method));
            }
        }

        EmitConstantCategories();
        PlaneCount = _plan.PlaneCount + scratch;
        MethodSplitter.EmitEntry(writer, MethodForm.Batch, "public override void Classify(BatchFrame frame)", _calls);
    }

    /// <summary>Facts that a loop reads become columns of 64-bit numbers.</summary>
    private void EmitLoads()
    {
        var read = new SortedSet<int>(_plan.NeededAtoms()
            .Where(entry => AtomForms.Of(entry.Atom, module) != AtomForm.Test)
            .SelectMany(entry => IrOperands.Of(entry.Atom)));
        read.UnionWith(BatchRoots.DueValues(module));
        for (var value = 0; value < module.Values.Length; value++)
        {
            if (_plan.IsValueNeeded(value))
            {
                read.UnionWith(IrOperands.Of(module.Values[value]));
            }
        }

        foreach (var value in read)
        {
            if (module.Values[value] is IrFact fact)
            {
                _calls.Add($"frame.Load({fact.Fact}, {value});");
            }
        }

        // A date due that is the same for every record. Whatever else reads a constant has it in its code.
        foreach (var value in BatchRoots.DueValues(module).Distinct().Order())
        {
            if (module.Values[value] is IrConstant constant)
            {
                _calls.Add($"frame.Fill({value}, {(constant.IsNone ? "Fact.None" : CSharpWriter.Long(constant.Value))});");
            }
        }
    }

    private void EmitValues(int level)
    {
        for (var value = 0; value < module.Values.Length; value++)
        {
            if (_plan.IsValueNeeded(value)
                && schedule.OfValue(value) == level
                && module.Values[value] is not (IrFact or IrConstant or IrTextConstant))
            {
                EmitValue(value);
            }
        }
    }

    /// <summary>A call of a kernel where there is one for the value, else a loop over rows.</summary>
    private void EmitValue(int value)
    {
        switch (module.Values[value])
        {
            case IrExtreme { Type.IsWide: false } extreme when extreme.Operands.Items.Length > 1 && extreme.Operands.Items.All(IsNarrowColumn):
                var operands = extreme.Operands.Items;
                for (var i = 1; i < operands.Length; i++)
                {
                    _calls.Add($"frame.{(extreme.IsLargest ? "Largest" : "Least")}({value}, {(i == 1 ? operands[0] : value)}, {operands[i]});");
                }

                break;
            case IrStep { Type.IsWide: false } step when IsNarrowColumn(step.Day):
                _calls.Add($"frame.Step({value}, {step.Day}, {tables.Steps(module.StepTables[step.Table])});");
                break;
            default:
                EmitValueLoop(value);
                break;
        }
    }

    private bool IsNarrowColumn(int value) => module.Values[value] is { Type.IsWide: false } and not (IrConstant or IrTextConstant);

    private void EmitAtoms(int level)
    {
        foreach (var column in _plan.Columns.Where(column => schedule.OfValue(column.Value) == level))
        {
            _calls.Add($"frame.Test({_tests.Count});");
            _tests.Add(TestsOf(column));
        }

        foreach (var (node, atom) in _plan.NeededAtoms().Where(entry => schedule.OfLogic(entry.Node) == level))
        {
            switch (AtomForms.Of(atom, module))
            {
                case AtomForm.Comparison:
                    var compare = (IrCompare)atom;
                    _calls.Add($"frame.Compare(Comparison.{AtomEmitter.Name(compare.Comparison)}, {compare.Left}, {compare.Right}, {_plan.PlaneOf(node)});");
                    break;
                case AtomForm.Loop:
                    EmitAtomLoop(node, atom);
                    break;
            }
        }
    }

    private ColumnTests TestsOf(TestedColumn column)
    {
        var fact = module.Values[column.Value] is IrFact { Fact: var index } ? index : -1;
        var tests = column.Nodes.Select(node => AtomForms.Test(
            module.Atoms[((IrAtomNode)module.Logic[node]).Atom], _plan.PlaneOf(node), hasPossible: _plan.MissingPlaneOf(node) < 0, tables));
        return new ColumnTests(fact, fact < 0 ? column.Value : -1, column.MissingPlane, [.. tests]);
    }

    private void EmitValueLoop(int value)
    {
        var name = Method("Value");
        EmitColumns([value, .. IrOperands.Of(module.Values[value])]);
        writer.Open("for (var row = 0; row < frame.Rows; row++)");
        _values.Emit(writer, value, new RowNames(module, _plan, _values));
        writer.Close();
        End(name);
    }

    private void EmitAtomLoop(int node, IrAtom atom)
    {
        var name = Method("Atom");
        EmitColumns(IrOperands.Of(atom));
        writer.Open("for (var word = 0; word < frame.Words; word++)");
        writer.Line("var certain = 0UL;");
        writer.Line("var possible = 0UL;");
        writer.Open("for (var bit = 0; bit < 64; bit++)");
        writer.Line("var row = (word * 64) + bit;");
        writer.Line($"var truth = {_atoms.Expression(atom, new RowNames(module, _plan, _values))};");
        writer.Line("certain |= Planes.Certain(truth, bit);");
        writer.Line("possible |= Planes.Possible(truth, bit);");
        writer.Close();
        writer.Line($"frame.Write({_plan.PlaneOf(node)}, word, certain, possible);");
        writer.Close();
        End(name);
    }

    /// <summary>A category that is a constant has planes that nothing else writes.</summary>
    private void EmitConstantCategories()
    {
        foreach (var node in roots.Nodes.Distinct())
        {
            if (module.Logic[node] is IrTruth truth)
            {
                var name = Method("Constant");
                var bits = truth.IsTrue ? "ulong.MaxValue" : "0UL";
                writer.Open("for (var word = 0; word < frame.Words; word++)");
                writer.Line($"frame.Write({_plan.PlaneOf(node)}, word, {bits}, {bits});");
                writer.Close();
                End(name);
            }
        }
    }

    private string Method(string prefix)
    {
        var name = $"{prefix}{_calls.Count.ToString(CultureInfo.InvariantCulture)}";
        writer.Open($"private static void {name}(BatchFrame frame)");
        return name;
    }

    private void End(string name)
    {
        writer.Close();
        writer.Line();
        _calls.Add($"{name}(frame);");
    }

    private void EmitColumns(IEnumerable<int> values)
    {
        writer.Line("var texts = frame.Texts;");
        writer.Line("var tables = frame.Tables;");
        foreach (var value in values.Distinct().Order())
        {
            if (module.Values[value] is not (IrConstant or IrTextConstant))
            {
                writer.Line($"var x{value} = frame.{(module.Values[value].Type.IsWide ? "WideValues" : "Values")}({value});");
            }
        }
    }

    private sealed class RowNames(IrModule module, BatchPlan plan, ValueEmitter values) : OperandNames(module)
    {
        private readonly IrModule _module = module;

        public override string Texts => "texts";

        public override string Tables => "tables";

        public override string Value(int value) =>
            _module.Values[value] is IrConstant or IrTextConstant ? values.Constant(_module.Values[value]) : $"x{value}[row]";

        public override string Truth(int node) => _module.Logic[node] is IrTruth truth
            ? $"Truth.{(truth.IsTrue ? "True" : "False")}"
            : $"frame.TruthOf({plan.PlaneOf(node)}, row)";
    }
}
