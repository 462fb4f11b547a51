using CccRules.Runtime.Programs;

namespace CccRules.Compiler.Ir;

/// <summary>
/// Kleene's strong three-valued logic over atoms. Operands are positions in <see cref="IrModule.Logic"/>, all smaller than
/// the node's own. No rewriting that is wrong for open operands is ever done: <c>x or not x</c> stays.
/// </summary>
internal abstract record IrLogic;

/// <summary>A constant: true or false.</summary>
internal sealed record IrTruth(bool IsTrue) : IrLogic;

/// <summary>The answer of an atom, a position in <see cref="IrModule.Atoms"/>.</summary>
internal sealed record IrAtomNode(int Atom) : IrLogic;

/// <summary>All operands; two or more.</summary>
internal sealed record IrAnd(IrList<int> Operands) : IrLogic;

/// <summary>Any operand; two or more.</summary>
internal sealed record IrOr(IrList<int> Operands) : IrLogic;

internal sealed record IrNot(int Operand) : IrLogic;

/// <summary>
/// A guarded condition: can be true where (guard can be true and then can be true) or (guard can be false and else can be
/// true); likewise false. With an open guard and equal certain branches it is certain, which <c>or</c> of <c>and</c>s is not.
/// </summary>
internal sealed record IrIfThenElse(int Guard, int Then, int Else) : IrLogic;

/// <summary>At least <paramref name="Count"/> of the operands (which may repeat).</summary>
internal sealed record IrAtLeast(int Count, IrList<int> Operands) : IrLogic;

/// <summary>
/// A norm's outcome lies among some statuses: possible where the outcome set meets <paramref name="Statuses"/>, certain where
/// it lies inside. The norm's own nodes are smaller than this node.
/// </summary>
internal sealed record IrStatus(int Norm, Outcome Statuses) : IrLogic;
