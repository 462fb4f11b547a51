using System.Diagnostics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>
/// The form for single records: every value, logic node and outcome is computed and kept, in methods of bounded size.
/// Explanations and missing facts read what it keeps.
/// </summary>
internal sealed class ScalarEmitter
{
    /// <summary>Operands that stand in one statement: more would make a tree too deep for C#'s own compiler.</summary>
    private const int OperandsPerStatement = 8;

    private readonly IrModule _module;
    private readonly EmitSchedule _schedule;
    private readonly ValueEmitter _values;
    private readonly AtomEmitter _atoms;
    private readonly MethodSplitter _methods;
    private readonly RecordNames _names;

    public ScalarEmitter(IrModule module, EmitSchedule schedule, TableBuilder tables, CSharpWriter writer)
    {
        _module = module;
        _schedule = schedule;
        _values = new ValueEmitter(module, tables);
        _atoms = new AtomEmitter(module, tables);
        _names = new RecordNames(module);
        _methods = new MethodSplitter(
            writer,
            MethodForm.Record,
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

    /// <summary>Writes the methods, then <c>Evaluate</c>, which calls them.</summary>
    public void Emit()
    {
        for (var level = 0; level < _schedule.Levels; level++)
        {
            EmitLevel(level);
        }

        _methods.EmitEntry("public override void Evaluate(scoped in EvaluationFrame frame)");
    }

    private void EmitLevel(int level)
    {
        for (var value = 0; value < _module.Values.Length; value++)
        {
            if (_schedule.OfValue(value) == level)
            {
                EmitValue(value);
            }
        }

        var norms = NormsByLastNode(level);
        for (var node = 0; node < _module.Logic.Length; node++)
        {
            if (_schedule.OfLogic(node) == level)
            {
                EmitNode(node);
            }

            foreach (var norm in norms[node])
            {
                EmitOutcome(norm);
            }
        }
    }

    /// <summary>The norms whose outcome can be computed on a level, by the last node that it needs.</summary>
    private ILookup<int, int> NormsByLastNode(int level) => _module.Norms
        .Where(norm => _schedule.OfNorm(norm) == level)
        .ToLookup(norm => EmitSchedule.OfNormNodes(norm).Max(), norm => norm.Index);

    private void EmitValue(int value)
    {
        var writer = _methods.Statement();
        if (_module.Values[value] is IrFact fact)
        {
            writer.Line($"v[{value}] = facts[{fact.Fact}];");
        }
        else
        {
            _values.Emit(writer, value, _names);
        }
    }

    private void EmitNode(int node)
    {
        var writer = _methods.Statement();
        var target = _names.Truth(node);
        switch (_module.Logic[node])
        {
            case IrTruth truth:
                writer.Line($"{target} = Truth.{(truth.IsTrue ? "True" : "False")};");
                break;
            case IrAtomNode atom:
                writer.Line($"{target} = {_atoms.Expression(_module.Atoms[atom.Atom], _names)};");
                break;
            case IrAnd and:
                EmitJoined(writer, $"{target} = ", $"{target} &= ", " & ", and.Operands.Items.Select(_names.Truth));
                break;
            case IrOr or:
                EmitJoined(writer, $"{target} = ", $"{target} |= ", " | ", or.Operands.Items.Select(_names.Truth));
                break;
            case IrNot not:
                writer.Line($"{target} = Kleene.Not({_names.Truth(not.Operand)});");
                break;
            case IrIfThenElse condition:
                writer.Line($"{target} = Kleene.IfThenElse({_names.Truth(condition.Guard)}, {_names.Truth(condition.Then)}, {_names.Truth(condition.Else)});");
                break;
            case IrAtLeast atLeast:
                writer.OpenBlock();
                EmitJoined(writer, "var tally = ", "tally += ", " + ", atLeast.Operands.Items.Select(operand => $"Kleene.Tally({_names.Truth(operand)})"));
                writer.Line($"{target} = Kleene.AtLeast({atLeast.Count}, tally);");
                writer.Close();
                break;
            case IrStatus status:
                writer.Line($"{target} = Kleene.Among(o[{status.Norm}], {(byte)status.Statuses});");
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void EmitOutcome(int norm)
    {
        var schema = _module.Norms[norm];
        if (schema.Deadline is { } deadline)
        {
            var met = schema.Fulfilled < 0 ? "Truth.False" : _names.Truth(schema.Fulfilled);
            _methods.Statement().Line($"o[{norm}] = Kleene.DeadlineOutcome({_names.Truth(schema.Applies)}, {met}, {_names.Truth(deadline.Overdue)}, {_names.Truth(deadline.Soon)});");
            return;
        }

        var operands = string.Join(", ", EmitSchedule.OfNormNodes(schema).Select(_names.Truth));
        var operation = schema is { Kind: NormKind.Option, Fulfilled: >= 0 } ? "OptionOutcome" : "Outcome";
        _methods.Statement().Line($"o[{norm}] = Kleene.{operation}({operands});");
    }

    private static void EmitJoined(CSharpWriter writer, string first, string next, string separator, IEnumerable<string> operands)
    {
        var start = first;
        foreach (var chunk in operands.Chunk(OperandsPerStatement))
        {
            writer.Line($"{start}{string.Join(separator, chunk)};");
            start = next;
        }
    }

    private sealed class RecordNames(IrModule module) : OperandNames(module)
    {
        private readonly IrModule _module = module;

        public override string Texts => "texts";

        public override string Tables => "tables";

        public override string Value(int value) => _module.Values[value].Type.IsWide ? $"w[{value}]" : $"v[{value}]";

        public override string Truth(int node) => $"n[{node}]";
    }
}
