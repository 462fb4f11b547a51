using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Evaluation;

/// <summary>A fact that an open answer still hangs on: a field, a question, or (no symbol) the evaluation date.</summary>
internal readonly record struct MissingFact(Symbol? Symbol)
{
    public static MissingFact EvaluationDate => default;

    /// <summary>As an analyst calls it.</summary>
    public override string ToString() => Symbol is null ? "the evaluation date" : $"`{Symbol.Name}`";
}
