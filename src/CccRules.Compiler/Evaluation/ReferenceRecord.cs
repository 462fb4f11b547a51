using System.Collections.Immutable;
using CccRules.Compiler.Symbols;

namespace CccRules.Compiler.Evaluation;

/// <summary>What is known about one record. What is not in it is missing; <see cref="NoneConstant"/> is known not to be there.</summary>
internal sealed record ReferenceRecord
{
    public static ReferenceRecord Empty { get; } = new();

    /// <summary>Values in the unit of the field's type.</summary>
    public ImmutableDictionary<FieldSymbol, ConstantValue> Fields { get; init; } = ImmutableDictionary<FieldSymbol, ConstantValue>.Empty;

    public ImmutableDictionary<QuestionSymbol, bool> Answers { get; init; } = ImmutableDictionary<QuestionSymbol, bool>.Empty;

    /// <summary>The entries of each list that is known, each by its fields.</summary>
    public ImmutableDictionary<FieldSymbol, ImmutableArray<ImmutableDictionary<FieldSymbol, ConstantValue>>> Lists { get; init; } =
        ImmutableDictionary<FieldSymbol, ImmutableArray<ImmutableDictionary<FieldSymbol, ConstantValue>>>.Empty;

    /// <summary>Days since 0001-01-01; null: not known.</summary>
    public long? EvaluationDay { get; init; }
}
