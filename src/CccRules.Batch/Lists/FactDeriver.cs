using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Lists;

/// <summary>
/// Says in each row of a batch what follows from the rest of it: the evaluation date that a field gives, and of its lists whether any or all
/// entries meet the rules' conditions, and how many do. Comes before the batch is classified; belongs to one thread.
/// </summary>
/// <param name="ruleset">The ruleset of the batch's layout.</param>
public sealed class FactDeriver(Ruleset ruleset)
{
    private readonly ListReader[] _readers = [.. ruleset.Manifest.Lists.Select((_, list) => new ListReader(ruleset, list))];
    private readonly long[] _record = new long[ruleset.Manifest.Facts.Length];

    /// <summary>Sets the facts that are derived from lists; missing where a row does not have the list.</summary>
    public void Derive(RecordBatch records)
    {
        ArgumentNullException.ThrowIfNull(records);
        records.ReadDeferred();
        foreach (var entries in records.Entries)
        {
            for (var row = 0; row < records.Columns.Count; row++)
            {
                Derive(records, entries, row);
            }
        }
    }

    private void Derive(RecordBatch records, EntryColumn entries, int row)
    {
        var schema = entries.Binding.Schema;
        if (entries.IsGiven(row))
        {
            records.Columns.CopyRow(row, _record);
            var reader = _readers[entries.Binding.List];
            reader.Begin(_record, records.Columns.Texts);
            for (var number = 0; number < entries.Count(row); number++)
            {
                reader.Add(entries.Entry(row, number));
            }

            reader.End(_record);
        }
        else
        {
            Forget(schema);
        }

        records.Columns.Set(schema.Fact, row, _record[schema.Fact]);
        foreach (var derived in schema.Derived)
        {
            records.Columns.Set(derived.Fact, row, _record[derived.Fact]);
        }
    }

    private void Forget(ListSchema schema)
    {
        _record[schema.Fact] = Fact.Missing;
        foreach (var derived in schema.Derived)
        {
            _record[derived.Fact] = Fact.Missing;
        }
    }
}
