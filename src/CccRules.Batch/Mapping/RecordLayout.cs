using System.Collections.Immutable;
using CccRules.Batch.Lists;
using CccRules.Batch.Sources;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Mapping;

/// <summary>
/// How the columns of one source become the facts of one ruleset: what feeds what, which constants fill the rest, which columns are
/// kept for the output. Made once before a run, where everything that does not fit is found.
/// </summary>
public sealed record RecordLayout
{
    internal RecordLayout()
    {
    }

    /// <summary>The ruleset's facts and norms.</summary>
    public required RulesetManifest Manifest { get; init; }

    /// <summary>The norms that the run tells of, in the ruleset's order.</summary>
    public required ImmutableArray<NormSchema> Norms { get; init; }

    /// <summary>Names of the source's columns, in order.</summary>
    public required ImmutableArray<string> Columns { get; init; }

    /// <summary>Columns that come back beside the answers, as indices of <see cref="Columns"/>.</summary>
    public required ImmutableArray<int> Kept { get; init; }

    /// <summary>Columns that feed no field, in order; worth a line in the report.</summary>
    public required ImmutableArray<string> IgnoredColumns { get; init; }

    /// <summary>Fields that nothing feeds, so that they are missing in every record.</summary>
    public required ImmutableArray<string> UnfilledFields { get; init; }

    internal ImmutableArray<FieldBinding> Fields { get; init; } = [];

    internal ImmutableArray<ListBinding> Lists { get; init; } = [];

    internal ImmutableArray<ConstantBinding> Constants { get; init; } = [];

    /// <summary>Index of the evaluation date among the facts; -1 where the ruleset has none.</summary>
    internal int EvaluationDateFact { get; init; }

    /// <summary>The fact that says the evaluation date; -1 where a constant or nothing does.</summary>
    internal int EvaluationDateField { get; init; }

    internal long EvaluationDay { get; init; }

    /// <summary>The HS code whose chapter a report counts by; -1 without one.</summary>
    internal int ChapterFact { get; init; } = -1;

    /// <summary>The date whose month a report counts by: the evaluation date where records have one of their own, else their first date; -1 without one.</summary>
    internal int MonthFact { get; init; } = -1;

    /// <summary>Fits a source's columns to a ruleset's facts.</summary>
    /// <exception cref="BatchSetupException">
    /// The mapping names a column that the data lack or a field that the ruleset lacks, a field is fed twice, a required field not at
    /// all, a constant or the evaluation date is wrong. Every problem is named.
    /// </exception>
    public static RecordLayout Create(IRecordSource source, RulesetManifest manifest, BatchOptions options) =>
        new LayoutBuilder(source, manifest, options).Build();
}
