using System.Collections.Immutable;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Facts;

namespace CccRules.Compiler.Emit;

/// <summary>
/// The form for single norms of a record: a method for each, with all that its outcome hangs on and nothing else, in locals. The record's HS code
/// settles most norms of a large ruleset before anything else is looked at; the others are computed by these methods.
/// </summary>
/// <remarks>
/// What norms share is written once for each, so this form is left out where it would be long, and where no norm hangs on an HS code of the record.
/// </remarks>
internal sealed class NormEmitter
{
    /// <summary>Statements of all methods together: more would cost more to compile than they save.</summary>
    private const int MostStatements = 20_000;

    /// <summary>Statements of one method: the just-in-time compiler gives up on optimising huge ones.</summary>
    private const int MostOfOne = 600;

    private readonly IrModule _module;
    private readonly EmitSchedule _schedule;
    private readonly RecordStatements _statements;
    private readonly LocalNames _names;

    public NormEmitter(IrModule module, EmitSchedule schedule, TableBuilder tables)
    {
        _module = module;
        _schedule = schedule;
        _names = new LocalNames(module);
        _statements = new RecordStatements(module, tables, _names);
        GateFact = FindGate(module);
        GateCuts = GateFact < 0 ? [] : Cuts(module, GateFact);
    }

    /// <summary>The HS code that settles norms; -1 where no norm hangs on one.</summary>
    public int GateFact { get; }

    /// <summary>Codes of 13 digits at which some test of the gate's fact changes its answer, ascending.</summary>
    public ImmutableArray<long> GateCuts { get; }

    /// <summary>The form was not left out; known when it was emitted.</summary>
    public bool HasForm { get; private set; }

    public void Emit(CSharpWriter writer)
    {
        // A single norm is the whole of its ruleset.
        if (GateFact < 0 || _module.Norms.Length < 2 || Cones() is not { } cones)
        {
            return;
        }

        HasForm = true;
        for (var norm = 0; norm < cones.Count; norm++)
        {
            Emit(writer, norm, cones[norm]);
        }

        writer.Open("public override void EvaluateNorm(scoped in EvaluationFrame frame, int norm)");
        writer.Open("switch (norm)");
        for (var norm = 0; norm < cones.Count; norm++)
        {
            writer.Line($"case {norm}: Norm{norm}(in frame); break;");
        }

        writer.Close();
        writer.Close();
        writer.Line();
    }

    /// <summary>By norm its cone; null as soon as they are too much.</summary>
    private List<NormCone>? Cones()
    {
        var cones = new List<NormCone>();
        var statements = 0;
        foreach (var norm in _module.Norms)
        {
            var cone = NormCone.Of(_module, norm.Index);
            statements += cone.Size;
            if (cone.Size > MostOfOne || statements > MostStatements)
            {
                return null;
            }

            cones.Add(cone);
        }

        return cones;
    }

    /*  qr_mark: applies n3 = hs_code under 8507.60 and portable, in force n4

            private static void Norm0(in EvaluationFrame frame)
            {
                var facts = frame.Facts; ...
                long v0, v1; Truth n1, n2, n3, n4;
                v0 = facts[0];
                v1 = facts[1];
                n1 = AtomOperations.HsInSet(v0, tables, 0, false);
                n2 = AtomOperations.InRange(v1, 1L, 1L, false);
                n3 = n1 & n2;
                n4 = Truth.True;
                o[0] = Kleene.Outcome(n3, ..., n4);
            }    */
    private void Emit(CSharpWriter writer, int norm, NormCone cone)
    {
        writer.Open($"private static void Norm{norm}(in EvaluationFrame frame)");
        writer.Line("var facts = frame.Facts;");
        writer.Line("var texts = frame.Texts;");
        writer.Line("var tables = frame.Tables;");
        writer.Line("var o = frame.Outcomes;");
        foreach (var value in cone.Values)
        {
            writer.Line($"{(_module.Values[value].Type.IsWide ? "Int128" : "long")} {_names.Value(value)};");
        }

        foreach (var node in cone.Logic)
        {
            writer.Line($"Truth {_names.Truth(node)};");
        }

        for (var level = 0; level < _schedule.Levels; level++)
        {
            EmitLevel(writer, cone, level);
        }

        writer.Close();
        writer.Line();
    }

    private void EmitLevel(CSharpWriter writer, NormCone cone, int level)
    {
        foreach (var value in cone.Values.Where(value => _schedule.OfValue(value) == level))
        {
            _statements.Value(writer, value);
        }

        var norms = cone.Norms.Where(norm => _schedule.OfNorm(_module.Norms[norm]) == level)
            .ToLookup(norm => EmitSchedule.OfNormNodes(_module.Norms[norm]).Max());
        foreach (var node in cone.Logic)
        {
            if (_schedule.OfLogic(node) == level)
            {
                _statements.Node(writer, node);
            }

            foreach (var norm in norms[node])
            {
                _statements.Outcome(writer, norm);
            }
        }
    }

    /// <summary>The HS code that most norms ask about, of those that are told by their own tests alone.</summary>
    private static int FindGate(IrModule module)
    {
        var tested = module.Atoms.OfType<IrHsInSet>()
            .Select(test => module.Values[test.Value] is IrFact fact ? fact.Fact : -1)
            .Where(fact => fact >= 0 && module.Facts[fact].Kind == FactKind.HsCode)
            .CountBy(fact => fact)
            .Where(count => IsToldByTests(module, count.Key))
            .OrderByDescending(count => count.Value)
            .ThenBy(count => count.Key)
            .ToList();
        return tested.Count > 0 ? tested[0].Key : -1;
    }

    /// <summary>
    /// Whether two codes between which no test of the fact can tell are the same to the rules. Not so where the code is chosen between others, or is
    /// compared with anything but another fact, which is missing while the gate asks.
    /// </summary>
    private static bool IsToldByTests(IrModule module, int fact) =>
        !module.Values.OfType<IrSelect>().Any(select => IsFact(module, select.Then, fact) || IsFact(module, select.Else, fact))
        && !module.Atoms.OfType<IrCompare>().Any(compare =>
            (IsFact(module, compare.Left, fact) && !IsOtherFact(module, compare.Right, fact))
            || (IsFact(module, compare.Right, fact) && !IsOtherFact(module, compare.Left, fact)));

    private static bool IsOtherFact(IrModule module, int value, int fact) => module.Values[value] is IrFact other && other.Fact != fact;

    private static ImmutableArray<long> Cuts(IrModule module, int fact)
    {
        var cuts = new SortedSet<long>();
        foreach (var test in module.Atoms.OfType<IrHsInSet>().Where(test => IsFact(module, test.Value, fact)))
        {
            Add(test.Bounds.Items);
        }

        foreach (var lookup in module.Values.OfType<IrLookup>().DistinctBy(lookup => (lookup.Table, lookup.Inputs)))
        {
            foreach (var input in Enumerable.Range(0, lookup.Inputs.Items.Length).Where(input => IsFact(module, lookup.Inputs.Items[input], fact)))
            {
                foreach (var cell in module.Tables[lookup.Table].Rows.Select(row => row.Cells[input]).OfType<IrIntervalCell>())
                {
                    Add(cell.Bounds);
                }
            }
        }

        return [.. cuts];

        void Add(ImmutableArray<long> bounds)
        {
            for (var i = 0; i < bounds.Length; i += 2)
            {
                cuts.Add(bounds[i]);
                cuts.Add(bounds[i + 1] + 1);
            }
        }
    }

    private static bool IsFact(IrModule module, int value, int fact) => module.Values[value] is IrFact known && known.Fact == fact;

    private sealed class LocalNames(IrModule module) : OperandNames(module)
    {
        private readonly IrModule _module = module;

        public override string Texts => "texts";

        public override string Tables => "tables";

        public override string Value(int value) => _module.Values[value].Type.IsWide ? $"w{value}" : $"v{value}";

        public override string Truth(int node) => $"n{node}";
    }
}
