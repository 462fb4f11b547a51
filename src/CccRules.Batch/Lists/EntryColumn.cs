using System.Globalization;
using System.Text;
using System.Text.Json;
using CccRules.Runtime.Facts;

namespace CccRules.Batch.Lists;

/// <summary>The entries of one list over the rows of a batch. Belongs to the batch; allocates nothing once it is large enough.</summary>
/// <remarks>
/// Null and an empty cell say nothing about the list, <c>[]</c> says that it has no entries. In an entry null is a fact that is missing; a
/// key that is no field is a fault, as a value that nobody reads would be lost without a word.
/// </remarks>
internal sealed class EntryColumn
{
    private readonly byte[][] _names;
    private readonly long[] _seen;
    private readonly int[] _ends;
    private readonly bool[] _isGiven;
    private long[] _values = new long[256];
    private byte[] _text = new byte[256];
    private long _entry;

    public EntryColumn(ListBinding binding, int capacity)
    {
        Binding = binding;
        _names = [.. binding.Fields.Select(field => Encoding.UTF8.GetBytes(field.Schema.Name))];
        _seen = new long[_names.Length];
        _ends = new int[capacity];
        _isGiven = new bool[capacity];
    }

    public ListBinding Binding { get; }

    /// <summary>Numbers that are held for the rows up to one.</summary>
    public int Length(int rows) => rows == 0 ? 0 : _ends[rows - 1];

    /// <summary>The row has the list, with entries or without.</summary>
    public bool IsGiven(int row) => _isGiven[row];

    public int Count(int row) => _names.Length == 0 ? 0 : (_ends[row] - Length(row)) / _names.Length;

    /// <summary>One number a field, as <see cref="Fact"/> says.</summary>
    public ReadOnlySpan<long> Entry(int row, int number) => _values.AsSpan(Length(row) + (number * _names.Length), _names.Length);

    /// <summary>The next row says nothing about the list.</summary>
    public void Skip(int row)
    {
        _isGiven[row] = false;
        _ends[row] = Length(row);
    }

    /// <summary>Reads the list of a row; the row's place may be used again where it has faults.</summary>
    /// <param name="column">Name of the column, for faults.</param>
    public void Read(ReadOnlySpan<byte> cell, int row, long line, string column, TextDictionary texts, List<RowFault> faults)
    {
        Skip(row);
        cell = cell.Trim(" \t"u8);
        if (cell.IsEmpty || cell.SequenceEqual("null"u8))
        {
            if (Binding.Fact.IsRequired)
            {
                faults.Add(new RowFault(line, column, "", FactFault.RequiredButEmpty.Code(), FactFault.RequiredButEmpty.Sentence()));
            }

            return;
        }

        try
        {
            var json = new Utf8JsonReader(cell);
            if (ReadEntries(ref json, row, line, column, texts, faults) && !json.Read())
            {
                _isGiven[row] = true;
                return;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // No JSON, or text in it that is none.
        }

        faults.Add(Fault(line, column, cell, RowFaultKind.NotAList));
    }

    /// <returns>False where it is no list of objects.</returns>
    private bool ReadEntries(ref Utf8JsonReader json, int row, long line, string column, TextDictionary texts, List<RowFault> faults)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        for (var number = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; number++)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            Grow(_ends[row] + _names.Length);
            var entry = _values.AsSpan(_ends[row], _names.Length);
            _ends[row] += _names.Length;
            ReadEntry(ref json, entry, number, line, column, texts, faults);
        }

        return json.TokenType == JsonTokenType.EndArray;
    }

    private void ReadEntry(ref Utf8JsonReader json, Span<long> entry, int number, long line, string column, TextDictionary texts, List<RowFault> faults)
    {
        _entry++;
        entry.Fill(Fact.Missing);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var key = Text(ref json, 0);
            var field = Find(key);
            if (field < 0)
            {
                faults.Add(Fault(line, Path(column, number), key, RowFaultKind.UnknownEntryKey));
                json.Skip();
                continue;
            }

            if (_seen[field] == _entry)
            {
                faults.Add(Fault(line, Path(column, number, field), key, RowFaultKind.DuplicateKey));
            }

            _seen[field] = _entry;
            json.Read();
            if (!ReadValue(ref json, out var value))
            {
                faults.Add(Fault(line, Path(column, number, field), [], RowFaultKind.NestedInEntry));
                continue;
            }

            Set(entry, field, value, number, line, column, texts, faults);
        }

        for (var field = 0; field < _names.Length; field++)
        {
            if (_seen[field] != _entry)
            {
                Set(entry, field, [], number, line, column, texts, faults);
            }
        }
    }

    private void Set(Span<long> entry, int field, ReadOnlySpan<byte> value, int number, long line, string column, TextDictionary texts, List<RowFault> faults)
    {
        var reader = Binding.Fields[field];
        var fault = reader.Read(value, texts, out entry[field]);
        if (fault != FactFault.None)
        {
            faults.Add(new RowFault(line, Path(column, number, field), DisplayText.Of(value), fault.Code(), fault.Describe(reader.Schema)));
        }
    }

    /// <summary>A value as it would stand in a cell of its own.</summary>
    /// <returns>False for an object, or a list of anything but plain values.</returns>
    private bool ReadValue(ref Utf8JsonReader json, out ReadOnlySpan<byte> value)
    {
        value = [];
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.StartObject:
                json.Skip();
                return false;
            case JsonTokenType.StartArray:
                return ReadPlainList(ref json, out value);
            default:
                value = Text(ref json, 0);
                return true;
        }
    }

    private bool ReadPlainList(ref Utf8JsonReader json, out ReadOnlySpan<byte> value)
    {
        var length = 0;
        var isPlain = true;
        var depth = json.CurrentDepth;
        while (json.Read() && !(json.TokenType == JsonTokenType.EndArray && json.CurrentDepth == depth))
        {
            isPlain &= json.TokenType is JsonTokenType.String or JsonTokenType.Number;
            if (isPlain)
            {
                var part = Text(ref json, length + 1);
                isPlain = !part.ContainsAny((byte)';', (byte)'|');
                _text[length] = (byte)';';
                length += part.Length + 1;
            }
        }

        value = length == 0 ? "{}"u8 : _text.AsSpan(1, length - 1);
        return isPlain;
    }

    /// <summary>The text of a token, put together at a place of the room for text.</summary>
    private ReadOnlySpan<byte> Text(ref Utf8JsonReader json, int at)
    {
        if (_text.Length < at + json.ValueSpan.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, at + json.ValueSpan.Length));
        }

        if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
        {
            return _text.AsSpan(at, json.CopyString(_text.AsSpan(at)));
        }

        json.ValueSpan.CopyTo(_text.AsSpan(at));
        return _text.AsSpan(at, json.ValueSpan.Length);
    }

    private int Find(ReadOnlySpan<byte> key)
    {
        for (var field = 0; field < _names.Length; field++)
        {
            if (key.SequenceEqual(_names[field]))
            {
                return field;
            }
        }

        return -1;
    }

    private void Grow(int length)
    {
        if (length > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(_values.Length * 2, length));
        }
    }

    private static RowFault Fault(long line, string column, ReadOnlySpan<byte> value, RowFaultKind kind) =>
        new(line, column, DisplayText.Of(value), kind.Code(), kind.Sentence());

    private string Path(string column, int number, int field) => $"{Path(column, number)}.{Binding.Fields[field].Schema.Name}";

    private static string Path(string column, int number) => string.Create(CultureInfo.InvariantCulture, $"{column}[{number}]");
}
