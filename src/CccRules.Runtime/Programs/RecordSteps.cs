using System.Diagnostics;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Operations;

namespace CccRules.Runtime.Programs;

/// <summary>
/// Carries out the steps of a large ruleset's records: what emitted code would do by the same operations, as data. Ten thousand rules as code take seconds
/// to compile, and are so long that the processor waits for the code itself.
/// </summary>
internal static class RecordSteps
{
    public static void Run(ReadOnlySpan<int> steps, scoped in EvaluationFrame frame)
    {
        var nodes = frame.Nodes;
        var values = frame.Values;
        var outcomes = frame.Outcomes;
        while (!steps.IsEmpty)
        {
            var target = steps[1];
            switch ((RecordStep)steps[0])
            {
                case RecordStep.And:
                    var all = Truth.True;
                    foreach (var operand in steps.Slice(3, steps[2]))
                    {
                        all &= nodes[operand];
                    }

                    nodes[target] = all;
                    steps = steps[(3 + steps[2])..];
                    break;
                case RecordStep.Or:
                    var any = Truth.False;
                    foreach (var operand in steps.Slice(3, steps[2]))
                    {
                        any |= nodes[operand];
                    }

                    nodes[target] = any;
                    steps = steps[(3 + steps[2])..];
                    break;
                case RecordStep.Outcome:
                    outcomes[target] = Kleene.Outcome(nodes[steps[2]], nodes[steps[3]], nodes[steps[4]]);
                    steps = steps[5..];
                    break;
                case RecordStep.OutcomeFulfilled:
                    outcomes[target] = Kleene.Outcome(nodes[steps[2]], nodes[steps[3]], nodes[steps[4]], nodes[steps[5]]);
                    steps = steps[6..];
                    break;
                case RecordStep.HsInSet:
                    nodes[target] = AtomOperations.HsInSet(values[steps[2]], frame.Tables, steps[3], steps[4] != 0);
                    steps = steps[5..];
                    break;
                case RecordStep.InSet:
                    nodes[target] = AtomOperations.InSet(values[steps[2]], frame.Tables, steps[3], steps[4] != 0);
                    steps = steps[5..];
                    break;
                case RecordStep.Not:
                    nodes[target] = Kleene.Not(nodes[steps[2]]);
                    steps = steps[3..];
                    break;
                default:
                    steps = RunSeldom(steps, target, in frame);
                    break;
            }
        }
    }

    /// <summary>Steps that few rules take, out of the way of the others.</summary>
    private static ReadOnlySpan<int> RunSeldom(ReadOnlySpan<int> steps, int target, scoped in EvaluationFrame frame)
    {
        var nodes = frame.Nodes;
        var values = frame.Values;
        var outcomes = frame.Outcomes;
        switch ((RecordStep)steps[0])
        {
            case RecordStep.False:
                nodes[target] = Truth.False;
                return steps[2..];
            case RecordStep.True:
                nodes[target] = Truth.True;
                return steps[2..];
            case RecordStep.HasAny:
                nodes[target] = AtomOperations.HasAny(values[steps[2]], ((long)steps[3] << 32) | (uint)steps[4], steps[5] != 0);
                return steps[6..];
            case RecordStep.TextInSet:
                nodes[target] = AtomOperations.TextInSet(values[steps[2]], frame.Texts, frame.Tables, steps[3], steps[4] != 0);
                return steps[5..];
            case RecordStep.Matches:
                nodes[target] = AtomOperations.Matches(values[steps[2]], frame.Texts, frame.Tables, steps[3]);
                return steps[4..];
            case RecordStep.Equal:
                nodes[target] = AtomOperations.Equal(values[steps[2]], values[steps[3]]);
                return steps[4..];
            case RecordStep.NotEqual:
                nodes[target] = AtomOperations.NotEqual(values[steps[2]], values[steps[3]]);
                return steps[4..];
            case RecordStep.Less:
                nodes[target] = AtomOperations.Less(values[steps[2]], values[steps[3]]);
                return steps[4..];
            case RecordStep.LessOrEqual:
                nodes[target] = AtomOperations.LessOrEqual(values[steps[2]], values[steps[3]]);
                return steps[4..];
            case RecordStep.IfThenElse:
                nodes[target] = Kleene.IfThenElse(nodes[steps[2]], nodes[steps[3]], nodes[steps[4]]);
                return steps[5..];
            case RecordStep.AtLeast:
                var tally = 0L;
                foreach (var operand in steps.Slice(4, steps[3]))
                {
                    tally += Kleene.Tally(nodes[operand]);
                }

                nodes[target] = Kleene.AtLeast(steps[2], tally);
                return steps[(4 + steps[3])..];
            case RecordStep.Among:
                nodes[target] = Kleene.Among(outcomes[steps[2]], (byte)steps[3]);
                return steps[4..];
            case RecordStep.OptionOutcome:
                outcomes[target] = Kleene.OptionOutcome(nodes[steps[2]], nodes[steps[3]], nodes[steps[4]], nodes[steps[5]]);
                return steps[6..];
            case RecordStep.DeadlineOutcome:
                outcomes[target] = Kleene.DeadlineOutcome(nodes[steps[2]], Truth.False, nodes[steps[3]], nodes[steps[4]]);
                return steps[5..];
            case RecordStep.DeadlineOutcomeMet:
                outcomes[target] = Kleene.DeadlineOutcome(nodes[steps[2]], nodes[steps[3]], nodes[steps[4]], nodes[steps[5]]);
                return steps[6..];
            default:
                throw new UnreachableException();
        }
    }
}
