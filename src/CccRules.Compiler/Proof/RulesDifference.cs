using System.Collections.Immutable;
using CccRules.Compiler.Symbols;
using CccRules.Runtime.Programs;

namespace CccRules.Compiler.Proof;

/// <summary>What a change of an outcome is for those whom it concerns.</summary>
internal enum ChangeDirection : byte
{
    /// <summary>More is demanded, or less is allowed.</summary>
    Stricter,
    MoreLenient,
    Different,
}

/// <summary>Records whose outcome changes from one status to another.</summary>
/// <param name="Old">Null: the old rules do not have the norm.</param>
/// <param name="New">Null: the new rules do not have the norm.</param>
/// <param name="Scenario">The smallest such record, with what the new rules make of it; null where none was shown.</param>
/// <param name="OldScenario">The same record with what the old rules make of it.</param>
/// <param name="Reason">Why nothing was shown; null where a record was.</param>
internal sealed record OutcomeChange(
    string Norm,
    Runtime.Schema.NormKind Kind,
    Outcome? Old,
    Outcome? New,
    ChangeDirection Direction,
    string? Scenario,
    string? OldScenario,
    string? Reason);

/// <summary>What became of one norm, or of one category.</summary>
internal enum NormDifference : byte
{
    /// <summary>The same for every record, known facts or not.</summary>
    Same,

    /// <summary>The same for every record whose facts are all known; where facts are missing, an answer can be wider or narrower.</summary>
    SameForKnownFacts,
    Changed,
    Added,
    Removed,
    NotProved,
}

/// <summary>How a declaration differs.</summary>
internal enum DeclarationDifference : byte
{
    Added,
    Removed,
    Changed,
}

/// <summary>A declaration that differs, and from which a changed norm takes its answer.</summary>
internal sealed record DeclarationChange(DefinitionSymbol Symbol, DeclarationDifference Difference, ImmutableArray<string> Citations);

/// <summary>A norm or category with everything that changes about it.</summary>
internal sealed record NormChanges(
    string Name,
    string Title,
    bool IsCategory,
    NormDifference Difference,
    ImmutableArray<OutcomeChange> Classes,
    ImmutableArray<DeclarationChange> Because);

/// <summary>What changes from one ruleset to another.</summary>
internal sealed record RulesDifference(ImmutableArray<NormChanges> Norms)
{
    /// <summary>No record has another outcome: proved.</summary>
    public bool AreEqual => Norms.All(norm => norm.Difference is NormDifference.Same or NormDifference.SameForKnownFacts);
}
