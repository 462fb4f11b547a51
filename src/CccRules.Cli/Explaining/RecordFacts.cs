using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CccRules.Batch;
using CccRules.Batch.Mapping;
using CccRules.Batch.Sources;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Proof;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Explaining;

/// <summary>The facts of one record, put together from a file and from what was typed.</summary>
internal sealed class RecordFacts
{
    private static readonly JsonDocumentOptions JsonOptions = new() { AllowDuplicateProperties = false };

    private readonly RulesetManifest _manifest;
    private readonly long[] _values;
    private readonly RecordLists _lists;

    public RecordFacts(RulesetManifest manifest)
    {
        _manifest = manifest;
        _lists = new RecordLists(manifest);
        _values = new long[manifest.Facts.Length];
        Array.Fill(_values, Fact.Missing);
    }

    /// <summary>One number a fact, as <see cref="Fact"/> says.</summary>
    public ReadOnlySpan<long> Values => _values;

    /// <summary>Texts of the text facts.</summary>
    public TextDictionary Texts { get; private set; } = new();

    /// <summary>The record as proofs take it.</summary>
    public Assignment ToAssignment()
    {
        var record = Assignment.Empty;
        for (var fact = 0; fact < _values.Length; fact++)
        {
            record = _values[fact] == Fact.Missing ? record
                : _manifest.Facts[fact].Kind == FactKind.Text && Fact.IsKnown(_values[fact]) ? record.With(fact, Texts[(int)_values[fact]])
                : record.With(fact, _values[fact]);
        }

        return record;
    }

    private IEnumerable<FactSchema> Settable => _manifest.Facts.Where(fact => fact.Role is FactRole.Field or FactRole.Question);

    /// <summary>Takes a row of a file.</summary>
    /// <param name="row">Which record, from 1; the header and empty lines are none.</param>
    /// <exception cref="CommandException">There is no such row, or it is no record.</exception>
    /// <exception cref="BatchSetupException">The file does not fit the rules.</exception>
    public void Read(IRecordSource source, BatchOptions options, long row)
    {
        var batch = new RecordBatch(RecordLayout.Create(source, _manifest, options));
        var before = 0L;
        while (source.Fill(batch))
        {
            if (row <= source.RowsRead)
            {
                var (line, good, rejected) = Rows(batch).ElementAt((int)(row - before) - 1);
                if (rejected is not null)
                {
                    throw CommandFaults.UnreadableRow(line, Reasons(rejected));
                }

                Take(batch, good);
                return;
            }

            before = source.RowsRead;
            batch.Clear();
        }

        throw CommandFaults.WrongValue($"there is no row {row}", $"the records have {DiagnosticReport.Count(source.RowsRead, "row")}");
    }

    /// <summary>Every row of a file as a record of its own, in the order of the file.</summary>
    /// <returns>Null facts and the reasons for a row that is no record.</returns>
    /// <exception cref="BatchSetupException">The file does not fit the rules.</exception>
    public static IEnumerable<(long Line, RecordFacts? Facts, ImmutableArray<string> Reasons)> ReadAll(IRecordSource source, BatchOptions options, RulesetManifest manifest)
    {
        var layout = RecordLayout.Create(source, manifest, options with { Keep = KeptColumns.Key });
        var batch = new RecordBatch(layout);
        // No rule reads a text that is a key, so it is no column of the batch; it comes along as a kept cell.
        var key = manifest.Facts.FirstOrDefault(fact => fact is { IsKey: true, Kind: FactKind.Text } && !layout.UnfilledFields.Contains(fact.Name));
        while (source.Fill(batch))
        {
            foreach (var (line, row, rejected) in Rows(batch))
            {
                if (rejected is not null)
                {
                    yield return (line, null, Reasons(rejected));
                    continue;
                }

                var record = new RecordFacts(manifest);
                record.Take(batch, row);
                if (key is not null)
                {
                    record._values[key.Index] = record.Texts.Intern(Encoding.UTF8.GetString(batch.KeptCell(row, 0)));
                }

                yield return (line, record, []);
            }

            batch.Clear();
        }
    }

    /// <summary>Takes the members of a JSON object as facts.</summary>
    /// <exception cref="CommandException">It is no such object, or a value does not fit.</exception>
    public void ReadJson(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json, JsonOptions);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw CommandFaults.WrongValue($"`{path}` is no JSON object", "write the facts as {\"hs_code\": \"8507.60\", \"quantity\": 2}");
            }

            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (_manifest.Facts.FirstOrDefault(fact => fact.Kind == FactKind.List && fact.Name == member.Name) is { } list && member.Value.ValueKind != JsonValueKind.Null)
                {
                    _lists.Read(list, member.Value, Texts, path);
                }
                else if (member.Value.ValueKind != JsonValueKind.Null)
                {
                    Set(member.Name, TextOf(member.Value, member.Name, path), path);
                }
            }
        }
        catch (JsonException fault)
        {
            throw CommandFaults.WrongValue($"`{path}` is no JSON: {FailureReason.Of(fault)}");
        }
    }

    /// <param name="entry">Such as <c>hs_code=8507.60</c>.</param>
    /// <exception cref="CommandException">There is no such field, or the value is none of its values.</exception>
    public void Set(string entry)
    {
        var equals = entry.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            throw CommandFaults.WrongValue($"`--set {entry}` gives no value", "write it as --set field=value");
        }

        Set(entry[..equals].Trim(), entry[(equals + 1)..], "--set");
    }

    /// <summary>A fact as it is written in data, with its unit; null where it is not known.</summary>
    public string? Written(FactSchema fact)
    {
        if (fact.Kind == FactKind.List)
        {
            return _lists.CountOf(fact) is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "entry" : "entries")}") : null;
        }

        var value = _values[fact.Index];
        var unit = fact is { Unit: { } symbol, Kind: FactKind.Integer or FactKind.Decimal } && Fact.IsKnown(value) ? $" {symbol}" : "";
        return value == Fact.Missing ? null : FactFormatter.Format(fact, value, Texts) + unit;
    }

    public void Assume(FactSchema question, bool answer) => _values[question.Index] = answer ? 1 : 0;

    /// <summary>Sets the date by which the record is judged; last, as a field may say it.</summary>
    /// <exception cref="CommandException">There is no such date field.</exception>
    public void JudgeBy(EvaluationDate? date)
    {
        var to = _manifest.Facts.Single(fact => fact.Role == FactRole.EvaluationDate).Index;
        if (date?.Day is { } day)
        {
            _values[to] = day.DayNumber;
        }
        else if (date?.FieldName is { } name)
        {
            var value = _values[FactNames.Find(name, Settable.Where(fact => fact.Kind == FactKind.Date), "date field").Index];
            _values[to] = Fact.IsKnown(value) ? value : Fact.Missing;
        }
    }

    /// <summary>Says what follows from the record's lists; when all else is set.</summary>
    public void Derive(Ruleset ruleset) => Derive(ruleset, _values);

    /// <summary>The same for the record with other values: what is asked of a list's entries may hang on them.</summary>
    public void Derive(Ruleset ruleset, long[] values) => _lists.Derive(ruleset, values, Texts);

    /// <summary>Good rows and refused ones are kept apart; their lines tell the order that they had.</summary>
    private static IEnumerable<(long Line, int Row, RejectedRow? Rejected)> Rows(RecordBatch batch) =>
        Enumerable.Range(0, batch.Count).Select(row => (Line: batch.LineOf(row), Row: row, Rejected: default(RejectedRow)))
            .Concat(batch.Rejected.Select(row => (row.Line, Row: -1, Rejected: (RejectedRow?)row)))
            .OrderBy(row => row.Line);

    private static ImmutableArray<string> Reasons(RejectedRow rejected) =>
        [.. rejected.Faults.Select(fault => fault.Column.Length == 0 ? fault.Reason : $"{fault.Column} `{fault.Value}`: {fault.Reason}")];

    private void Take(RecordBatch batch, int row)
    {
        var date = _values[^1];
        batch.Columns.CopyRow(row, _values);
        _values[^1] = date;
        _lists.Take(batch, row);
        Texts = batch.Columns.Texts;
    }

    private void Set(string name, string text, string origin)
    {
        var fact = FactNames.Find(name, Settable, "field");
        if (fact.Kind == FactKind.List)
        {
            throw CommandFaults.WrongValue($"{origin}: `{name}` is a list", "give its entries in a JSON file: --json FILE");
        }

        var fault = new FactReader(fact).Read(Encoding.UTF8.GetBytes(text), Texts, out var value);
        if (fault != FactFault.None)
        {
            ImmutableArray<string> help = [.. Suggestions.Nearest(text, fact.Members).Select(near => $"a similar value exists: `{near}`")];
            throw CommandFaults.WrongValue($"{origin}: `{text}` is no value of `{name}`: {fault.Describe(fact)}", help);
        }

        _values[fact.Index] = value;
    }

    /// <summary>A JSON value as it would stand in a CSV file.</summary>
    public static string TextOf(JsonElement value, string name, string path) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array when value.GetArrayLength() == 0 => "{}",
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            string.Join(';', value.EnumerateArray().Select(item => item.GetString())),
        _ => throw CommandFaults.WrongValue($"`{path}`: `{name}` is neither a text, a number, true, false, null nor a list of texts"),
    };
}
