using System.Text.RegularExpressions;
using CccRules.Compiler.Evaluation;
using CccRules.Runtime;

namespace CccRules.Tests.Differential;

/// <summary>The comparison of engines can fail: of faults that are put into emitted code it finds nearly all.</summary>
public sealed partial class PlantedFaultTests
{
    private const int Rulesets = 6;

    /// <summary>Faults as one generator of code could make them.</summary>
    private static readonly (string Name, Regex Place, string Fault)[] Faults =
    [
        ("and for or", Or(), "$1 & $2"),
        ("or for and", And(), "$1 | $2"),
        ("none counts", NoneDoesNot(), "true)$1"),
        ("a word dropped", Not(), "$1"),
        ("another fact", Fact(), "facts[0]"),
    ];

    [Fact]
    public void A_fault_in_emitted_code_is_found()
    {
        var mutants = (from seed in Enumerable.Range(300_000, Rulesets)
                       let files = RandomRules.Create(seed)
                       where GeneratedRules.TryBind(files, out _) is not null
                       let rules = GeneratedRules.Create(files)
                       from fault in Faults
                       let places = fault.Place.Matches(rules.Emitted.Source)
                       where places.Count > 0
                       let place = places[new Random(seed).Next(places.Count)]
                       let source = rules.Emitted.Source
                       let changed = source[..place.Index] + fault.Place.Replace(place.Value, fault.Fault) + source[(place.Index + place.Length)..]
                       where changed != source
                       select (seed, fault.Name, rules, Emitted: rules.Emitted with { Source = changed })).ToList();
        var loaded = new LoadedRulesets(mutants.Select(mutant => mutant.Emitted));
        var missed = new List<string>();
        var found = 0;
        foreach (var (seed, name, rules, emitted) in mutants)
        {
            var records = new RecordSource(rules.Rules, seed).Take(120).ToList();
            if (IsMissed(rules, loaded[emitted], records))
            {
                missed.Add($"{seed} {name}");
            }
            else
            {
                found++;
            }
        }

        // Many faults change nothing: none where there cannot be none, an `or` whose operands are never open.
        Assert.True(found >= 15 && found > missed.Count, $"{found} found, missed: {string.Join(", ", missed)}");
    }

    private static bool IsMissed(GeneratedRules rules, Ruleset ruleset, List<ReferenceRecord> records)
    {
        try
        {
            return new EngineAgreement(rules.Rules, ruleset, records).First() is null;
        }
        catch (IndexOutOfRangeException)
        {
            // A number read as the code of a text.
            return false;
        }
    }

    [GeneratedRegex(@"(n\[\d+\]) \| (n\[\d+\])")]
    private static partial Regex Or();

    [GeneratedRegex(@"(n\[\d+\]) & (n\[\d+\])")]
    private static partial Regex And();

    [GeneratedRegex(@"false\)(;)")]
    private static partial Regex NoneDoesNot();

    [GeneratedRegex(@"Kleene\.Not\((n\[\d+\])\)")]
    private static partial Regex Not();

    [GeneratedRegex(@"facts\[\d+\]")]
    private static partial Regex Fact();
}
