using System.Diagnostics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>Statements that compute one value, one logic node or one outcome of a record.</summary>
internal sealed class RecordStatements(IrModule module, TableBuilder tables, OperandNames names)
{
    /// <summary>Operands that stand in one statement: more would make a tree too deep for C#'s own compiler.</summary>
    private const int OperandsPerStatement = 8;

    private readonly ValueEmitter _values = new(module, tables);
    private readonly AtomEmitter _atoms = new(module, tables);

    public void Value(CSharpWriter writer, int value)
    {
        if (module.Values[value] is IrFact fact)
        {
            writer.Line($"{names.Value(value)} = facts[{fact.Fact}];");
        }
        else
        {
            _values.Emit(writer, value, names);
        }
    }

    public void Node(CSharpWriter writer, int node)
    {
        var target = names.Truth(node);
        switch (module.Logic[node])
        {
            case IrTruth truth:
                writer.Line($"{target} = Truth.{(truth.IsTrue ? "True" : "False")};");
                break;
            case IrAtomNode atom:
                writer.Line($"{target} = {_atoms.Expression(module.Atoms[atom.Atom], names)};");
                break;
            case IrAnd and:
                Joined(writer, $"{target} = ", $"{target} &= ", " & ", and.Operands.Items.Select(names.Truth));
                break;
            case IrOr or:
                Joined(writer, $"{target} = ", $"{target} |= ", " | ", or.Operands.Items.Select(names.Truth));
                break;
            case IrNot not:
                writer.Line($"{target} = Kleene.Not({names.Truth(not.Operand)});");
                break;
            case IrIfThenElse condition:
                writer.Line($"{target} = Kleene.IfThenElse({names.Truth(condition.Guard)}, {names.Truth(condition.Then)}, {names.Truth(condition.Else)});");
                break;
            case IrAtLeast atLeast:
                writer.OpenBlock();
                Joined(writer, "var tally = ", "tally += ", " + ", atLeast.Operands.Items.Select(operand => $"Kleene.Tally({names.Truth(operand)})"));
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

    public void Outcome(CSharpWriter writer, int norm)
    {
        var schema = module.Norms[norm];
        if (schema.Deadline is { } deadline)
        {
            var met = schema.Fulfilled < 0 ? "Truth.False" : names.Truth(schema.Fulfilled);
            writer.Line($"o[{norm}] = Kleene.DeadlineOutcome({names.Truth(schema.Applies)}, {met}, {names.Truth(deadline.Overdue)}, {names.Truth(deadline.Soon)});");
            return;
        }

        var operands = string.Join(", ", EmitSchedule.OfNormNodes(schema).Select(names.Truth));
        var operation = schema is { Kind: NormKind.Option, Fulfilled: >= 0 } ? "OptionOutcome" : "Outcome";
        writer.Line($"o[{norm}] = Kleene.{operation}({operands});");
    }

    private static void Joined(CSharpWriter writer, string first, string next, string separator, IEnumerable<string> operands)
    {
        var start = first;
        foreach (var chunk in operands.Chunk(OperandsPerStatement))
        {
            writer.Line($"{start}{string.Join(separator, chunk)};");
            start = next;
        }
    }
}
