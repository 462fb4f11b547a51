using System.Diagnostics;
using CccRules.Compiler.Ir;
using CccRules.Runtime.Schema;

namespace CccRules.Compiler.Emit;

/// <summary>The module's conditions as the data from which a running ruleset says what an open answer hangs on.</summary>
internal static class GraphBuilder
{
    public static RuleGraph Build(IrModule module) => new(
        [.. module.Logic.Select(node => Node(node, module))],
        [.. module.Values.Select(Node)]);

    private static LogicNode Node(IrLogic node, IrModule module) => node switch
    {
        IrTruth => new(LogicKind.Constant, [], []),
        IrAtomNode atom => new(LogicKind.Atom, [], IrOperands.Of(module.Atoms[atom.Atom])),
        IrAnd => new(LogicKind.And, IrOperands.Of(node), []),
        IrOr => new(LogicKind.Or, IrOperands.Of(node), []),
        IrNot => new(LogicKind.Not, IrOperands.Of(node), []),
        IrIfThenElse => new(LogicKind.IfThenElse, IrOperands.Of(node), []),
        IrAtLeast => new(LogicKind.AtLeast, IrOperands.Of(node), []),
        IrStatus status => new(LogicKind.Status, [], [], status.Norm),
        _ => throw new UnreachableException(),
    };

    private static ValueNode Node(IrValue value) => new(
        value is IrFact fact ? fact.Fact : -1,
        IrOperands.Of(value),
        IrOperands.GuardOf(value),
        value.Type.IsWide)
    {
        IsLastResort = value is IrAddWorkingDays,
        Lookup = value is IrLookup lookup ? lookup.Table : -1,
        Output = value is IrLookup { Output: var output } ? output : 0,
    };
}
