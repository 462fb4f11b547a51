using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Records;

/// <summary>Fits an application's enumeration to the members of a fact.</summary>
internal static class EnumMembers
{
    /// <summary>The enumeration's numbers and the facts that they stand for.</summary>
    public static Dictionary<long, long> Map(FactSchema fact, Type type, string property, List<RecordDiagnostic> diagnostics)
    {
        var map = new Dictionary<long, long>();
        foreach (var (field, number) in Fields(type))
        {
            if (FactOf(fact, field, property, diagnostics) is { } value)
            {
                map.TryAdd(number, value);
            }
        }

        return map;
    }

    /// <summary>By ordinal of the fact's members the bits that stand for it; 0 where the enumeration has none. A member without bits is the empty set.</summary>
    public static long[] Masks(FactSchema fact, Type type, string property, List<RecordDiagnostic> diagnostics)
    {
        var masks = new long[fact.Members.Length];
        foreach (var (field, number) in Fields(type))
        {
            // Names of several bits together are only names.
            if (number != 0 && long.IsPow2(number) | number == long.MinValue && FactOf(fact, field, property, diagnostics) is >= 0 and var ordinal)
            {
                masks[ordinal] = number;
            }
        }

        return masks;
    }

    private static long? FactOf(FactSchema fact, FieldInfo field, string property, List<RecordDiagnostic> diagnostics)
    {
        if (field.GetCustomAttribute<MissingFactAttribute>() is not null)
        {
            return Fact.Missing;
        }

        if (field.GetCustomAttribute<NoneFactAttribute>() is not null)
        {
            if (!fact.AllowsNone)
            {
                diagnostics.Add(RecordRules.CannotBeNone(property, fact));
            }

            return Fact.None;
        }

        var given = field.GetCustomAttribute<RecordFactAttribute>()?.Name;
        var ordinal = given is not null
            ? fact.Members.IndexOf(given)
            : IndexOf(fact, FactNameMatch.Key(field.Name));
        if (ordinal < 0)
        {
            diagnostics.Add(RecordRules.UnknownMember(property, fact, given ?? field.Name, FactNameMatch.Nearest(given ?? field.Name, fact.Members)));
            return null;
        }

        return ordinal;
    }

    private static int IndexOf(FactSchema fact, string key)
    {
        for (var ordinal = 0; ordinal < fact.Members.Length; ordinal++)
        {
            if (FactNameMatch.Key(fact.Members[ordinal]) == key)
            {
                return ordinal;
            }
        }

        return -1;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The members of an enumeration that is kept are kept.")]
    private static IEnumerable<(FieldInfo Field, long Number)> Fields(Type type)
    {
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var number = field.GetRawConstantValue();
            yield return (field, number is ulong large ? unchecked((long)large) : Convert.ToInt64(number, CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>Fits the items of a collection to the members of a fact.</summary>
internal static class SetItems
{
    /// <summary>An <see cref="ItemMap{T}"/> for the items.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "A map over an enumeration that the program has.")]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The map's type parameter asks for nothing.")]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(EnumItemMap<>))]
    public static object Map(FactSchema fact, Type item, string property, List<RecordDiagnostic> diagnostics)
    {
        if (item == typeof(string))
        {
            return new NameItemMap(fact);
        }

        var members = EnumMembers.Map(fact, item, property, diagnostics).Where(entry => entry.Value >= 0).ToDictionary();
        return Activator.CreateInstance(typeof(EnumItemMap<>).MakeGenericType(item), new MemberMap(members))
            ?? throw new MissingMethodException(nameof(EnumItemMap<>));
    }
}
