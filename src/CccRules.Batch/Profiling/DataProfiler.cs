using System.Collections.Immutable;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sources;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Profiling;

/// <summary>Looks at the first rows of data, whatever their columns mean.</summary>
public sealed record DataProfile(long Rows, long UnreadableRows, bool HasMoreRows, ImmutableArray<ColumnProfile> Columns)
{
    private static readonly RulesetManifest NoRules = new()
    {
        Modules = [],
        Facts = [],
        Norms = [],
        Categories = [],
        Tables = new ProgramTables(),
        Graph = RuleGraph.Empty,
    };

    /// <param name="source">The data, nothing read from them yet.</param>
    /// <param name="mostRows">Rows to look at.</param>
    /// <exception cref="IOException">The data cannot be read.</exception>
    public static DataProfile Of(IRecordSource source, long mostRows)
    {
        var batch = new RecordBatch(RecordLayout.Create(source, NoRules, new BatchOptions()));
        var columns = source.Columns.Select(name => new ColumnProfile.Builder(name)).ToArray();
        var (rows, unreadable) = (0L, 0L);
        var hasMore = true;
        while (rows + unreadable < mostRows && (hasMore = source.Fill(batch)))
        {
            for (var row = 0; row < batch.Count && rows + unreadable < mostRows; row++)
            {
                rows++;
                for (var column = 0; column < columns.Length; column++)
                {
                    columns[column].Add(batch.KeptCell(row, column));
                }
            }

            unreadable += batch.Rejected.Count;
            batch.Clear();
        }

        return new DataProfile(rows, unreadable, hasMore, [.. columns.Select(column => column.Build())]);
    }
}
