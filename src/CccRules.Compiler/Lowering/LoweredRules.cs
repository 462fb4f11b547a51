using CccRules.Compiler.Binding;
using CccRules.Compiler.Ir;

namespace CccRules.Compiler.Lowering;

/// <summary>Intermediate code, and where its nodes come from.</summary>
/// <param name="Nodes">The logic node of each condition, by the condition itself.</param>
/// <param name="Windows">The logic node of each window on a day; the day is a value.</param>
internal sealed record LoweredRules(
    IrModule Module,
    IReadOnlyDictionary<BoundExpression, int> Nodes,
    IReadOnlyDictionary<(BoundWindow Window, int Day), int> Windows);
