using System.Collections.Immutable;
using CccRules.Cli.Explaining;
using CccRules.Compiler.Ir;
using CccRules.Compiler.Planning;
using CccRules.Compiler.Reference;
using CccRules.Compiler.Symbols;
using CccRules.Runtime;
using CccRules.Runtime.Facts;
using CccRules.Runtime.Schema;
using CccRules.Runtime.Time;

namespace CccRules.Cli.Mapping;

/// <summary>Makes certificate maps of products, one after the other.</summary>
internal sealed class MapBuilder
{
    /// <summary>Where no day is known, only the length of a process counts; this day begins a year without a leap day in sight.</summary>
    private static readonly long AnyDay = CivilDate.FromYearMonthDay(2025, 1, 1);

    private readonly IrModule _module;
    private readonly Ruleset _ruleset;
    private readonly ImmutableArray<ProcessSymbol> _processes;
    private readonly Dictionary<string, string> _jurisdictions;
    private readonly Dictionary<(ProcessSymbol, long), ProcessPlan> _plans = [];

    public MapBuilder(IrModule module, Ruleset ruleset, ImmutableArray<ProcessSymbol> processes)
    {
        _module = module;
        _ruleset = ruleset;
        _processes = processes;
        _jurisdictions = ruleset.Manifest.Modules.ToDictionary(part => part.Name, part => part.Jurisdiction ?? "", StringComparer.Ordinal);
    }

    public CertificateMap Build(RecordFacts record, string? name)
    {
        var manifest = _ruleset.Manifest;
        record.Derive(_ruleset);
        var explainer = new NormExplainer(_module, _ruleset, record, isFull: false);
        var day = record.Values[^1];
        var markets = manifest.Norms
            .GroupBy(norm => _jurisdictions.GetValueOrDefault(ModuleOf(norm), ""), StringComparer.Ordinal)
            .OrderBy(market => market.Key.Length == 0).ThenBy(market => market.Key, StringComparer.Ordinal)
            .Select(market => new MapMarket(market.Key, MarketName(market.Key), Authorities(market.Select(norm => Entry(explainer.Explain(norm), explainer, day)))));
        var facts = manifest.Facts.Where(fact => fact.Role is FactRole.Field or FactRole.Question && record.Written(fact) is not null).Select(fact => $"{fact.Name} = {record.Written(fact)}");
        var key = manifest.Facts.FirstOrDefault(fact => fact.IsKey);
        return new CertificateMap(name ?? (key is null ? null : record.Written(key)) ?? "the product", [.. facts], day, [.. markets]);
    }

    /// <summary>The name of a market, such as <c>China (CN)</c>.</summary>
    public static string MarketName(string code) => code switch
    {
        "" => "Rules without a jurisdiction",
        "EU" => "European Union (EU)",
        _ => CountryCodes.Name(code) is { } name ? $"{name} ({code})" : code,
    };

    private static string ModuleOf(NormSchema norm) =>
        norm.QualifiedName.Length > norm.Name.Length ? norm.QualifiedName[..^(norm.Name.Length + 1)] : "";

    /// <summary>Authorities in the order of the worst that each leads, then by name.</summary>
    private static ImmutableArray<MapAuthority> Authorities(IEnumerable<MapEntry> entries) =>
    [
        .. entries.GroupBy(entry => entry.Norm.Authority ?? "", StringComparer.Ordinal)
            .Select(group => new MapAuthority(
                group.Key.Length == 0 ? "No authority named" : group.Key,
                [.. group.OrderBy(entry => entry.Standing).ThenBy(entry => entry.Norm.Index)]))
            .OrderBy(authority => authority.Entries[0].Standing).ThenBy(authority => authority.Name, StringComparer.Ordinal),
    ];

    private MapEntry Entry(NormExplanation explanation, NormExplainer explainer, long day)
    {
        var norm = explanation.Norm;
        return new MapEntry
        {
            Explanation = explanation,
            Standing = Standings.Of(norm, explanation.Outcome, Fact.IsKnown(explanation.NextFrom)),
            Exemptions = [.. norm.Exemptions.Where(exemption => explainer.TruthOf(exemption.Node) is var truth && (truth == Truth.True || (truth == Truth.Open && explainer.TruthOf(norm.Exempted) != Truth.True)))],
            Processes = [.. _processes.Where(process => process.Norms.Any(target => target.QualifiedName == norm.QualifiedName)).Select(process => Way(process, day))],
        };
    }

    private MapProcess Way(ProcessSymbol process, long day)
    {
        var hasDay = Fact.IsKnown(day);
        var start = hasDay ? day : AnyDay;
        if (!_plans.TryGetValue((process, start), out var plan))
        {
            plan = Planner.Plan(new PlanRequest { Processes = [process], Start = start }).Processes.Single(part => part.IsRequested);
            _plans[(process, start)] = plan;
        }

        return new MapProcess(plan, hasDay);
    }
}
