using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CccRules.Batch;
using CccRules.Compiler.Diagnostics;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Explaining;

/// <summary>The lists of one record, as JSON gives them: <c>"certificates": [{ "state": "valid" }]</c>.</summary>
internal sealed class RecordLists(RulesetManifest manifest)
{
    private readonly Dictionary<int, List<long[]>> _entries = [];

    /// <summary>Takes a list; a second one of the same name takes its place.</summary>
    /// <exception cref="CommandException">It is no list of objects, or an entry's value does not fit.</exception>
    public void Read(FactSchema list, JsonElement value, TextDictionary texts, string path)
    {
        var schema = manifest.Lists.FirstOrDefault(schema => schema.Fact == list.Index);
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(entry => entry.ValueKind != JsonValueKind.Object))
        {
            throw CommandFaults.WrongValue($"`{path}`: `{list.Name}` is no list of objects", $"write it as \"{list.Name}\": [{{ … }}, {{ … }}]");
        }

        // A list that no rule asks about is read past.
        if (schema is not null)
        {
            _entries[list.Index] = [.. value.EnumerateArray().Select((entry, number) => Entry(schema, entry, texts, $"{path}: {list.Name}[{number}]"))];
        }
    }

    /// <summary>Takes the lists of a row of a file.</summary>
    public void Take(RecordBatch batch, int row)
    {
        for (var list = 0; list < manifest.Lists.Length; list++)
        {
            if (batch.EntriesOf(row, list) is { } entries)
            {
                _entries[manifest.Lists[list].Fact] = [.. entries];
            }
        }
    }

    /// <summary>How many entries a list has; null where it was not given, or no rule asks about it.</summary>
    public int? CountOf(FactSchema list) => _entries.TryGetValue(list.Index, out var entries) ? entries.Count : null;

    /// <summary>Says in the record what follows from its lists; last, when all else is set.</summary>
    public void Derive(Ruleset ruleset, long[] record, TextDictionary texts)
    {
        for (var list = 0; list < manifest.Lists.Length; list++)
        {
            if (!_entries.TryGetValue(manifest.Lists[list].Fact, out var entries))
            {
                continue;
            }

            var reader = new ListReader(ruleset, list);
            reader.Begin(record, texts);
            entries.ForEach(entry => reader.Add(entry));
            reader.End(record);
        }
    }

    private static long[] Entry(ListSchema schema, JsonElement entry, TextDictionary texts, string origin)
    {
        ImmutableArray<FactSchema> fields = [.. schema.Entry.Facts.Take(schema.EntryFields)];
        var values = new long[fields.Length];
        Array.Fill(values, Fact.Missing);
        foreach (var member in entry.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            var field = fields.FirstOrDefault(field => field.Name == member.Name) ?? throw CommandFaults.WrongValue(
                $"{origin}: an entry has no field `{member.Name}`",
                [.. Suggestions.Nearest(member.Name, fields.Select(field => field.Name)).Select(near => $"a field with a similar name exists: `{near}`")]);
            var text = RecordFacts.TextOf(member.Value, member.Name, origin);
            var fault = new FactReader(field).Read(Encoding.UTF8.GetBytes(text), texts, out var value);
            if (fault != FactFault.None)
            {
                throw CommandFaults.WrongValue($"{origin}: `{text}` is no value of `{member.Name}`: {fault.Describe(field)}", [.. Suggestions.Nearest(text, field.Members).Select(near => $"a similar value exists: `{near}`")]);
            }

            values[field.Index] = value;
        }

        return values;
    }
}
