using System.Collections.Immutable;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>Logic nodes and outcomes of a record as the numbers of <see cref="RecordStep"/>, in place of statements.</summary>
internal sealed class StepEncoder(IrModule module, TableBuilder tables)
{
    private readonly ImmutableArray<int>.Builder _steps = ImmutableArray.CreateBuilder<int>();

    /// <summary>Adds a node; false where there is no step that does what it does.</summary>
    public bool TryNode(int node)
    {
        switch (module.Logic[node])
        {
            case IrTruth truth:
                Add(truth.IsTrue ? RecordStep.True : RecordStep.False, node);
                break;
            case IrAtomNode atom:
                return TryAtom(node, module.Atoms[atom.Atom]);
            case IrAnd and:
                AddJoined(RecordStep.And, node, and.Operands.Items);
                break;
            case IrOr or:
                AddJoined(RecordStep.Or, node, or.Operands.Items);
                break;
            case IrNot not:
                Add(RecordStep.Not, node, not.Operand);
                break;
            case IrIfThenElse condition:
                Add(RecordStep.IfThenElse, node, condition.Guard, condition.Then, condition.Else);
                break;
            case IrAtLeast atLeast:
                Add(RecordStep.AtLeast, node, atLeast.Count, atLeast.Operands.Items.Length);
                _steps.AddRange(atLeast.Operands.Items);
                break;
            case IrStatus status:
                Add(RecordStep.Among, node, status.Norm, (byte)status.Statuses);
                break;
            default:
                return false;
        }

        return true;
    }

    public void Outcome(int norm)
    {
        var schema = module.Norms[norm];
        var kind = schema switch
        {
            { Deadline: not null, Fulfilled: < 0 } => RecordStep.DeadlineOutcome,
            { Deadline: not null } => RecordStep.DeadlineOutcomeMet,
            { Fulfilled: < 0 } => RecordStep.Outcome,
            { Kind: NormKind.Option } => RecordStep.OptionOutcome,
            _ => RecordStep.OutcomeFulfilled,
        };
        Add(kind, norm);
        _steps.AddRange(EmitSchedule.OfNormNodes(schema));
    }

    /// <summary>Puts what was added into the tables; the result is its position there, -1 where there is nothing.</summary>
    public int Close()
    {
        if (_steps.Count == 0)
        {
            return -1;
        }

        var position = tables.RecordSteps(_steps.ToImmutable());
        _steps.Clear();
        return position;
    }

    private bool TryAtom(int node, IrAtom atom)
    {
        if (IrOperands.Of(atom).Any(value => module.Values[value].Type.IsWide))
        {
            return false;
        }

        switch (atom)
        {
            case IrInSet test:
                Add(RecordStep.InSet, node, test.Value, tables.Set(test.Bounds), Number(test.IncludesNone));
                return true;
            case IrHsInSet test:
                Add(RecordStep.HsInSet, node, test.Value, tables.Set(test.Bounds.Items), Number(test.IncludesNone));
                return true;
            case IrHasAny test:
                Add(RecordStep.HasAny, node, test.Value, (int)(test.Mask >> 32), unchecked((int)test.Mask), Number(test.IncludesNone));
                return true;
            case IrTextInSet test:
                Add(RecordStep.TextInSet, node, test.Value, tables.TextSet(test.Texts), Number(test.IncludesNone));
                return true;
            case IrMatches test:
                Add(RecordStep.Matches, node, test.Value, tables.Pattern(test.Pattern));
                return true;
            case IrCompare { LeftFactor.IsOne: true, RightFactor.IsOne: true } compare when module.Values[compare.Left].Type.Kind != IrKind.Text:
                Add(KindOf(compare.Comparison), node, compare.Left, compare.Right);
                return true;
            default:
                return false;
        }
    }

    private static RecordStep KindOf(IrComparison comparison) => comparison switch
    {
        IrComparison.Equal => RecordStep.Equal,
        IrComparison.NotEqual => RecordStep.NotEqual,
        IrComparison.Less => RecordStep.Less,
        _ => RecordStep.LessOrEqual,
    };

    private void AddJoined(RecordStep kind, int node, ImmutableArray<int> operands)
    {
        Add(kind, node, operands.Length);
        _steps.AddRange(operands);
    }

    private void Add(RecordStep kind, params ReadOnlySpan<int> numbers)
    {
        _steps.Add((int)kind);
        _steps.AddRange(numbers);
    }

    private static int Number(bool value) => value ? 1 : 0;
}
