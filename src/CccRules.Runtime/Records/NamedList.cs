using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace CccRules.Runtime.Records;

/// <summary>Reads a list of a record whose entries are given by the names of their fields: dictionaries or JSON objects.</summary>
internal sealed class NamedList
{
    private readonly ListCells _list;
    private readonly RecordCells _record;
    private readonly NamedFacts _entry;
    private readonly string[] _names;

    public NamedList(ListCells list, RecordCells record)
    {
        _list = list;
        _record = record;
        _entry = new NamedFacts([.. list.Fields], list.Entry, record.OtherFaults);
        _names = [.. list.Schema.Entry.Facts.Take(list.Schema.EntryFields).Select(fact => fact.Name)];
    }

    public int Fact => _list.Schema.Fact;

    public void Read(IEnumerable entries)
    {
        _list.Begin(_record);
        var number = 0;
        foreach (var entry in entries)
        {
            Begin(number);
            if (entry is IEnumerable<KeyValuePair<string, object?>> fields)
            {
                foreach (var (name, value) in fields)
                {
                    _entry.Take(name, value);
                }
            }
            else
            {
                Fault(number, entry is null ? "an entry that is null" : $"a `{TypeNames.Of(entry.GetType())}` cannot be an entry; give a dictionary of its fields");
            }

            End(number++);
        }

        _list.End(_record);
    }

    public void Read(JsonElement entries)
    {
        _list.Begin(_record);
        var number = 0;
        foreach (var entry in entries.EnumerateArray())
        {
            Begin(number);
            if (entry.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in entry.EnumerateObject())
                {
                    _entry.Take(member);
                }
            }
            else
            {
                Fault(number, $"{NamedFacts.Words(entry.ValueKind)} cannot be an entry; give an object of its fields");
            }

            End(number++);
        }

        _list.End(_record);
    }

    private void Begin(int number)
    {
        _list.Blank();
        _entry.Begin();
        _entry.Origin = string.Create(CultureInfo.InvariantCulture, $"{_list.Name}[{number}].");
    }

    private void End(int number)
    {
        _entry.CheckRequired();
        _list.Take(_record, _list.Name, number, _names);
    }

    private void Fault(int number, string message) =>
        _record.OtherFaults.Add(new RecordFault(string.Create(CultureInfo.InvariantCulture, $"{_list.Name}[{number}]"), null, "CCC8313", message));
}
