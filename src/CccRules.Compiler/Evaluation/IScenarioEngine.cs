using System.Collections.Immutable;
using CccRules.Compiler.Binding;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Programs;

namespace CccRules.Compiler.Evaluation;

/// <summary>Something that evaluates rules, so that scenarios can be run through each engine.</summary>
internal interface IScenarioEngine
{
    /// <summary>Evaluates one record. Scenarios known on the same day come with the same ruleset instance.</summary>
    /// <param name="ruleset">The rules to go by, already without what was not known.</param>
    IScenarioAnswers Evaluate(BoundRuleset ruleset, ReferenceRecord record);
}

/// <summary>What an engine says about one record. Only asked about norms and categories that the ruleset declares.</summary>
internal interface IScenarioAnswers
{
    /// <summary>The possible statuses.</summary>
    Outcome OutcomeOf(NormSymbol norm);

    /// <summary>The facts that the norm's outcome hangs on.</summary>
    ImmutableHashSet<MissingFact> MissingOf(NormSymbol norm);

    /// <summary>The day from which the norm applies; null: none.</summary>
    long? AppliesFrom(NormSymbol norm);

    /// <summary>The earliest and the latest date that a deadline can be due, as <see cref="Fact"/> says.</summary>
    (long Earliest, long Latest) DueOf(NormSymbol deadline);

    Truth TruthOf(CategorySymbol category);

    /// <summary>The facts that the category hangs on.</summary>
    ImmutableHashSet<MissingFact> MissingOf(CategorySymbol category);
}
