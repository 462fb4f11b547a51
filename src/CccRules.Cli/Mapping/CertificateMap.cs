using System.Collections.Immutable;
using CccRules.Cli.Explaining;
using CccRules.Compiler.Planning;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;

namespace CccRules.Cli.Mapping;

/// <summary>What one product must have, may have, and need not have, in each market.</summary>
/// <param name="Name">What the product is called: its key, or what is known of it.</param>
/// <param name="Facts">Everything that is known of it, such as <c>hs_code = 8471.30</c>.</param>
/// <param name="Day">The day by which it is judged, or missing.</param>
internal sealed record CertificateMap(string Name, ImmutableArray<string> Facts, long Day, ImmutableArray<MapMarket> Markets);

/// <summary>A market: the jurisdiction of the rulesets.</summary>
/// <param name="Code">A country, or EU; empty where the rulesets name none.</param>
internal sealed record MapMarket(string Code, string Name, ImmutableArray<MapAuthority> Authorities)
{
    public IEnumerable<MapEntry> Entries => Authorities.SelectMany(authority => authority.Entries);

    /// <summary>Missing facts, with the entries that each would settle or narrow; those that bear on most come first.</summary>
    public ImmutableArray<(FactSchema Fact, ImmutableArray<MapEntry> Entries)> Open =>
    [
        .. Entries.Where(entry => entry.Standing == Standing.Open)
            .SelectMany(entry => MapWords.Settling(entry).Select(missing => (missing.Fact, entry)))
            .GroupBy(pair => pair.Fact.Index)
            .Select(group => (group.First().Fact, group.Select(pair => pair.entry).ToImmutableArray()))
            .OrderByDescending(group => group.Item2.Length).ThenBy(group => group.Fact.Index),
    ];
}

/// <summary>What one authority leads; the worst first.</summary>
internal sealed record MapAuthority(string Name, ImmutableArray<MapEntry> Entries);

/// <summary>One norm as it bears on the product.</summary>
internal sealed record MapEntry
{
    public required NormExplanation Explanation { get; init; }

    public required Standing Standing { get; init; }

    /// <summary>The exemptions that hold, or that can still hold.</summary>
    public required ImmutableArray<ExemptionSchema> Exemptions { get; init; }

    /// <summary>The ways to fulfil it.</summary>
    public required ImmutableArray<MapProcess> Processes { get; init; }

    public NormSchema Norm => Explanation.Norm;

    public string? Fulfilment => Standings.Fulfilment(Norm, Explanation.Outcome);
}

/// <summary>A way to fulfil a norm, and how long it is.</summary>
/// <param name="HasDay">The plan begins on the day by which the product is judged; else on any day, and only its length counts.</param>
internal sealed record MapProcess(ProcessPlan Plan, bool HasDay);
