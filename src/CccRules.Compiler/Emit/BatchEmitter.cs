using System.Collections.Immutable;
using System.Globalization;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>
/// The form for batches. Tests of single columns are data that kernels carry out (<see cref="ColumnTests"/>); derived values and
/// tests of several values are loops over rows around the operations of single records; logic is loops over bit planes.
/// </summary>
internal sealed class BatchEmitter(IrModule module, EmitSchedule schedule, TableBuilder tables, CSharpWriter writer)
{
    private readonly BatchPlan _plan = new(module, schedule);
    private readonly ValueEmitter _values = new(module, tables);
    private readonly AtomEmitter _atoms = new(module, tables);
    private readonly ImmutableArray<ColumnTests>.Builder _tests = ImmutableArray.CreateBuilder<ColumnTests>();
    private readonly List<string> _calls = [];

    /// <summary>Tests of columns, by the positions that the emitted code names.</summary>
    public ImmutableArray<ColumnTests> Tests => _tests.ToImmutable();

    public ImmutableArray<int> Planes => _plan.Planes;

    /// <summary>Single planes that the form needs.</summary>
    public int PlaneCount { get; private set; }

    /// <summary>Writes the methods, then <c>Classify</c>, which calls them.</summary>
    public void Emit()
    {
        var loops = new HashSet<int>(LoopedAtoms());
        EmitLoads(loops);
        var scratch = 0;
        for (var level = 0; level < schedule.Levels; level++)
        {
            EmitValues(level);
            EmitTests(level, loops);
            foreach (var node in loops.Order().Where(node => schedule.OfLogic(node) == level))
            {
                EmitAtomLoop(node);
            }

            foreach (var method in _plan.Methods.Where(method => method.Level == level))
            {
                var name = $"Logic{_calls.Count}";
                _calls.Add($"{name}(frame);");
                scratch = Math.Max(scratch, new LogicEmitter(module, _plan, writer).Emit($"private static void {name}(BatchFrame frame)", method));
            }
        }

        EmitConstantCategories();
        PlaneCount = (_plan.PlanePairs * 2) + scratch;
        MethodSplitter.EmitEntry(writer, MethodForm.Batch, "public override void Classify(BatchFrame frame)", _calls);
    }

    private IEnumerable<(int Node, IrAtom Atom)> NeededAtoms()
    {
        for (var node = 0; node < module.Logic.Length; node++)
        {
            if (_plan.IsNeeded(node) && module.Logic[node] is IrAtomNode atom)
            {
                yield return (node, module.Atoms[atom.Atom]);
            }
        }
    }

    /// <summary>Atoms that no kernel carries out.</summary>
    private IEnumerable<int> LoopedAtoms() =>
        NeededAtoms().Where(entry => Test(entry.Atom, 0) is null && !IsColumnComparison(entry.Atom)).Select(entry => entry.Node);

    /// <summary>Two columns of 64 bits whose numbers mean the same.</summary>
    private bool IsColumnComparison(IrAtom atom) =>
        atom is IrCompare { LeftFactor.IsOne: true, RightFactor.IsOne: true } compare
        && IsColumn(module.Values[compare.Left])
        && IsColumn(module.Values[compare.Right]);

    private static bool IsColumn(IrValue value) => value is not IrConstant && !value.Type.IsWide && value.Type.Kind != IrKind.Text;

    /// <summary>The test that carries an atom out, or null where none does.</summary>
    private ColumnTest? Test(IrAtom atom, int plane)
    {
        var value = module.Values[IrOperands.Of(atom)[0]];
        if (atom is IrCompare || value is IrConstant or IrTextConstant || value.Type.IsWide)
        {
            return null;
        }

        return atom switch
        {
            IrInSet test => new ColumnTest(ColumnTestKind.InSet, plane, tables.Set(test.Bounds), 0, test.IncludesNone),
            IrHsInSet test => new ColumnTest(ColumnTestKind.HsInSet, plane, tables.Set(test.Bounds.Items), 0, test.IncludesNone),
            IrHasAny test => new ColumnTest(ColumnTestKind.HasAny, plane, -1, test.Mask, test.IncludesNone),
            IrTextInSet test when value is IrFact =>
                new ColumnTest(ColumnTestKind.TextInSet, plane, tables.TextSet(test.Texts), 0, test.IncludesNone),
            IrMatches test when value is IrFact =>
                new ColumnTest(ColumnTestKind.Matches, plane, tables.Pattern(test.Pattern), 0, IncludesNone: false),
            _ => null,
        };
    }

    /// <summary>Facts that a loop reads become columns of 64-bit numbers.</summary>
    private void EmitLoads(HashSet<int> loops)
    {
        var read = new SortedSet<int>(NeededAtoms()
            .Where(entry => loops.Contains(entry.Node) || IsColumnComparison(entry.Atom))
            .SelectMany(entry => IrOperands.Of(entry.Atom)));
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
    }

    private void EmitValues(int level)
    {
        for (var value = 0; value < module.Values.Length; value++)
        {
            if (_plan.IsValueNeeded(value)
                && schedule.OfValue(value) == level
                && module.Values[value] is not (IrFact or IrConstant or IrTextConstant))
            {
                EmitValueLoop(value);
            }
        }
    }

    private void EmitTests(int level, HashSet<int> loops)
    {
        var groups = NeededAtoms()
            .Where(entry => schedule.OfLogic(entry.Node) == level && !loops.Contains(entry.Node) && !IsColumnComparison(entry.Atom))
            .GroupBy(entry => IrOperands.Of(entry.Atom)[0])
            .OrderBy(group => group.Key);
        foreach (var group in groups)
        {
            var fact = module.Values[group.Key] is IrFact { Fact: var index } ? index : -1;
            var tests = ImmutableArray.CreateBuilder<ColumnTest>();
            foreach (var (node, atom) in group)
            {
                if (Test(atom, _plan.PlaneOf(node)) is { } test)
                {
                    tests.Add(test);
                }
            }

            _calls.Add($"frame.Test({_tests.Count});");
            _tests.Add(new ColumnTests(fact, fact < 0 ? group.Key : -1, tests.ToImmutable()));
        }

        foreach (var (node, atom) in NeededAtoms().Where(entry => schedule.OfLogic(entry.Node) == level && IsColumnComparison(entry.Atom)))
        {
            var compare = (IrCompare)atom;
            _calls.Add($"frame.Compare(Comparison.{AtomEmitter.Name(compare.Comparison)}, {compare.Left}, {compare.Right}, {_plan.PlaneOf(node)});");
        }
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

    private void EmitAtomLoop(int node)
    {
        var atom = module.Atoms[((IrAtomNode)module.Logic[node]).Atom];
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
        foreach (var node in module.Categories.Select(category => category.Node).Distinct())
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
