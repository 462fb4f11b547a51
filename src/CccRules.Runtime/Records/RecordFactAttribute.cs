namespace CccRules.Runtime.Records;

/// <summary>
/// Says which fact of the rules a property holds, where its name does not; or which member an enumeration's member is.
/// Without it names are compared without underscores and case: <c>HsCode</c> is <c>hs_code</c>, and <c>RatedEnergyWh</c> is
/// <c>rated_energy</c> in <c>Wh</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RecordFactAttribute : Attribute
{
    /// <param name="name">The name in the rules; null for the property's own.</param>
    public RecordFactAttribute(string? name = null) => Name = name;

    /// <summary>The name in the rules; null for the property's own.</summary>
    public string? Name { get; }

    /// <summary>
    /// Unit (<c>Wh</c>) or currency (<c>CNY</c>) in which the property holds its number. Checked when the type is bound: another unit than the rules'
    /// is an error, never a conversion.
    /// </summary>
    public string? Unit { get; init; }

    /// <summary>A null says <c>none</c>, "known not to be there", and not "not known".</summary>
    public bool NullIsNone { get; init; }
}

/// <summary>The property is no fact, whatever its name.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class NotAFactAttribute : Attribute;

/// <summary>The enumeration's member (an <c>Unknown = 0</c>) says that the fact is not known.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class MissingFactAttribute : Attribute;

/// <summary>The enumeration's member says that the fact is known not to be there.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class NoneFactAttribute : Attribute;
