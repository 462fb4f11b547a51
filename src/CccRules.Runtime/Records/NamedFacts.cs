using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Records;

/// <summary>
/// Reads facts that are given by their names in the rules: those of a record, or those of an entry of a list. A text is read as it would stand in a file.
/// </summary>
internal sealed class NamedFacts
{
    private readonly RecordCells _cells;
    private readonly List<RecordFault> _faults;
    private readonly ImmutableArray<FactSchema> _facts;
    private readonly MemberNames _names;
    private readonly bool[] _given;

    /// <param name="facts">The facts that can be given: the first ones of the cells.</param>
    /// <param name="cells">Where they go.</param>
    /// <param name="faults">Where faults go that belong to no single fact.</param>
    public NamedFacts(ImmutableArray<FactSchema> facts, RecordCells cells, List<RecordFault> faults)
    {
        _facts = facts;
        _cells = cells;
        _faults = faults;
        _names = new MemberNames([.. facts.Select(fact => fact.Name)]);
        _given = new bool[facts.Length];
    }

    /// <summary>What stands before names in faults: <c>certificates[2].</c></summary>
    public string Origin { get; set; } = "";

    public void Begin() => Array.Clear(_given);

    /// <summary>Takes a value. One of a list is given back for later, as its entries may ask for the other facts.</summary>
    /// <returns>The list's fact; -1 where nothing is left to do.</returns>
    public int Take(string name, object? value)
    {
        var fact = Find(name);
        if (fact >= 0 && _facts[fact].Kind == FactKind.List)
        {
            return value is null ? -1 : fact;
        }

        if (fact >= 0)
        {
            Set(fact, name, value);
        }

        return -1;
    }

    /// <inheritdoc cref="Take(string, object?)"/>
    public int Take(JsonProperty member)
    {
        var fact = _names.Find(JsonMarshal.GetRawUtf8PropertyName(member));
        // A name with escapes is spelt out only where it has to be.
        fact = fact >= 0 ? Take(fact) : Find(member.Name);
        if (fact >= 0 && _facts[fact].Kind == FactKind.List)
        {
            return member.Value.ValueKind == JsonValueKind.Null ? -1 : fact;
        }

        if (fact >= 0)
        {
            Set(fact, member.Value);
        }

        return -1;
    }

    public void CheckRequired()
    {
        foreach (var fact in _facts)
        {
            if (fact.IsRequired)
            {
                _cells.Facts[fact.Index] = _cells.Required(_cells.Facts[fact.Index], fact.Index);
            }
        }
    }

    /// <summary>Notes that a value is of a type that its fact cannot have.</summary>
    public void WrongType(int fact, string type)
    {
        var schema = _facts[fact];
        Fault(schema.Name, schema, "CCC8313", $"{type} cannot be {RecordRules.Words(schema)}");
    }

    public static string Words(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a text",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "an array",
        JsonValueKind.Null => "null",
        _ => "an object",
    };

    /// <summary>The fact with a name, the first time that a record gives it; else -1 and a fault.</summary>
    private int Find(string name)
    {
        Span<byte> buffer = stackalloc byte[512];
        var fact = Encoding.UTF8.TryGetBytes(name, buffer, out var length) ? _names.Find(buffer[..length]) : -1;
        if (fact < 0)
        {
            Fault(name, null, "CCC8312", FactNameMatch.Nearest(name, _facts.Select(known => known.Name)) is { } nearest
                ? $"the rules have no such fact; a similar name exists: `{nearest}`"
                : "the rules have no such fact");
            return -1;
        }

        return Take(fact);
    }

    private int Take(int fact)
    {
        if (_given[fact])
        {
            _cells.Facts[fact] = Fact.Missing;
            Fault(_facts[fact].Name, _facts[fact], "CCC8313", "given twice");
            return -1;
        }

        _given[fact] = true;
        return fact;
    }

    private void Fault(string name, FactSchema? fact, string code, string message) =>
        _faults.Add(new RecordFault(Origin + name, fact, code, message));

    private void Set(int fact, string name, object? value)
    {
        var cells = _cells;
        var kind = _facts[fact].Kind;
        ref var into = ref cells.Facts[fact];
        switch (value)
        {
            case null:
                break;
            case string text:
                into = cells.Cell(text, fact);
                break;
            case bool yes when kind == FactKind.YesNo:
                into = yes ? 1 : 0;
                break;
            case DateOnly date when kind == FactKind.Date:
                into = date.DayNumber;
                break;
            case decimal number when kind == FactKind.Decimal:
                into = cells.Decimal(number, fact);
                break;
            case HsCode code when kind == FactKind.HsCode:
                into = cells.HsCodeValue(code, fact);
                break;
            case CountryCode country when kind == FactKind.Country:
                into = cells.CountryValue(country, fact);
                break;
            case ulong and > long.MaxValue when kind is FactKind.Integer or FactKind.Decimal or FactKind.Days or FactKind.Months:
                cells.Fault(fact, FactFault.IntegerTooLarge);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong when kind is FactKind.Integer or FactKind.Decimal or FactKind.Days or FactKind.Months:
                var whole = value is ulong large ? (long)large : Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
                into = kind switch
                {
                    FactKind.Integer => cells.Integer(whole, fact),
                    FactKind.Decimal => cells.WholeDecimal(whole, fact),
                    _ => cells.Duration(whole, fact),
                };
                break;
            case Enum member when kind == FactKind.Member:
                into = SetMember(fact, member);
                break;
            case IEnumerable<string> items when kind == FactKind.Members:
                into = cells.Set(items, fact, new NameItemMap(_facts[fact]), Fact.Missing);
                break;
            default:
                WrongType(fact, $"a `{TypeNames.Of(value.GetType())}`");
                break;
        }

        Debug.Assert(name == _facts[fact].Name, "names are found exactly");
    }

    private long SetMember(int fact, Enum member)
    {
        var key = FactNameMatch.Key(member.ToString());
        for (var ordinal = 0; ordinal < _facts[fact].Members.Length; ordinal++)
        {
            if (FactNameMatch.Key(_facts[fact].Members[ordinal]) == key)
            {
                return ordinal;
            }
        }

        return _cells.Fault(fact, FactFault.UnknownMember);
    }

    private void Set(int fact, JsonElement value)
    {
        ref var into = ref _cells.Facts[fact];
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                break;
            case JsonValueKind.String:
                var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
                into = raw.Contains((byte)'\\') ? SetEscaped(fact, value) : _cells.Cell(raw, fact);
                break;
            case JsonValueKind.Number when _facts[fact].Kind is FactKind.Integer or FactKind.Decimal or FactKind.Days or FactKind.Months:
                into = _cells.Cell(JsonMarshal.GetRawUtf8Value(value), fact);
                break;
            case JsonValueKind.True or JsonValueKind.False when _facts[fact].Kind == FactKind.YesNo:
                into = value.ValueKind == JsonValueKind.True ? 1 : 0;
                break;
            case JsonValueKind.Array when _facts[fact].Kind == FactKind.Members:
                SetItems(fact, value);
                break;
            default:
                WrongType(fact, Words(value.ValueKind));
                break;
        }
    }

    private long SetEscaped(int fact, JsonElement value)
    {
        try
        {
            return _cells.Cell(value.GetString(), fact);
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair.
            return _cells.Fault(fact, FactFault.InvalidUtf8);
        }
    }

    private void SetItems(int fact, JsonElement value)
    {
        var members = 0L;
        foreach (var item in value.EnumerateArray())
        {
            var ordinal = item.ValueKind == JsonValueKind.String ? _facts[fact].Members.IndexOf(NameOf(item)) : -1;
            if (ordinal < 0)
            {
                members = _cells.Fault(fact, FactFault.UnknownMember);
                break;
            }

            members |= 1L << ordinal;
        }

        _cells.Facts[fact] = members;
    }

    private static string NameOf(JsonElement item)
    {
        try
        {
            return item.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
