using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CccRules.Batch.Sources.Json;

/// <summary>
/// Takes a JSON object apart into cells. A nested object gives columns such as <c>battery.energy</c>. A list of plain values reads as its
/// values joined by <c>;</c>, any other list as its JSON. Numbers stay as they are written; null is an empty cell.
/// </summary>
internal sealed class JsonRecord
{
    /// <summary>Levels of nesting.</summary>
    private const int MostDepth = 64;

    // Depth is counted here, to be told apart from other faults.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 100_000 };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MostDepth };

    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly List<byte[]> _names = [];
    private readonly bool _isDiscovering;
    private readonly List<(Range Cell, Range Kept)> _cells = [];
    private readonly List<long> _seen = [];
    private readonly List<bool> _literals = [];
    private byte[] _text = new byte[64 * 1024];
    private int _length;
    private byte[] _path = new byte[256];
    private int _expected;
    private long _record;

    /// <param name="columns">The columns; null to find them.</param>
    public JsonRecord(ImmutableArray<string>? columns)
    {
        _isDiscovering = columns is null;
        foreach (var column in columns ?? [])
        {
            AddColumn(column);
        }
    }

    public ImmutableArray<string> Columns => [.. _names.Select(Encoding.UTF8.GetString)];

    /// <summary>What to add to the reason of the last fault; empty for nothing.</summary>
    public string Detail { get; private set; } = "";

    /// <summary>The value of a column; empty where the record has none.</summary>
    public ReadOnlySpan<byte> Cell(int column) => _seen[column] == _record ? _text.AsSpan(_cells[column].Cell) : [];

    /// <summary>The value as it comes back in the output: JSON where <see cref="IsLiteral"/>.</summary>
    public ReadOnlySpan<byte> Kept(int column) => _seen[column] == _record ? _text.AsSpan(_cells[column].Kept) : [];

    /// <summary>The value is no text in the data; that of a column that the record does not have is null.</summary>
    public bool IsLiteral(int column) => _seen[column] != _record || _literals[column];

    public RowFaultKind Read(ReadOnlySpan<byte> line)
    {
        _record++;
        _length = 0;
        _expected = 0;
        Detail = "";
        if (!Utf8.IsValid(line))
        {
            return RowFaultKind.InvalidUtf8;
        }

        try
        {
            var json = new Utf8JsonReader(line, Options);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                // What follows decides whether it is JSON at all.
                SkipAll(ref json);
                return RowFaultKind.NotAnObject;
            }

            var fault = ReadObject(line, ref json, 0);
            if (fault == RowFaultKind.None)
            {
                SkipAll(ref json);
            }

            return fault;
        }
        catch (JsonException fault)
        {
            Detail = string.Create(CultureInfo.InvariantCulture, $"at byte {fault.BytePositionInLine + 1}");
            return RowFaultKind.NotJson;
        }
        catch (InvalidOperationException)
        {
            return RowFaultKind.LoneSurrogate;
        }
    }

    private static void SkipAll(ref Utf8JsonReader json)
    {
        while (json.Read())
        {
        }
    }

    private RowFaultKind ReadObject(ReadOnlySpan<byte> line, ref Utf8JsonReader json, int prefix)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var length = ReadName(ref json, prefix);
            json.Read();
            var fault = json.TokenType == JsonTokenType.StartObject
                ? ReadNested(line, ref json, length)
                : ReadValue(line, ref json, length);
            if (fault != RowFaultKind.None)
            {
                return fault;
            }
        }

        return RowFaultKind.None;
    }

    private RowFaultKind ReadNested(ReadOnlySpan<byte> line, ref Utf8JsonReader json, int length)
    {
        if (json.CurrentDepth >= MostDepth)
        {
            return RowFaultKind.TooDeep;
        }

        Room(ref _path, length, 1);
        _path[length] = (byte)'.';
        return ReadObject(line, ref json, length + 1);
    }

    /// <returns>Length of the path that the name makes.</returns>
    private int ReadName(ref Utf8JsonReader json, int prefix)
    {
        Room(ref _path, prefix, json.ValueSpan.Length);
        return prefix + json.CopyString(_path.AsSpan(prefix));
    }

    private RowFaultKind ReadValue(ReadOnlySpan<byte> line, ref Utf8JsonReader json, int pathLength)
    {
        var path = _path.AsSpan(0, pathLength);
        if (path.Contains((byte)0))
        {
            return RowFaultKind.NulCharacter;
        }

        var column = Find(path);
        if (column < 0 && !_isDiscovering && json.TokenType != JsonTokenType.Null)
        {
            Detail = DisplayText.Of(path);
            return RowFaultKind.UnknownKey;
        }

        if (column >= 0)
        {
            if (_seen[column] == _record)
            {
                Detail = DisplayText.Of(path);
                return RowFaultKind.DuplicateKey;
            }

            _seen[column] = _record;
            _literals[column] = json.TokenType != JsonTokenType.String;
        }

        Range cell;
        Range kept;
        switch (json.TokenType)
        {
            case JsonTokenType.StartArray:
                var fault = ReadList(line, ref json, out cell, out kept);
                if (fault != RowFaultKind.None)
                {
                    return fault;
                }

                break;
            case JsonTokenType.Null:
                cell = kept = _length.._length;
                break;
            default:
                cell = kept = AddText(ref json);
                break;
        }

        if (column >= 0)
        {
            _cells[column] = (cell, kept);
        }

        return RowFaultKind.None;
    }

    private RowFaultKind ReadList(ReadOnlySpan<byte> line, ref Utf8JsonReader json, out Range cell, out Range kept)
    {
        cell = kept = default;
        var start = (int)json.TokenStartIndex;
        var joined = _length;
        var isPlain = true;
        var hasObjects = false;
        var depth = json.CurrentDepth;
        while (json.Read() && !(json.TokenType == JsonTokenType.EndArray && json.CurrentDepth == depth))
        {
            if (json.CurrentDepth >= MostDepth)
            {
                return RowFaultKind.TooDeep;
            }

            hasObjects |= json.TokenType == JsonTokenType.StartObject;
            isPlain &= json.CurrentDepth == depth + 1
                && json.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False;
            if (isPlain)
            {
                if (_length != joined)
                {
                    Add(";"u8);
                }

                isPlain &= !_text.AsSpan(AddText(ref json)).ContainsAny((byte)';', (byte)'|');
            }
            else if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                // Read for its faults.
                _ = json.GetString();
            }
        }

        var text = line[start..(int)json.BytesConsumed];
        if (hasObjects && HasDuplicates(text))
        {
            return RowFaultKind.DuplicateKey;
        }

        cell = isPlain ? joined.._length : default;
        kept = Add(text);
        cell = isPlain ? cell : kept;
        return RowFaultKind.None;
    }

    private static bool HasDuplicates(ReadOnlySpan<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.ToArray(), Strict);
            return false;
        }
        catch (JsonException)
        {
            // That it is JSON is known already.
            return true;
        }
    }

    private Range AddText(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return Add(json.ValueSpan);
        }

        Room(ref _text, _length, json.ValueSpan.Length);
        var start = _length;
        _length += json.CopyString(_text.AsSpan(start));
        return start.._length;
    }

    private Range Add(ReadOnlySpan<byte> text)
    {
        Room(ref _text, _length, text.Length);
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
        return (_length - text.Length).._length;
    }

    private static void Room(ref byte[] buffer, int used, int more)
    {
        if (used + more > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + more));
        }
    }

    /// <summary>Keys mostly come in the order of the columns, so that the next one is tried first.</summary>
    private int Find(ReadOnlySpan<byte> path)
    {
        if (_expected < _names.Count && path.SequenceEqual(_names[_expected]))
        {
            return _expected++;
        }

        var name = Encoding.UTF8.GetString(path);
        if (!_columns.TryGetValue(name, out var column))
        {
            if (!_isDiscovering || path.IsEmpty)
            {
                return -1;
            }

            column = AddColumn(name);
        }

        _expected = column + 1;
        return column;
    }

    private int AddColumn(string name)
    {
        _columns.Add(name, _names.Count);
        _names.Add(Encoding.UTF8.GetBytes(name));
        _cells.Add(default);
        _seen.Add(0);
        _literals.Add(false);
        return _names.Count - 1;
    }
}
