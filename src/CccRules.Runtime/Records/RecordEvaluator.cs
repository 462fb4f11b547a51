using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
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
    private readonly NamedFacts _named;
    private readonly NamedList[] _lists;
    private readonly List<(int Fact, JsonElement Json, object? Value)> _pending = [];
    private readonly long[] _blank;

    internal RecordEvaluator(Ruleset ruleset, RecordBindingOptions options)
    {
        var facts = ruleset.Manifest.Facts;
        _run = new RecordRun(ruleset, [.. facts.Select(fact => fact.Name)]);
        _run.Assume(Answers(ruleset, options));
        _named = new NamedFacts([.. facts.TakeWhile(fact => fact.Role is FactRole.Field or FactRole.Question)], _run.Cells, _run.Cells.OtherFaults);
        _lists = [.. _run.Cells.Lists.Select(list => new NamedList(list, _run.Cells))];
        _blank = [.. _run.Cells.Facts];
    }

    public Ruleset Ruleset => _run.Ruleset;

    /// <summary>
    /// Classifies a record given by names. Values: <see cref="bool"/>, whole numbers, <see cref="decimal"/>, <see cref="string"/>,
    /// <see cref="DateOnly"/>, <see cref="HsCode"/>, <see cref="CountryCode"/>, enumerations by their members' names, collections of
    /// texts, for a list a collection of such dictionaries; null is "not known". Anything else, and names that no fact has, are faults of the answer.
    /// </summary>
    public Classification Evaluate(IEnumerable<KeyValuePair<string, object?>> record, DateOnly? asOf)
    {
        ArgumentNullException.ThrowIfNull(record);
        Begin();
        foreach (var (name, value) in record)
        {
            if (_named.Take(name, value) is >= 0 and var list)
            {
                _pending.Add((list, default, value));
            }
        }

        return End(asOf);
    }

    /// <summary>Classifies a JSON object: texts, numbers, true and false, arrays of texts for sets and of objects for lists; null is "not known".</summary>
    public Classification Evaluate(JsonElement record, DateOnly? asOf)
    {
        Begin();
        if (record.ValueKind != JsonValueKind.Object)
        {
            Fault("not a JSON object");
            return End(asOf);
        }

        foreach (var member in record.EnumerateObject())
        {
            if (_named.Take(member) is >= 0 and var list)
            {
                _pending.Add((list, member.Value, null));
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
            Fault($"not JSON: {fault.Message.TrimEnd('.')}");
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
        _run.Next();
        _pending.Clear();
        _blank.CopyTo(_run.Cells.Facts, 0);
        _named.Begin();
    }

    private Classification End(DateOnly? asOf)
    {
        _run.JudgeBy(asOf);
        foreach (var (fact, json, value) in _pending)
        {
            Read(fact, json, value);
        }

        _named.CheckRequired();
        return new Classification(_run, _run.Evaluate(out var outcomes), outcomes, ref Unsafe.NullRef<byte>());
    }

    private void Read(int fact, JsonElement json, object? value)
    {
        if (value is null ? json.ValueKind != JsonValueKind.Array : value is string or not IEnumerable)
        {
            _named.WrongType(fact, value is null ? NamedFacts.Words(json.ValueKind) : $"a `{TypeNames.Of(value.GetType())}`");
            return;
        }

        // A list that no rule asks about is read past.
        if (Array.Find(_lists, list => list.Fact == fact) is { } list)
        {
            if (value is null)
            {
                list.Read(json);
            }
            else
            {
                list.Read((IEnumerable)value);
            }
        }
    }

    private void Fault(string message) => _run.Cells.OtherFaults.Add(new RecordFault("", null, "CCC8313", message));
}
