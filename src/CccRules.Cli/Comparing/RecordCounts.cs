using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CccRules.Batch;
using CccRules.Batch.Lists;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sources;
using CccRules.Cli.Classification;
using CccRules.Runtime;
using CccRules.Runtime.Programs;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Comparing;

/// <summary>The records of a file whose possible statuses of a norm change, and what their columns sum to.</summary>
/// <param name="Norm">Its qualified name.</param>
/// <param name="Old">The possible statuses in words; null: the old rules do not have the norm.</param>
internal sealed record RecordCount(string Norm, string? Old, string? New, long Records, ImmutableArray<decimal> Sums);

/// <summary>What a change does to the records of a file.</summary>
/// <param name="SumOf">The columns that were summed up.</param>
/// <param name="Unreadable">Rows that one of the rulesets, or both, refuse.</param>
internal sealed record RecordCounts(long Records, long Unreadable, ImmutableArray<string> SumOf, ImmutableArray<RecordCount> Changes)
{
    /// <summary>Classifies every record of a file by both rulesets.</summary>
    public static RecordCounts Of(CountedSide old, CountedSide @new, ImmutableArray<string> sums, CancellationToken cancellation)
    {
        var counts = new Dictionary<(string Norm, int Old, int New), (long Records, decimal[] Sums)>();
        var norms = old.Manifest.Norms.Select(norm => norm.QualifiedName).Union(@new.Manifest.Norms.Select(norm => norm.QualifiedName)).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Old: IndexOf(old.Manifest, name), New: IndexOf(@new.Manifest, name)))
            .ToList();
        var records = 0L;
        using var before = old.Rows(cancellation).GetEnumerator();
        using var after = @new.Rows(cancellation).GetEnumerator();
        var (hasOld, hasNew) = (before.MoveNext(), after.MoveNext());
        while (hasOld || hasNew)
        {
            var order = !hasOld ? 1 : !hasNew ? -1 : before.Current.Line.CompareTo(after.Current.Line);
            if (order == 0)
            {
                records++;
                foreach (var (name, first, second) in norms)
                {
                    var (from, to) = (first < 0 ? -1 : before.Current.Outcomes[first], second < 0 ? -1 : after.Current.Outcomes[second]);
                    if (from != to)
                    {
                        Add(counts, (name, from, to), after.Current.Sums);
                    }
                }
            }
            hasOld = order <= 0 ? before.MoveNext() : hasOld;
            hasNew = order >= 0 ? after.MoveNext() : hasNew;
        }

        return new RecordCounts(records, old.Refused.Union(@new.Refused).Count(), sums, [.. counts.OrderBy(entry => entry.Key.Norm, StringComparer.Ordinal).ThenByDescending(entry => entry.Value.Records)
            .Select(entry => new RecordCount(entry.Key.Norm, Words(old.Manifest, entry.Key.Norm, entry.Key.Old), Words(@new.Manifest, entry.Key.Norm, entry.Key.New), entry.Value.Records, [.. entry.Value.Sums]))]);
    }

    private static void Add(Dictionary<(string, int, int), (long Records, decimal[] Sums)> counts, (string, int, int) key, decimal[] sums)
    {
        if (!counts.TryGetValue(key, out var count))
        {
            count = (0, new decimal[sums.Length]);
        }

        for (var i = 0; i < sums.Length; i++)
        {
            count.Sums[i] += sums[i];
        }

        counts[key] = (count.Records + 1, count.Sums);
    }

    private static int IndexOf(RulesetManifest manifest, string name) => manifest.Norms.FirstOrDefault(norm => norm.QualifiedName == name)?.Index ?? -1;

    private static string? Words(RulesetManifest manifest, string norm, int outcome) =>
        outcome < 0 ? null : ((Outcome)outcome).Name(manifest.Norms.First(schema => schema.QualifiedName == norm).Kind);
}

/// <summary>One of two rulesets that classify a file.</summary>
/// <param name="open">Opens the file.</param>
/// <param name="options">How its columns feed the facts; keeps the columns that are summed up.</param>
internal sealed class CountedSide(Ruleset ruleset, Func<IRecordSource> open, BatchOptions options)
{
    private readonly HashSet<long> _refused = [];

    public RulesetManifest Manifest => ruleset.Manifest;

    /// <summary>Places of the rows that were refused so far.</summary>
    public IReadOnlyCollection<long> Refused => _refused;

    /// <summary>Every good row: its place in the data, its outcome of each norm, and the numbers that are summed up.</summary>
    public IEnumerable<(long Line, byte[] Outcomes, decimal[] Sums)> Rows(CancellationToken cancellation)
    {
        using var source = open();
        NameCheck.Check(options, [], source, Manifest);
        var batch = new RecordBatch(RecordLayout.Create(source, Manifest, options));
        var lists = new FactDeriver(ruleset);
        var evaluator = new Evaluator(ruleset);
        var (part, name) = (0L, (string?)null);
        while (source.Fill(batch))
        {
            cancellation.ThrowIfCancellationRequested();
            part += batch.Input == name ? 0 : 1;
            name = batch.Input;
            _refused.UnionWith(batch.Rejected.Select(row => Place(part, row.Line)));
            lists.Derive(batch);
            evaluator.Classify(batch.Columns);
            for (var row = 0; row < batch.Count; row++)
            {
                var outcomes = new byte[Manifest.Norms.Length];
                for (var norm = 0; norm < outcomes.Length; norm++)
                {
                    outcomes[norm] = evaluator.Outcomes(norm)[row];
                }

                var sums = new decimal[batch.Layout.Kept.Length];
                for (var i = 0; i < sums.Length; i++)
                {
                    sums[i] = decimal.TryParse(Encoding.UTF8.GetString(batch.KeptCell(row, i)), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : 0;
                }

                yield return (Place(part, batch.LineOf(row)), outcomes, sums);
            }

            batch.Clear();
        }
    }
    /// <summary>Lines count in each file of a pattern of their own.</summary>
    private static long Place(long part, long line) => (part << 40) + line;
}
