using System.Collections.Immutable;
using System.Text;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Output;

/// <summary>Which lines a record comes to.</summary>
public enum OutputLayout
{
    /// <summary>One line a record, a column for each norm.</summary>
    Wide,

    /// <summary>A line for each norm whose outcome is not settled as not applicable, so none for a record that no rule concerns.</summary>
    Long,
}

/// <summary>
/// The columns of the answers, derived from the ruleset here alone: CSV, JSON Lines, SQLite and PostgreSQL all write these. A norm whose
/// name is not unique goes by its qualified name.
/// </summary>
public sealed class OutputSchema
{
    private const string DueEnding = "_due";

    private OutputSchema(OutputLayout layout, ImmutableArray<NormSchema> norms, ImmutableArray<OutputColumn> columns)
    {
        Layout = layout;
        Norms = norms;
        Columns = columns;
    }

    /// <summary>Which lines a record comes to.</summary>
    public OutputLayout Layout { get; }

    /// <summary>The columns in order.</summary>
    public ImmutableArray<OutputColumn> Columns { get; }

    private ImmutableArray<NormSchema> Norms { get; }

    /// <param name="layout">The records and the norms that are told of.</param>
    /// <param name="form">Which lines a record comes to.</param>
    /// <param name="missing">With none there is no column for missing facts.</param>
    /// <exception cref="BatchSetupException">Two columns would have the same name.</exception>
    public static OutputSchema Of(RecordLayout layout, OutputLayout form = OutputLayout.Wide, MissingFacts missing = MissingFacts.All)
    {
        ImmutableArray<string> kept = [.. layout.Kept.Select(column => layout.Columns[column])];
        ImmutableArray<OutputColumn> columns =
        [
            .. kept.Select((name, at) => new KeptColumn(name, at)),
            .. form == OutputLayout.Wide ? ColumnsOfNorms(layout, kept) : ColumnsOfLines(layout),
            .. missing == MissingFacts.None ? [] : (OutputColumn[])[new MissingColumn(layout.Manifest)],
        ];
        var twice = columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? new OutputSchema(form, layout.Norms, columns) : throw new BatchSetupException(
            BatchProblemKind.DuplicateOutputColumn,
            $"the output would have two columns '{DisplayText.Of(Encoding.UTF8.GetBytes(twice.Key))}'; choose which columns to keep");
    }

    /// <summary>Calls back for each line that a batch comes to, in order.</summary>
    internal void ForEachLine<TState>(ClassifiedBatch batch, TState state, Action<ClassifiedBatch, int, int, TState> line)
    {
        for (var row = 0; row < batch.Records.Count; row++)
        {
            if (Layout == OutputLayout.Wide)
            {
                line(batch, row, -1, state);
                continue;
            }

            foreach (var norm in Norms)
            {
                if ((Outcome)batch.Outcomes(norm.Index)[row] != Outcome.NotApplicable)
                {
                    line(batch, row, norm.Index, state);
                }
            }
        }
    }

    /// <summary>For each norm its outcome, and for a deadline when it is due.</summary>
    private static IEnumerable<OutputColumn> ColumnsOfNorms(RecordLayout layout, ImmutableArray<string> kept)
    {
        var names = NamesOfNorms(layout, kept);
        foreach (var norm in layout.Norms)
        {
            yield return new OutcomeColumn(names[norm.Index], norm);
            if (norm.Deadline is not null)
            {
                yield return new DueColumn(names[norm.Index] + DueEnding, norm.Index);
            }
        }
    }

    private static IEnumerable<OutputColumn> ColumnsOfLines(RecordLayout layout)
    {
        yield return new NormColumn(NamesOfNorms(layout, []));
        yield return new OutcomeOfNormColumn(layout.Manifest);
        if (layout.Norms.Any(norm => norm.Deadline is not null))
        {
            yield return new DueColumn("due", -1);
        }
    }

    /// <summary>Names of all norms of the ruleset, so that a norm goes by the same name whichever others are told of.</summary>
    private static ImmutableArray<string> NamesOfNorms(RecordLayout layout, ImmutableArray<string> taken)
    {
        var norms = layout.Manifest.Norms;
        var shared = norms.GroupBy(norm => norm.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);
        var qualified = shared.Concat(taken).ToHashSet(StringComparer.Ordinal);
        return [.. norms.Select(norm => qualified.Contains(norm.Name) || (norm.Deadline is not null && qualified.Contains(norm.Name + DueEnding)) ? norm.QualifiedName : norm.Name)];
    }
}
