using System.Collections.Immutable;
using System.Text;
using CccRules.Batch.Lists;
using CccRules.Batch.Mapping.Forms;
using CccRules.Batch.Sources;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Batch.Mapping;

/// <summary>Finds everything that does not fit before the first record is read.</summary>
internal sealed class LayoutBuilder
{
    private readonly IRecordSource _source;
    private readonly RulesetManifest _manifest;
    private readonly BatchOptions _options;
    private readonly List<BatchProblem> _problems = [];
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FactSchema> _facts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, FieldBinding> _fields = [];
    private readonly SortedDictionary<int, ListBinding> _lists = [];
    private readonly SortedDictionary<int, ConstantBinding> _constants = [];

    public LayoutBuilder(IRecordSource source, RulesetManifest manifest, BatchOptions options)
    {
        _source = source;
        _manifest = manifest;
        _options = options;
        for (var i = 0; i < source.Columns.Length; i++)
        {
            _columns.Add(source.Columns[i], i);
        }

        foreach (var fact in manifest.Facts)
        {
            // The evaluation date is no field: --as-of says it. What is derived is not given, and nobody reads a list that no rule asks about.
            if (fact.Role is FactRole.Field or FactRole.Question && (fact.Kind != FactKind.List || manifest.Lists.Any(list => list.Fact == fact.Index)))
            {
                _facts.TryAdd(fact.Name, fact);
            }
        }
    }

    public RecordLayout Build()
    {
        foreach (var entry in _options.Mapping.Entries)
        {
            Apply(entry);
        }

        MapIdenticalNames();
        CheckFilled();
        var (dateFact, dateField, day) = FindEvaluationDate();
        var kept = FindKept();
        if (_problems.Count != 0)
        {
            throw new BatchSetupException([.. _problems]);
        }

        var used = _fields.Values.Select(field => field.Column).Concat(_lists.Values.Select(list => list.Column)).ToHashSet();
        return new RecordLayout
        {
            Manifest = _manifest,
            Norms = _options.Norms.IsEmpty ? _manifest.Norms : [.. _options.Norms.Order().Distinct().Select(norm => _manifest.Norms[norm])],
            Columns = _source.Columns,
            Kept = kept,
            IgnoredColumns = [.. _source.Columns.Where((_, column) => !used.Contains(column))],
            UnfilledFields = [.. Unfilled().Select(fact => fact.Name)],
            Fields = [.. _fields.Values],
            Lists = [.. _lists.Values],
            Constants = [.. _constants.Values],
            EvaluationDateFact = dateFact,
            EvaluationDateField = dateField,
            EvaluationDay = day,
            ChapterFact = FirstOf(FactKind.HsCode),
            MonthFact = dateField >= 0 ? dateField : FirstOf(FactKind.Date),
        };
    }

    /// <summary>The first fact of a kind that a column feeds; -1 without one.</summary>
    private int FirstOf(FactKind kind) =>
        _fields.Values.FirstOrDefault(field => field.Reader.Schema.Kind == kind)?.Fact ?? -1;

    private void Apply(MappingEntry entry)
    {
        if (!_facts.TryGetValue(entry.Field, out var fact))
        {
            Report(BatchProblemKind.UnknownField, $"{entry.Origin}: the ruleset has no field '{Shown(entry.Field)}'");
            return;
        }

        if (IsFed(fact))
        {
            Report(BatchProblemKind.FieldMappedTwice, $"{entry.Origin}: the field '{fact.Name}' is already mapped");
            return;
        }

        if (entry.Constant is { } constant)
        {
            AddConstant(fact, constant, entry.Origin);
        }
        else if (entry.Column is { } name && _columns.TryGetValue(name, out var column))
        {
            if (entry.Form is { } form && (fact.Kind == FactKind.List || !form.Fits(fact.Kind)))
            {
                Report(BatchProblemKind.ProfileSyntax, $"{entry.Origin}: the field '{fact.Name}' cannot be written 'as {form.Text}'");
            }

            AddField(fact, column, entry.Form);
        }
        else
        {
            Report(BatchProblemKind.UnknownColumn, $"{entry.Origin}: the data have no column '{Shown(entry.Column ?? "")}'{Hint()}");
        }
    }

    private void AddConstant(FactSchema fact, string constant, string origin)
    {
        if (fact.Kind == FactKind.List)
        {
            Report(BatchProblemKind.WrongConstant, $"{origin}: '{fact.Name}' is a list; a column has to give its entries");
            return;
        }

        var value = Encoding.UTF8.GetBytes(constant);
        var reader = new FactReader(fact);
        var fault = reader.Read(value, new TextDictionary(), out _);
        if (fault != FactFault.None)
        {
            Report(
                BatchProblemKind.WrongConstant,
                $"{origin}: '{Shown(constant)}' is no value of '{fact.Name}': {fault.Describe(fact)} ({fault.Code()})");
        }

        _constants.Add(fact.Index, new ConstantBinding(fact.Index, reader, value));
    }

    private void AddField(FactSchema fact, int column, ValueForm? form = null)
    {
        if (fact.Kind == FactKind.List)
        {
            var list = _manifest.Lists.First(list => list.Fact == fact.Index);
            _lists.Add(fact.Index, new ListBinding(column, _manifest.Lists.IndexOf(list), fact, list));
            return;
        }

        _fields.Add(fact.Index, new FieldBinding(column, fact.Index, new FactReader(fact), fact is not { IsKey: true, Kind: FactKind.Text }, form));
    }

    private bool IsFed(FactSchema fact) => _fields.ContainsKey(fact.Index) || _lists.ContainsKey(fact.Index) || _constants.ContainsKey(fact.Index);

    private void MapIdenticalNames()
    {
        // A column that the mapping sends elsewhere does not also feed the field of its own name.
        var mapped = _fields.Values.Select(field => field.Column).Concat(_lists.Values.Select(list => list.Column)).ToHashSet();
        foreach (var (name, column) in _columns)
        {
            if (!mapped.Contains(column)
                && _facts.TryGetValue(name, out var fact)
                && fact.Role == FactRole.Field
                && !IsFed(fact))
            {
                AddField(fact, column);
            }
        }
    }

    private void CheckFilled()
    {
        var required = Unfilled().Where(fact => fact.IsRequired).Select(fact => fact.Name).ToArray();
        if (required.Length != 0)
        {
            Report(
                BatchProblemKind.RequiredFieldUnmapped,
                $"no column feeds the required {(required.Length == 1 ? "field" : "fields")} {string.Join(", ", required)}{Hint()}");
        }
        else if (_fields.Count == 0 && _lists.Count == 0 && _facts.Count != 0)
        {
            Report(BatchProblemKind.NothingMapped, $"no column of the data feeds a field of the ruleset{Hint()}");
        }
    }

    private IEnumerable<FactSchema> Unfilled() => _facts.Values
        .Where(fact => fact.Role == FactRole.Field && !IsFed(fact))
        .OrderBy(fact => fact.Index);

    private (int Fact, int Field, long Day) FindEvaluationDate()
    {
        var last = _manifest.Facts.LastOrDefault();
        var fact = last?.Role == FactRole.EvaluationDate ? last.Index : -1;
        if (_options.AsOf?.Day is { } day)
        {
            return (fact, -1, day.DayNumber);
        }

        if (_options.AsOf?.FieldName is not { } name)
        {
            return (fact, -1, Fact.Missing);
        }

        if (!_facts.TryGetValue(name, out var field) || field.Kind != FactKind.Date)
        {
            Report(
                BatchProblemKind.WrongEvaluationDate,
                $"the evaluation date '{Shown(name)}' is neither a date (yyyy-mm-dd) nor a date field of the ruleset");
            return (fact, -1, Fact.Missing);
        }

        if (!_fields.ContainsKey(field.Index) && !_constants.ContainsKey(field.Index))
        {
            Report(BatchProblemKind.WrongEvaluationDate, $"the evaluation date is '{name}', but no column feeds that field");
        }

        return (fact, field.Index, Fact.Missing);
    }

    private ImmutableArray<int> FindKept()
    {
        var all = Enumerable.Range(0, _source.Columns.Length).ToImmutableArray();
        if (_options.Keep.Names is { } names)
        {
            var kept = ImmutableArray.CreateBuilder<int>();
            foreach (var name in names)
            {
                if (_columns.TryGetValue(name, out var column))
                {
                    kept.Add(column);
                }
                else
                {
                    Report(BatchProblemKind.UnknownColumn, $"the data have no column '{Shown(name)}' to keep{Hint()}");
                }
            }

            return kept.ToImmutable();
        }

        if (!_options.Keep.IsKeyOnly)
        {
            return all;
        }

        var keys = _fields.Values.Where(field => field.Reader.Schema.IsKey).Select(field => field.Column).Distinct().ToImmutableArray();
        return keys.IsEmpty ? all : keys;
    }

    private void Report(BatchProblemKind kind, string message) => _problems.Add(new BatchProblem(kind, message));

    private string Hint() => _source.FormatHint is { } hint ? $"; {hint}" : "";

    private static string Shown(string name) => DisplayText.Of(Encoding.UTF8.GetBytes(name));
}
