using CccRules.Compiler.Ir;

namespace CccRules.Compiler.Emit;

/// <summary>
/// The form for single records: every value, logic node and outcome is computed and kept, in methods of bounded size.
/// Explanations and missing facts read what it keeps.
/// </summary>
internal sealed class ScalarEmitter
{
    private readonly IrModule _module;
    private readonly EmitSchedule _schedule;
    private readonly MethodSplitter _methods;
    private readonly RecordStatements _statements;
    private readonly StepEncoder? _steps;
    private BatchPlan? _rest;

    public ScalarEmitter(IrModule module, EmitSchedule schedule, TableBuilder tables, MethodForm form, RecordForm logic, CSharpWriter writer)
    {
        _module = module;
        _schedule = schedule;
        _steps = logic == RecordForm.Steps ? new StepEncoder(module, tables) : null;
        _statements = new RecordStatements(module, tables, new RecordNames(module));
        _methods = new MethodSplitter(
            writer,
            form,
            [
                "var facts = frame.Facts;",
                "var texts = frame.Texts;",
                "var tables = frame.Tables;",
                "var v = frame.Values;",
                "var w = frame.WideValues;",
                "var n = frame.Nodes;",
                "var o = frame.Outcomes;",
            ]);
    }

    /// <summary>Writes the methods, then the one that calls them.</summary>
    /// <param name="entry">Its name.</param>
    /// <param name="rest">What is needed; null for everything.</param>
    public void Emit(string entry, BatchPlan? rest)
    {
        _rest = rest;
        for (var level = 0; level < _schedule.Levels; level++)
        {
            EmitLevel(level);
        }

        RunSteps();
        _methods.EmitEntry($"public override void {entry}(scoped in EvaluationFrame frame)");
    }

    private void EmitLevel(int level)
    {
        for (var value = 0; value < _module.Values.Length; value++)
        {
            if (_schedule.OfValue(value) == level && _rest?.IsValueNeeded(value) != false)
            {
                _statements.Value(Statement(), value);
            }
        }

        var norms = NormsByLastNode(level);
        for (var node = 0; node < _module.Logic.Length; node++)
        {
            if (_schedule.OfLogic(node) == level && _rest?.IsNodeNeeded(node) != false && _steps?.TryNode(node) != true)
            {
                _statements.Node(Statement(), node);
            }

            foreach (var norm in norms[node])
            {
                EmitOutcome(norm);
            }
        }
    }

    private void EmitOutcome(int norm)
    {
        if (_steps is null)
        {
            _statements.Outcome(Statement(), norm);
        }
        else
        {
            _steps.Outcome(norm);
        }
    }

    /// <summary>Room for a statement, after all steps that were added before it.</summary>
    private CSharpWriter Statement()
    {
        RunSteps();
        return _methods.Statement();
    }

    private void RunSteps()
    {
        if (_steps?.Close() is >= 0 and var part)
        {
            _methods.Statement().Line($"frame.Run({CSharpWriter.Int(part)});");
        }
    }

    /// <summary>The norms whose outcome can be computed on a level, by the last node that it needs.</summary>
    private ILookup<int, int> NormsByLastNode(int level) => _module.Norms
        .Where(norm => _schedule.OfNorm(norm) == level && _rest?.IsNormNeeded(norm.Index) != false)
        .ToLookup(norm => EmitSchedule.OfNormNodes(norm).Max(), norm => norm.Index);

    private sealed class RecordNames(IrModule module) : OperandNames(module)
    {
        private readonly IrModule _module = module;

        public override string Texts => "texts";

        public override string Tables => "tables";

        public override string Value(int value) => _module.Values[value].Type.IsWide ? $"w[{value}]" : $"v[{value}]";

        public override string Truth(int node) => $"n[{node}]";
    }
}
