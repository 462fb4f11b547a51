using System.Collections.Immutable;
using CccRules.Compiler.Proof;
using CccRules.Runtime.Programs;

namespace CccRules.Cli.Comparing;

/// <summary>Two rulesets compared, as every form of the report tells it.</summary>
/// <param name="Counts">Null where no file was given.</param>
internal sealed record DiffReport(string Old, string New, RulesDifference Difference, RecordCounts? Counts)
{
    public ImmutableArray<NormChanges> Changed =>
        [.. Difference.Norms.Where(norm => norm.Difference is not (NormDifference.Same or NormDifference.SameForKnownFacts))];

    public ImmutableArray<NormChanges> SameForKnownFacts => [.. Difference.Norms.Where(norm => norm.Difference == NormDifference.SameForKnownFacts)];

    public static string Words(ChangeDirection direction) => direction switch
    {
        ChangeDirection.Stricter => "stricter",
        ChangeDirection.MoreLenient => "more lenient",
        _ => "different",
    };

    public static string Words(NormDifference difference) => difference switch
    {
        NormDifference.Same => "the same for every record",
        NormDifference.SameForKnownFacts => "the same for every record whose facts are known",
        NormDifference.Changed => "changed",
        NormDifference.Added => "new",
        NormDifference.Removed => "removed",
        _ => "not proved",
    };

    public static string Words(DeclarationDifference difference) => difference switch
    {
        DeclarationDifference.Added => "new",
        DeclarationDifference.Removed => "removed",
        _ => "changed",
    };

    /// <summary>A side of a change: a status, or that the norm is not there.</summary>
    public static string Status(NormChanges norm, OutcomeChange change, Outcome? outcome) =>
        outcome is not { } status ? "not there" : norm.IsCategory ? status == Outcome.Required ? "yes" : "no" : status.Name(change.Kind);

    public static string Direction(NormChanges norm, OutcomeChange change) => norm.IsCategory ? "" : Words(change.Direction);

    /// <summary>The counted records of a norm.</summary>
    public IEnumerable<RecordCount> CountsOf(NormChanges norm) => Counts?.Changes.Where(count => count.Norm == norm.Name) ?? [];
}
