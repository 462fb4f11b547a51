using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Runtime.Records;

/// <summary>A property or field that holds a fact.</summary>
/// <param name="Code">From the expression of the property and that of the <see cref="RecordCells"/> to one that gives the fact.</param>
internal sealed record RecordColumn(FactSchema Fact, MemberInfo Member, Func<Expression, Expression, Expression> Code)
{
    public bool IsList => Fact.Kind == FactKind.List;
}

/// <summary>Which property of a type holds which fact, and what is wrong with that.</summary>
internal sealed class RecordPlan
{
    private readonly Dictionary<FactSchema, MemberInfo> _held = [];
    private readonly RulesetManifest _manifest;
    private readonly string _type;
    private readonly List<FactSchema> _fields;

    private RecordPlan(string type, RulesetManifest manifest, IEnumerable<FactSchema> facts)
    {
        _manifest = manifest;
        _type = type;
        _fields = [.. facts.Where(fact => fact.Role == FactRole.Field)];
    }

    public List<RecordColumn> Columns { get; } = [];

    public List<RecordDiagnostic> Diagnostics { get; } = [];

    public bool HasErrors => Diagnostics.Exists(diagnostic => diagnostic.Severity == RecordDiagnosticSeverity.Error);

    public static RecordPlan Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>(RulesetManifest manifest)
    {
        var plan = new RecordPlan(typeof(T).Name, manifest, manifest.Facts);
        plan.AddMembers(typeof(T));
        plan.CheckUnheld();
        return plan;
    }

    /// <summary>The facts that rules read: those of conditions, lists, and what conditions on the entries of lists read of the whole record.</summary>
    public static HashSet<int> FactsRead(RulesetManifest manifest) =>
    [
        .. manifest.Graph.Values.Select(value => value.Fact),
        .. manifest.Lists.Select(list => list.Fact),
        .. manifest.Lists.SelectMany(list => list.Entry.Graph.Values.Where(value => value.Fact >= list.EntryFields).Select(value => value.Fact - list.EntryFields)),
    ];

    private void AddMembers([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] Type type)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            {
                Add(property, property.PropertyType);
            }
        }

        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            Add(field, field.FieldType);
        }
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
        if (fact.Kind == FactKind.List)
        {
            AddList(member, type, fact, name);
            return;
        }

        var before = Diagnostics.Count;
        if (FactConversion.Create(fact, type, attribute?.NullIsNone ?? false, name, Diagnostics) is { } conversion)
        {
            Columns.Add(new RecordColumn(fact, member, conversion.Code));
            if (fact.AllowsNone && !conversion.CanSayNone && Diagnostics.Count == before)
            {
                Diagnostics.Add(RecordRules.CannotSayNone(name, fact, TypeNames.Of(Nullable.GetUnderlyingType(type) ?? type)));
            }
        }
    }

    /// <summary>A collection of objects whose properties are the fields of the list's entries.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "RecordBinding says what a trimmed program does about the types of its lists' entries.")]
    private void AddList(MemberInfo member, Type type, FactSchema fact, string name)
    {
        if (FactConversion.ItemType(type) is not { } item || item.IsEnum || item.IsPrimitive || item == typeof(string))
        {
            Diagnostics.Add(RecordRules.WrongType(name, fact, TypeNames.Of(type), "a collection of a type whose properties are the fields of an entry"));
            return;
        }

        var position = Enumerable.Range(0, _manifest.Lists.Length).FirstOrDefault(list => _manifest.Lists[list].Fact == fact.Index, -1);
        if (position < 0)
        {
            // No rule asks about it.
            return;
        }

        var list = _manifest.Lists[position];
        var entries = new RecordPlan(item.Name, list.Entry, list.Entry.Facts.Take(list.EntryFields));
        entries.AddMembers(item);
        entries.CheckUnheld();
        Diagnostics.AddRange(entries.Diagnostics);
        if (!entries.HasErrors)
        {
            Columns.Add(new RecordColumn(fact, member, EntryWriter.Create(item, list, position, member.Name, entries.Columns).Code));
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

    private void CheckUnheld()
    {
        var read = FactsRead(_manifest);
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
