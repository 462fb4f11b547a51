using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Records;

/// <summary>A property or field that holds a fact.</summary>
internal sealed record RecordColumn(FactSchema Fact, MemberInfo Member, FactConversion Conversion);

/// <summary>Which property of a type holds which fact, and what is wrong with that.</summary>
internal sealed class RecordPlan
{
    private readonly Dictionary<FactSchema, MemberInfo> _held = [];
    private readonly string _type;
    private readonly List<FactSchema> _fields;

    private RecordPlan(string type, RulesetManifest manifest)
    {
        _type = type;
        _fields = [.. manifest.Facts.Where(fact => fact.Role == FactRole.Field)];
    }

    public List<RecordColumn> Columns { get; } = [];

    public List<RecordDiagnostic> Diagnostics { get; } = [];

    public bool HasErrors => Diagnostics.Exists(diagnostic => diagnostic.Severity == RecordDiagnosticSeverity.Error);

    public static RecordPlan Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>(RulesetManifest manifest)
    {
        var plan = new RecordPlan(typeof(T).Name, manifest);
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            {
                plan.Add(property, property.PropertyType);
            }
        }

        foreach (var field in typeof(T).GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            plan.Add(field, field.FieldType);
        }

        plan.CheckUnheld(manifest);
        return plan;
    }

    private void Add(MemberInfo member, Type type)
    {
        if (member.GetCustomAttribute<NotAFactAttribute>() is not null)
        {
            return;
        }

        var name = $"{_type}.{member.Name}";
        var attribute = member.GetCustomAttribute<RecordFactAttribute>();
        if (Find(member, attribute, name) is not { } fact)
        {
            return;
        }

        if (!_held.TryAdd(fact, member))
        {
            Diagnostics.Add(RecordRules.Ambiguous(name, $"`{fact.Name}` is held by `{_type}.{_held[fact].Name}` already"));
            return;
        }

        CheckUnit(attribute, fact, name);
        var before = Diagnostics.Count;
        if (FactConversion.Create(fact, type, attribute?.NullIsNone ?? false, name, Diagnostics) is { } conversion)
        {
            Columns.Add(new RecordColumn(fact, member, conversion));
            if (fact.AllowsNone && !conversion.CanSayNone && Diagnostics.Count == before)
            {
                Diagnostics.Add(RecordRules.CannotSayNone(name, fact, TypeNames.Of(Nullable.GetUnderlyingType(type) ?? type)));
            }
        }
    }

    /// <summary>The fact that a property holds: the one it names, else the one with its name, else the one with its name less the unit.</summary>
    private FactSchema? Find(MemberInfo member, RecordFactAttribute? attribute, string name)
    {
        if (attribute?.Name is { } given)
        {
            if (_fields.Find(fact => fact.Name == given) is { } named)
            {
                return named;
            }

            Diagnostics.Add(RecordRules.UnknownFact(name, given, FactNameMatch.Nearest(given, _fields.Select(fact => fact.Name))));
            return null;
        }

        var key = FactNameMatch.Key(member.Name);
        var candidates = _fields.FindAll(fact => FactNameMatch.Key(fact.Name) == key);
        if (candidates.Count == 0)
        {
            candidates = _fields.FindAll(fact => fact.Unit is { } unit && FactNameMatch.Key(fact.Name + unit) == key);
        }

        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        Diagnostics.Add(candidates.Count == 0
            ? RecordRules.UnknownProperty(name, FactNameMatch.Nearest(member.Name, _fields.Select(fact => fact.Name)))
            : RecordRules.Ambiguous(name, $"it could be `{candidates[0].Name}` or `{candidates[1].Name}`"));
        return null;
    }

    private void CheckUnit(RecordFactAttribute? attribute, FactSchema fact, string name)
    {
        if (attribute?.Unit is { } unit && unit != fact.Unit)
        {
            Diagnostics.Add(RecordRules.WrongUnit(name, fact, unit));
        }
    }

    private void CheckUnheld(RulesetManifest manifest)
    {
        var read = manifest.Graph.Values.Select(value => value.Fact).ToHashSet();
        foreach (var fact in _fields.Where(fact => !_held.ContainsKey(fact)))
        {
            if (fact.IsRequired)
            {
                Diagnostics.Add(RecordRules.RequiredFact(_type, fact));
            }
            else if (read.Contains(fact.Index))
            {
                Diagnostics.Add(RecordRules.UnheldFact(_type, fact));
            }
        }
    }
}
