using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Records;

/// <summary>A list of a record on its way to the rules: the entry at hand, and the reader that draws from all of them what the rules ask.</summary>
internal sealed class ListCells
{
    private readonly ListReader _reader;

    public ListCells(Ruleset ruleset, int list, TextDictionary texts)
    {
        Schema = ruleset.Manifest.Lists[list];
        Name = ruleset.Manifest.Facts[Schema.Fact].Name;
        _reader = new ListReader(ruleset, list);
        Entry = new RecordCells(Schema.Entry.Facts, texts);
    }

    public ListSchema Schema { get; }

    /// <summary>The list's name in the rules.</summary>
    public string Name { get; }

    /// <summary>The cells of the entry at hand; those of the whole record stand behind them and are not used.</summary>
    public RecordCells Entry { get; }

    public ReadOnlySpan<FactSchema> Fields => Schema.Entry.Facts.AsSpan()[..Schema.EntryFields];

    /// <summary>Begins the list of a record, whose other facts are all set.</summary>
    public void Begin(RecordCells record)
    {
        Blank();
        _reader.Begin(record.Facts, record.Texts);
    }

    /// <summary>Makes every field of the entry at hand unknown.</summary>
    public void Blank() => Array.Fill(Entry.Facts, Fact.Missing);

    /// <summary>Takes the entry at hand, and moves what could not be read in it to the record's faults.</summary>
    /// <param name="list">The list's name for the application.</param>
    /// <param name="number">Position of the entry, from 0.</param>
    /// <param name="names">By field the name for the application.</param>
    public void Take(RecordCells record, string list, int number, string[] names)
    {
        _reader.Add(Entry.Facts.AsSpan(0, Schema.EntryFields));
        if (!Entry.HasFaults)
        {
            return;
        }

        for (var field = 0; field < Schema.EntryFields; field++)
        {
            if (Entry.Faults[field] is var fault && fault != FactFault.None)
            {
                var schema = Schema.Entry.Facts[field];
                record.OtherFaults.Add(new RecordFault($"{list}[{number}].{names[field]}", schema, fault.Code(), fault.Describe(schema)));
            }
        }

        Entry.ForgetFaults();
    }

    public void End(RecordCells record) => _reader.End(record.Facts);

    /// <summary>The record does not say what is in the list.</summary>
    public void Forget(RecordCells record)
    {
        record.Facts[Schema.Fact] = Fact.Missing;
        foreach (var derived in Schema.Derived)
        {
            record.Facts[derived.Fact] = Fact.Missing;
        }
    }
}
