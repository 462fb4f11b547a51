using CccRules.Compiler.Emit;
using Xunit.Abstractions;

namespace CccRules.Tests.Differential;

/// <summary>The comparison of engines can fail: its silence counts because it finds nearly all of the faults that are planted.</summary>
public sealed class PlantedFaultTests(ITestOutputHelper output)
{
    private const int FirstSeed = 300_000;

    /// <summary>Rulesets in which a fault looks for its place.</summary>
    private const int MostRulesets = 400;

    /// <summary>Rulesets with a fault that are run before it counts as missed; a run of the whole comparison looks at many more.</summary>
    private const int Rounds = 12;

    private const int Records = 60;

    private readonly List<(int Seed, GeneratedRules Rules)> _rulesets = [];
    private int _nextSeed = FirstSeed;

    [Fact]
    public void Of_fifty_planted_faults_all_but_one_are_found()
    {
        var open = PlantedFault.All.Select(fault => (Fault: fault, Mutants: Mutants(fault).GetEnumerator())).ToList();
        var (found, withPlace) = (new HashSet<PlantedFault>(), new HashSet<PlantedFault>());
        for (var round = 0; round < Rounds && open.Count > 0; round++)
        {
            // One ruleset a fault, and all of them compiled together.
            open.RemoveAll(one => !one.Mutants.MoveNext());
            withPlace.UnionWith(open.Select(one => one.Fault));
            var loaded = new LoadedRulesets(open.Select(one => one.Mutants.Current.Emitted));
            found.UnionWith(open.Where(one => IsFound(one.Mutants.Current, loaded)).Select(one => one.Fault));
            open.RemoveAll(one => found.Contains(one.Fault));
        }

        var missed = withPlace.Except(found).ToList();
        var report = $"{found.Count} of {PlantedFault.All.Length} found; missed: {string.Join(", ", missed)}; "
            + $"no place for: {string.Join(", ", PlantedFault.All.Except(withPlace))}; {_rulesets.Count} rulesets";
        output.WriteLine(report);
        Assert.True(found.Count >= 50 && missed.Count <= 1, report);
    }

    private IEnumerable<Mutant> Mutants(PlantedFault fault)
    {
        for (var i = 0; TryGet(i); i++)
        {
            var (seed, rules) = _rulesets[i];
            if (fault.Plant(rules.Module) is { } emitted)
            {
                yield return new Mutant(seed, rules, emitted);
            }
        }
    }

    /// <summary>Makes rulesets as they are asked for.</summary>
    private bool TryGet(int index)
    {
        for (; _rulesets.Count <= index && _nextSeed < FirstSeed + MostRulesets; _nextSeed++)
        {
            var files = RandomRules.Create(_nextSeed);
            if (GeneratedRules.TryBind(files, out _) is { } rules)
            {
                _rulesets.Add((_nextSeed, GeneratedRules.Of(files, rules)));
            }
        }

        return index < _rulesets.Count;
    }

    private static bool IsFound(Mutant mutant, LoadedRulesets loaded)
    {
        try
        {
            var records = new RecordSource(mutant.Rules.Rules, mutant.Seed).Take(Records).ToList();
            return new EngineAgreement(mutant.Rules.Rules, loaded[mutant.Emitted], records).First() is not null;
        }
        catch (Exception fault) when (fault is IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            // A number read as the code of a text.
            return true;
        }
    }

    private sealed record Mutant(int Seed, GeneratedRules Rules, EmitResult Emitted);
}
