using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Trade;

namespace CccRules.Runtime.Records;

/// <summary>
/// Classifies records that have no type of their own: dictionaries and JSON objects, by the rules' own names. A text is read as it would
/// stand in a file, whatever the fact: <c>"2026-03-01"</c>, <c>"100 Wh"</c>, <c>"none"</c>. Belongs to one thread.
/// </summary>
public sealed class RecordEvaluator
{
    private readonly RecordRun _run;
    private readonly ImmutableArray<FactSchema> _facts;
    private readonly MemberNames _names;
    private readonly bool[] _given;
    private readonly long[] _blank;

    internal RecordEvaluator(Ruleset ruleset, RecordBindingOptions options)
    {
        _facts = ruleset.Manifest.Facts;
        _run = new RecordRun(ruleset, [.. _facts.Select(fact => fact.Name)]);
        _run.Assume(Answers(ruleset, options));
        _names = new MemberNames([.. _facts.Where(fact => fact.Role != FactRole.EvaluationDate).Select(fact => fact.Name)]);
        _given = new bool[_facts.Length];
        _blank = [.. _run.Cells.Facts];
    }

    public Ruleset Ruleset => _run.Ruleset;

    /// <summary>
    /// Classifies a record given by names. Values: <see cref="bool"/>, whole numbers, <see cref="decimal"/>, <see cref="string"/>,
    /// <see cref="DateOnly"/>, <see cref="HsCode"/>, <see cref="CountryCode"/>, enumerations by their members' names, collections of
    /// texts; null is "not known". Anything else, and names that no fact has, are faults of the answer.
    /// </summary>
    public Classification Evaluate(IEnumerable<KeyValuePair<string, object?>> record, DateOnly? asOf)
    {
        ArgumentNullException.ThrowIfNull(record);
        Begin();
        foreach (var (name, value) in record)
        {
            if (Find(name) is >= 0 and var fact)
            {
                Set(fact, name, value);
            }
        }

        return End(asOf);
    }

    /// <summary>Classifies a JSON object: texts, numbers, true and false, arrays of texts for sets; null is "not known".</summary>
    public Classification Evaluate(JsonElement record, DateOnly? asOf)
    {
        Begin();
        if (record.ValueKind != JsonValueKind.Object)
        {
            Fault("", null, "CCC8313", "not a JSON object");
            return End(asOf);
        }

        foreach (var member in record.EnumerateObject())
        {
            var fact = _names.Find(JsonMarshal.GetRawUtf8PropertyName(member));
            // A name with escapes is spelt out only where it has to be.
            fact = fact >= 0 ? Take(fact) : Find(member.Name);
            if (fact >= 0)
            {
                Set(fact, member.Value);
            }
        }

        return End(asOf);
    }

    /// <summary>Classifies a JSON object in UTF-8. What is no JSON is a fault of the answer too, and every fact is then unknown.</summary>
    public Classification EvaluateJson(ReadOnlyMemory<byte> utf8Json, DateOnly? asOf)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json);
            return Evaluate(document.RootElement, asOf);
        }
        catch (JsonException fault)
        {
            Begin();
            Fault("", null, "CCC8313", $"not JSON: {fault.Message.TrimEnd('.')}");
            return End(asOf);
        }
    }

    private static ImmutableArray<(int Fact, bool Answer)> Answers(Ruleset ruleset, RecordBindingOptions options)
    {
        var questions = ruleset.Manifest.Facts.Where(fact => fact.Role == FactRole.Question).ToList();
        return
        [
            .. options.Assumptions.Select(entry => questions.Find(question => question.Name == entry.Key) is { } question
                ? (question.Index, entry.Value)
                : throw new RecordBindingException([RecordRules.UnknownQuestion("record", entry.Key, FactNameMatch.Nearest(entry.Key, questions.Select(known => known.Name)))])),
        ];
    }

    private void Begin()
    {
        _run.Cells.Next();
        _run.OtherFaults.Clear();
        _blank.CopyTo(_run.Cells.Facts, 0);
        Array.Clear(_given);
    }

    private Classification End(DateOnly? asOf)
    {
        foreach (var fact in _facts)
        {
            if (fact.IsRequired)
            {
                _run.Cells.Facts[fact.Index] = _run.Cells.Required(_run.Cells.Facts[fact.Index], fact.Index);
            }
        }

        return _run.Evaluate(asOf);
    }

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
            _run.Cells.Facts[fact] = Fact.Missing;
            Fault(_facts[fact].Name, _facts[fact], "CCC8313", "given twice");
            return -1;
        }

        _given[fact] = true;
        return fact;
    }

    private void Fault(string name, FactSchema? fact, string code, string message) =>
        _run.OtherFaults.Add(new RecordFault(name, fact, code, message));

    private void WrongType(int fact, string type)
    {
        var schema = _facts[fact];
        Fault(schema.Name, schema, "CCC8313", $"{type} cannot be {RecordRules.Words(schema)}");
    }

    private void Set(int fact, string name, object? value)
    {
        var cells = _run.Cells;
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

        return _run.Cells.Fault(fact, FactFault.UnknownMember);
    }

    private void Set(int fact, JsonElement value)
    {
        ref var into = ref _run.Cells.Facts[fact];
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                break;
            case JsonValueKind.String:
                var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
                into = raw.Contains((byte)'\\') ? SetEscaped(fact, value) : _run.Cells.Cell(raw, fact);
                break;
            case JsonValueKind.Number when _facts[fact].Kind is FactKind.Integer or FactKind.Decimal or FactKind.Days or FactKind.Months:
                into = _run.Cells.Cell(JsonMarshal.GetRawUtf8Value(value), fact);
                break;
            case JsonValueKind.True or JsonValueKind.False when _facts[fact].Kind == FactKind.YesNo:
                into = value.ValueKind == JsonValueKind.True ? 1 : 0;
                break;
            case JsonValueKind.Array when _facts[fact].Kind == FactKind.Members:
                SetItems(fact, value);
                break;
            default:
                WrongType(fact, value.ValueKind switch
                {
                    JsonValueKind.Number => "a number",
                    JsonValueKind.True or JsonValueKind.False => "true or false",
                    JsonValueKind.Array => "an array",
                    _ => "an object",
                });
                break;
        }
    }

    private long SetEscaped(int fact, JsonElement value)
    {
        try
        {
            return _run.Cells.Cell(value.GetString(), fact);
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair.
            return _run.Cells.Fault(fact, FactFault.InvalidUtf8);
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
                members = _run.Cells.Fault(fact, FactFault.UnknownMember);
                break;
            }

            members |= 1L << ordinal;
        }

        _run.Cells.Facts[fact] = members;
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
