using System.Collections.Immutable;

namespace CccRules.Tests.Differential;

/// <summary>What a random expression is made of.</summary>
internal enum RandomKind : byte
{
    YesNo,
    Number,
    Text,
    Date,
    Days,
    Months,
    Member,
    Members,
    Country,
    Hs,
}

/// <summary>
/// A type of random rules. <paramref name="Detail"/> is the dimension of a number (empty: none) or the first letter of the members
/// of an enumeration.
/// </summary>
internal sealed record RandomType(RandomKind Kind, string Detail = "")
{
    public static ImmutableArray<RandomType> All { get; } =
    [
        new(RandomKind.YesNo), new(RandomKind.Number), new(RandomKind.Number, "energy"), new(RandomKind.Number, "mass"),
        new(RandomKind.Number, "CNY"), new(RandomKind.Text), new(RandomKind.Date), new(RandomKind.Days), new(RandomKind.Months),
        new(RandomKind.Member, "p"), new(RandomKind.Member, "q"), new(RandomKind.Members, "s"), new(RandomKind.Country), new(RandomKind.Hs),
    ];

    /// <summary>Units that convert into each other; the empty one is no unit.</summary>
    public ImmutableArray<string> Units => Detail switch
    {
        "energy" => ["Wh", "kWh", "J"],
        "mass" => ["kg", "g", "t"],
        var other => [other],
    };

    public ImmutableArray<string> Members => [.. Enumerable.Range(0, Detail == "p" ? 3 : 5).Select(i => $"{Detail}{i}")];
}

/// <summary>A name that random rules can use.</summary>
/// <param name="Module">The file that declares it.</param>
/// <param name="AllowsNone">Its value can be none.</param>
/// <param name="LastNorm">Position of the last norm that it depends on; -1: none.</param>
internal sealed record RandomName(string Name, string Module, RandomType Type, bool AllowsNone, int LastNorm, bool IsParameter = false);

/// <summary>A norm of random rules.</summary>
internal sealed record RandomNorm(string Name, string Module, bool IsOption, bool IsDeadline = false);
