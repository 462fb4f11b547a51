using System.Collections.Immutable;
using System.Text;
using CccRules.Batch.Mapping;
using CccRules.Runtime.Programs;

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
    private OutputSchema(OutputLayout layout, int norms, ImmutableArray<OutputColumn> columns)
    {
        Layout = layout;
        Norms = norms;
        Columns = columns;
    }

    /// <summary>Which lines a record comes to.</summary>
    public OutputLayout Layout { get; }

    /// <summary>The columns in order.</summary>
    public ImmutableArray<OutputColumn> Columns { get; }

    private int Norms { get; }

    /// <exception cref="BatchSetupException">Two columns would have the same name.</exception>
    public static OutputSchema Of(RecordLayout layout, OutputLayout form = OutputLayout.Wide)
    {
        var manifest = layout.Manifest;
        ImmutableArray<string> kept = [.. layout.Kept.Select(column => layout.Columns[column])];
        var names = NamesOfNorms(layout, form == OutputLayout.Wide ? kept : []);
        ImmutableArray<OutputColumn> columns =
        [
            .. kept.Select((name, at) => new KeptColumn(name, at)),
            .. form == OutputLayout.Wide
                ? manifest.Norms.Select((norm, at) => (OutputColumn)new OutcomeColumn(names[at], norm))
                : [new NormColumn(names), new OutcomeOfNormColumn(manifest)],
            new MissingColumn(manifest),
        ];
        var twice = columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? new OutputSchema(form, manifest.Norms.Length, columns) : throw new BatchSetupException(
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

            for (var norm = 0; norm < Norms; norm++)
            {
                if ((Outcome)batch.Outcomes(norm)[row] != Outcome.NotApplicable)
                {
                    line(batch, row, norm, state);
                }
            }
        }
    }

    private static ImmutableArray<string> NamesOfNorms(RecordLayout layout, ImmutableArray<string> taken)
    {
        var norms = layout.Manifest.Norms;
        var shared = norms.GroupBy(norm => norm.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);
        var qualified = shared.Concat(taken).ToHashSet(StringComparer.Ordinal);
        return [.. norms.Select(norm => qualified.Contains(norm.Name) ? norm.QualifiedName : norm.Name)];
    }
}
